"""Which side did it where no doer is named: by who is speaking, what was done and where it struck."""

from app.domain.vocabulary import Actor, Event, Language
from app.reading.events.clauses import STRIKES, Happening
from app.reading.events.roles import OTHER_SIDE, Standpoint, voice_of
from app.reading.text.parsing import Sentence

_OF_ONESELF = frozenset({Event.CONSOLIDATION, Event.AIR_DEFENCE, Event.CONTROL_CHANGE, Event.ADVANCE, Event.WITHDRAWAL})
"""What a party that names nobody says of itself."""


def by_default(sentence: Sentence, one: Happening, standpoint: Standpoint) -> Actor:
    """Nobody is named: a party tells of its own deeds; strikes on Russia are Ukraine's and on Ukraine Russia's."""
    word = one.trigger.hit.term
    teller = standpoint.own if standpoint.speaking is Actor.UNKNOWN else standpoint.speaking
    if one.join == "answered" and one.event not in STRIKES:
        return Actor.UNKNOWN
    own = any(t.hit.term.default == "own" for t in one.triggers)
    if own or (word.event in ("strike", "shelling") and _tells_of_own(sentence, one, teller)):
        return teller
    if word.event == "attack" and word.voice == "noun" and one.event not in STRIKES:
        return OTHER_SIDE[teller]  # "7 attacks near Novomykhailivka" in a bulletin are the enemy's
    if one.event in STRIKES or one.event is Event.CASUALTIES:
        return _by_region(sentence, one, teller)
    # A medium that names nobody leaves open who took a town: only a party can be taken to speak of itself.
    return standpoint.speaking if one.event in _OF_ONESELF else Actor.UNKNOWN


def _tells_of_own(sentence: Sentence, one: Happening, teller: Actor) -> bool:
    """«Завдано удару по складу» is the teller's own deed; an English passive only where Russia holds what was hit."""
    if voice_of(sentence, one.trigger.hit) != "impersonal":
        return False
    if sentence.lang is Language.EN:
        return teller is Actor.UA and bool(sentence.regions)
    aimed = any(sentence.words[place.first] == "по" for place in one.locators)
    return teller is not Actor.UA or not aimed or bool(sentence.regions)


def _one_thought(sentence: Sentence, one: int, other: int) -> bool:
    """Whether no semicolon parts two words: headlines tell two stories so."""
    return ";" not in sentence.words[min(one, other) : max(one, other)]


def _by_region(sentence: Sentence, one: Happening, teller: Actor) -> Actor:
    word = one.trigger.hit.term
    regions = {hit.term.side for hit in sentence.regions if _one_thought(sentence, hit.first, one.trigger.first)}
    if "RU" in regions or (sentence.in_russia and not regions):
        return Actor.RU if word.default == "from" else Actor.UA
    if regions and (teller is Actor.UNKNOWN or (teller is Actor.RU and one.event is Event.CASUALTIES)):
        return Actor.UNKNOWN
    if teller is not Actor.RU:
        return Actor.RU
    suffered = word.event in ("harm", "shelling") or word.voice == "passive"
    return Actor.UA if regions or suffered else Actor.RU
