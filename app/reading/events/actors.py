"""Which side did it: the doer beside an event word, seen from where the speaker stands."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.vocabulary import Actor, Event, Language
from app.reading.events.clauses import Happening
from app.reading.events.roles import (
    BY_MEANS,
    COMPLEMENT,
    OTHER_SIDE,
    Group,
    Standpoint,
    agent_beside,
    fits_subject,
    groups_of,
    marks,
    possessor_beside,
    subject_beside,
    target_after,
    target_on,
    troops_follow,
    voice_of,
)
from app.reading.events.triggers import Trigger
from app.reading.events.unnamed import by_default
from app.reading.text.parsing import Sentence
from app.reading.words.patterns import Hit
from app.reading.words.terms import EventWord

_CLOSE = 4
"""Words between a word of saying, "it" or "we", and what the speaker says it did."""
_MASCULINE = ("ав", "ив", "їв", "ів", "авсь", "ався", "ал", "ил", "ел", "ался")
"""Endings of the past tense in the masculine singular, Ukrainian and Russian."""
_ATTACKING = ("attack", "assault", "advance", "clash", "control_change")


class Doer(NamedTuple):
    """`named` is False where the side follows from nothing but who is speaking and what is hit."""

    side: Actor
    named: bool


def actor(
    sentence: Sentence, one: Happening, standpoint: Standpoint, subject: Actor | None, spoken: Sequence[tuple[int, int]]
) -> Doer:
    """Who did it. `subject` is the doer of the sentence before; `spoken` are words that only say who is quoted."""
    if any(m.term.kind == "mutual" for m in sentence.modifiers):
        return Doer(Actor.UNKNOWN, False)
    groups = _outside(groups_of(sentence, standpoint), spoken)
    if one.event is Event.ATTACK_REPELLED:
        return _defender(sentence, one, groups, standpoint, subject)
    doer = _doer(sentence, one.trigger, groups)
    if not doer and one.event not in (Event.CASUALTIES, Event.OTHER, Event.CLASH):
        doer = _other_doer(sentence, one, groups)
    if not doer and one.trigger.hit.term.voice == "active":
        doer = (
            _speaker_itself(sentence, one, standpoint, spoken)
            or _earlier(sentence, one, groups)
            or _enemy_understood(sentence, one, standpoint)
            or _one_speaker_does(sentence, one, standpoint, spoken)
            or (None if _means_act(sentence, one.trigger) else subject)
            or _speaker_does(sentence, one, standpoint, spoken)
        )
    if doer and doer is not Actor.UNKNOWN:
        return Doer(doer, True)
    return Doer(by_default(sentence, one, standpoint), False)


_INSTRUMENTAL = ("ами", "ями", "ом", "ою", "ем", "єю", "ей")


def _means_act(sentence: Sentence, trigger: Trigger) -> bool:
    """As in "missiles hit a depot", not «ракетами вдарили»: a missile is the subject, and nobody named before."""
    before = [m for m in sentence.means if trigger.clause[0] <= m.first and m.last < trigger.first]
    return bool(before) and not sentence.words[before[-1].last].endswith(_INSTRUMENTAL)


_ITSELF = frozenset(["it", "we"])


def _speaker_itself(
    sentence: Sentence, one: Happening, standpoint: Standpoint, spoken: Sequence[tuple[int, int]]
) -> Actor | None:
    """As in "Russia said it struck Kharkiv": a party that is quoted, by a pronoun right behind the word of saying."""
    at = one.trigger.first
    close = any(last < at <= last + _CLOSE for _, last in spoken)
    itself = (
        close
        and voice_of(sentence, one.trigger.hit) == "active"
        and not _ITSELF.isdisjoint(sentence.words[max(0, at - _CLOSE) : at])
    )
    return standpoint.speaking if itself and standpoint.speaking is not Actor.UNKNOWN else None


def _speaker_does(
    sentence: Sentence, one: Happening, standpoint: Standpoint, spoken: Sequence[tuple[int, int]]
) -> Actor | None:
    """«У Міноборони заявили, що завдали удару»: a verb without a subject after a word of saying is the speaker's."""
    said = sentence.lang is not Language.EN and any(last < one.trigger.first for _, last in spoken)
    active = voice_of(sentence, one.trigger.hit) == "active"
    return standpoint.speaking if said and active and standpoint.speaking is not Actor.UNKNOWN else None


def _one_speaker_does(
    sentence: Sentence, one: Happening, standpoint: Standpoint, spoken: Sequence[tuple[int, int]]
) -> Actor | None:
    """«Корпус сообщил, что зачистил сёла»: in the singular the verb is the speaker's, whoever was spoken of before."""
    said = any(last < one.trigger.first <= last + _CLOSE for _, last in spoken)
    alone = sentence.words[one.trigger.first].endswith(_MASCULINE) and not _means_act(sentence, one.trigger)
    return _speaker_does(sentence, one, standpoint, spoken) if said and alone else None


def _enemy_understood(sentence: Sentence, one: Happening, standpoint: Standpoint) -> Actor | None:
    """«На Оріхівському напрямку двічі атакував»: in a party's bulletin a lone masculine singular is the enemy's, who is
    «ворог» or «противник», while one's own are always many."""
    word = sentence.words[one.trigger.first]
    alone = sentence.lang is not Language.EN and word.endswith(_MASCULINE)
    return OTHER_SIDE[standpoint.own] if alone and one.event is Event.ASSAULT else None


def subject_of(sentence: Sentence, standpoint: Standpoint, spoken: Sequence[tuple[int, int]]) -> Actor | None:
    """The side that a sentence is about: the first that can be a subject."""
    if sentence.lang is not Language.EN and not any(hit.term.case == "nom" for hit in sentence.sides):
        return None
    for group in _outside(groups_of(sentence, standpoint), spoken):
        if (group.case == "nom" or sentence.lang is Language.EN) and fits_subject(sentence, group):
            return group.side
    return None


def _outside(groups: Sequence[Group], spoken: Sequence[tuple[int, int]]) -> Sequence[Group]:
    """Those of whom something is told, not who is quoted."""
    if not spoken:
        return groups
    return [g for g in groups if not any(first <= g.first <= last for first, last in spoken)]


def _defender(
    sentence: Sentence, one: Happening, groups: Sequence[Group], standpoint: Standpoint, subject: Actor | None
) -> Doer:
    """The side that beat an attack off: the repeller where one is named, else the one the attacker attacks."""
    if not one.against and one.trigger.hit.term.event == "attack_repelled":
        found = _doer(sentence, one.trigger, groups)
        if (
            not found
            and voice_of(sentence, one.trigger.hit) == "active"
            and not _attacker_beside(sentence, one, groups)
        ):
            found = _earlier(sentence, one, groups)
        if found and found is not Actor.UNKNOWN:
            return Doer(found, True)
    attacks = [t for t in one.triggers if t.hit.term.event in _ATTACKING]
    for attack in [one.trigger, *attacks] if one.against else attacks:
        attacker = _doer(sentence, attack, groups) or _earlier(sentence, one, groups)
        if attacker and attacker is not Actor.UNKNOWN:
            return Doer(OTHER_SIDE[attacker], True)
    for group in groups:
        inside = one.first <= group.first <= one.last
        if inside and (group.case == "gen" or (sentence.lang is Language.EN and group.first > one.trigger.first)):
            return Doer(OTHER_SIDE[group.side], True)
    if one.against and subject and subject is not Actor.UNKNOWN:
        return Doer(OTHER_SIDE[subject], True)
    return Doer(standpoint.troops, False)


def _attacker_beside(sentence: Sentence, one: Happening, groups: Sequence[Group]) -> bool:
    """Whether the attack that was beaten off says whose it was: "6 enemy attacks"."""
    attacks = [t for t in one.triggers if t.hit.term.event in _ATTACKING and t.hit.term.voice == "noun"]
    return any(possessor_beside(sentence, groups, t.hit) for t in attacks)


def _earlier(sentence: Sentence, one: Happening, groups: Sequence[Group]) -> Actor | None:
    """The subject of the clauses before, where a clause has none of its own: "retreated and were repelled"."""
    before = [g for g in groups if g.last < one.trigger.clause[0] and fits_subject(sentence, g)]
    before = [g for g in before if not _is_object(sentence, g)] or before
    named = [g for g in before if g.case == "nom"] or before
    return named[-1].side if named else None


def _is_object(sentence: Sentence, group: Group) -> bool:
    """«Бойцы выбили украинские формирования и вышли к реке»: a side named right behind a verb is whom it befell."""
    return any(
        e.first < group.first <= e.last + COMPLEMENT
        and e.term.voice == "active"
        and not marks(sentence, e.first, group.first)
        for e in sentence.events
    )


def _within(sentence: Sentence, hit: Hit[EventWord], groups: Sequence[Group]) -> Actor | None:
    """As in "amid continued Russian ground attacks": whose attacks go on, whoever the sentence is about."""
    if sentence.lang is not Language.EN or hit.term.event != "attack":
        return None
    return next((g.side for g in groups if hit.first < g.first and g.last < hit.last), None)


def _doer(sentence: Sentence, trigger: Trigger, groups: Sequence[Group]) -> Actor | None:
    """The doer of one event word, from the grammar around it in its clause; None where none is named."""
    hit = trigger.hit
    here = [g for g in groups if trigger.clause[0] <= g.first <= trigger.clause[1]]
    owner = _within(sentence, hit, here) or _owner(sentence, trigger, here)
    if owner:
        return OTHER_SIDE[owner] if hit.term.event == "attack_repelled" else owner
    match voice_of(sentence, hit):
        case "active":
            found = subject_beside(sentence, here, hit)
            if not found and not (sentence.lang is Language.EN and hit.term.event == "attack_repelled"):
                found = agent_beside(sentence, here, hit)  # but "foiled attempts by X" names the attacker
            if not found and hit.term.event in BY_MEANS and (target := target_after(sentence, here, hit)):
                return OTHER_SIDE[target.side]
        case "passive":
            return _agent_or_victim(sentence, hit, here, victim=True)
        case "impersonal":
            return _agent_or_victim(sentence, hit, here, victim=False)
        case _ if hit.term.event in ("clash", "other", "blast"):
            found = possessor_beside(sentence, here, hit, after=False)
        case _:
            found = (
                possessor_beside(sentence, here, hit, after=not hit.term.object)
                or subject_beside(sentence, here, hit)
                or agent_beside(sentence, here, hit)
            )
            if not found and hit.term.event in BY_MEANS and (target := target_on(sentence, here, hit)):
                return OTHER_SIDE[target.side]
    return found.side if found else None


def _owner(sentence: Sentence, trigger: Trigger, groups: Sequence[Group]) -> Actor | None:
    """As in "raised the Ukrainian flag", "Russian missiles", «уламки ракети РФ»: whose flag or missile it was."""
    hit = trigger.hit
    if hit.term.event == "control_change":
        return next((g.side for g in groups if hit.first < g.first <= hit.last), None)
    if hit.term.event not in BY_MEANS and hit.term.event != "attack_repelled":
        return None
    for means in sentence.means:
        if means.term.event is None or not trigger.clause[0] <= means.first <= trigger.clause[1]:
            continue
        for group in groups:
            if group.adjective and 0 < means.first - group.last <= 3 and not marks(sentence, group.last, means.first):
                return group.side
            possessive = group.case in ("gen", "any") and sentence.lang is not Language.EN
            if possessive and 0 < group.first - means.last <= 2 and not marks(sentence, means.last, group.first):
                return group.side
    return None


def _agent_or_victim(sentence: Sentence, hit: Hit[EventWord], groups: Sequence[Group], *, victim: bool) -> Actor | None:
    agent = agent_beside(sentence, groups, hit)
    if agent:
        return agent.side
    possessor = next((g for g in groups if g.case in ("gen", "any") and 0 < g.first - hit.last <= COMPLEMENT), None)
    if victim and possessor and hit.term.event != "harm" and sentence.lang is not Language.EN:
        return possessor.side  # «зазнали обстрілу російських військ»
    before = [g for g in reversed(groups) if g.last < hit.first]
    sufferer = next((g for g in before if fits_subject(sentence, g)), None)
    if not sufferer and hit.term.event == "harm":  # "a general in Russia's 41st army died"
        sufferer = next((g for g in before if troops_follow(sentence, g)), None)
    sufferer = sufferer or (
        next((g for g in groups if g.first > hit.last and not g.adjective), None) if victim else None
    )
    if sufferer and hit.term.default == "moved":
        return sufferer.side
    return OTHER_SIDE[sufferer.side] if sufferer else None


def _other_doer(sentence: Sentence, one: Happening, groups: Sequence[Group]) -> Actor | None:
    """The doer of another word of the same event: "continued attacks as Russian forces pressed on"."""
    for trigger in one.triggers:
        if trigger.real and trigger is not one.trigger:
            found = _doer(sentence, trigger, groups)
            if found and found is not Actor.UNKNOWN:
                return found
    return None
