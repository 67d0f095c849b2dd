"""Which side did it: the doer beside an event word, seen from where the speaker stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.vocabulary import Actor, Event, Language
from app.reading.clauses import STRIKES, Happening
from app.reading.parsing import Sentence
from app.reading.patterns import Hit
from app.reading.terms import Case, EventWord, Party
from app.reading.triggers import Trigger

OTHER_SIDE = {Actor.UA: Actor.RU, Actor.RU: Actor.UA, Actor.UNKNOWN: Actor.UNKNOWN}
_OF_ONESELF = frozenset({Event.CONSOLIDATION, Event.AIR_DEFENCE, Event.CONTROL_CHANGE, Event.ADVANCE, Event.WITHDRAWAL})
"""What a party that names nobody says of itself."""
_ATTACKING = ("attack", "assault", "advance", "clash", "control_change")
_BY_MEANS = frozenset({"strike", "damage", "blast", "harm", "missile_strike", "drone_strike", "air_strike", "shelling"})
_ATTRIBUTE = 4
"""Words between an adjective and the noun it says the doer of: "Russian ground and missile attacks"."""
_COMPLEMENT = 4
_CHAIN = 7
"""Words between an attack and whose it was: «атаки штурмовых групп 60-й механизированной бригады ВСУ»."""
_EN_OBLIQUE = frozenset(
    [
        "by",
        "of",
        "against",
        "from",
        "on",
        "with",
        "to",
        "at",
        "in",
        "for",
        "into",
        "toward",
        "towards",
        "near",
        "over",
        "between",
        "behind",
        "upon",
        "inside",
        "across",
    ]
)
_CYRILLIC_OBLIQUE = frozenset(
    [
        "проти",
        "против",
        "з",
        "із",
        "зі",
        "с",
        "со",
        "від",
        "от",
        "у",
        "в",
        "на",
        "по",
        "до",
        "для",
        "за",
        "під",
        "под",
        "над",
        "через",
        "між",
        "между",
        "біля",
        "возле",
        "поблизу",
        "около",
    ]
)
_BE = frozenset(["was", "were", "been", "being", "be", "is", "are", "got", "get", "getting"])


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Whose mouth it is: `own` resolves "our troops" and "the enemy", `speaking` "its forces"; UNKNOWN for no party."""

    own: Actor
    speaking: Actor = Actor.UNKNOWN

    def side(self, party: Party) -> Actor:
        if party == "own":
            return self.own
        if party == "self":
            return self.speaking
        return OTHER_SIDE[self.own] if party == "enemy" else Actor(party)


class Group(NamedTuple):
    """A noun phrase that names a side: words `first` to `last`."""

    side: Actor
    case: Case
    adjective: bool
    first: int
    last: int


class Doer(NamedTuple):
    """`named` is False where the side follows from nothing but who is speaking and what is hit."""

    side: Actor
    named: bool


def actor(
    sentence: Sentence, one: Happening, standpoint: Standpoint, subject: Actor | None, spoken: Sequence[tuple[int, int]]
) -> Doer:
    """Who did it. `subject` is the doer of the sentence before; `spoken` are words that only say who is quoted."""
    outside = [range(first, last + 1) for first, last in spoken]
    groups = [g for g in groups_of(sentence, standpoint) if not any(g.first in words for words in outside)]
    if one.event is Event.ATTACK_REPELLED:
        return _defender(sentence, one, groups, standpoint, subject)
    doer = _doer(sentence, one.trigger, groups)
    if not doer and one.event not in (Event.CASUALTIES, Event.OTHER, Event.CLASH):
        doer = _other_doer(sentence, one, groups)
    if not doer and one.trigger.hit.term.voice == "active":
        doer = _earlier(sentence, one, groups) or subject or _speaker_does(sentence, one, standpoint, spoken)
    if doer and doer is not Actor.UNKNOWN:
        return Doer(doer, True)
    return Doer(_by_default(sentence, one, standpoint), False)


def _speaker_does(
    sentence: Sentence, one: Happening, standpoint: Standpoint, spoken: Sequence[tuple[int, int]]
) -> Actor | None:
    """«У Міноборони заявили, що завдали удару»: a verb without a subject after a word of saying is the speaker's."""
    said = sentence.lang is not Language.EN and any(last < one.trigger.first for _, last in spoken)
    active = _voice(sentence, one.trigger.hit) == "active"
    return standpoint.speaking if said and active and standpoint.speaking is not Actor.UNKNOWN else None


def subject_of(sentence: Sentence, standpoint: Standpoint, spoken: Sequence[tuple[int, int]]) -> Actor | None:
    """The side that a sentence is about: the first that can be a subject."""
    outside = [range(first, last + 1) for first, last in spoken]
    for group in groups_of(sentence, standpoint):
        fits = group.case == "nom" or sentence.lang is Language.EN
        if fits and _fits_subject(sentence, group) and not any(group.first in words for words in outside):
            return group.side
    return None


def groups_of(sentence: Sentence, standpoint: Standpoint) -> list[Group]:
    """The sides named in a sentence; "Russian" and "troops" side by side are one."""
    groups: list[Group] = []
    weak = False
    for hit in sentence.sides:
        term = hit.term
        before = groups[-1] if groups else None
        if before and before.adjective and hit.first - before.last <= 2 and (term.weak or term.side == "own"):
            groups[-1] = before._replace(last=hit.last, adjective=False)
        elif before and weak and hit.first == before.last + 1 and term.case in ("gen", "any") and not term.adjective:
            groups[-1] = before._replace(side=standpoint.side(term.side), last=hit.last)
        else:
            groups.append(Group(standpoint.side(term.side), term.case, term.adjective, hit.first, hit.last))
        weak = term.weak
    return groups


def _defender(
    sentence: Sentence, one: Happening, groups: Sequence[Group], standpoint: Standpoint, subject: Actor | None
) -> Doer:
    """The side that beat an attack off: the repeller where one is named, else the one the attacker attacks."""
    if not one.against and one.trigger.hit.term.event == "attack_repelled":
        found = _doer(sentence, one.trigger, groups)
        if not found and _voice(sentence, one.trigger.hit) == "active" and not _attacker_beside(sentence, one, groups):
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
    return Doer(standpoint.own, False)


def _attacker_beside(sentence: Sentence, one: Happening, groups: Sequence[Group]) -> bool:
    """Whether the attack that was beaten off says whose it was: "6 enemy attacks"."""
    attacks = [t for t in one.triggers if t.hit.term.event in _ATTACKING and t.hit.term.voice == "noun"]
    return any(_possessor(sentence, groups, t.hit) for t in attacks)


def _earlier(sentence: Sentence, one: Happening, groups: Sequence[Group]) -> Actor | None:
    """The subject of the clauses before, where a clause has none of its own: "retreated and were repelled"."""
    before = [g for g in groups if g.last < one.trigger.clause[0] and _fits_subject(sentence, g)]
    named = [g for g in before if g.case == "nom"] or before
    return named[-1].side if named else None


def _doer(sentence: Sentence, trigger: Trigger, groups: Sequence[Group]) -> Actor | None:
    """The doer of one event word, from the grammar around it in its clause; None where none is named."""
    hit = trigger.hit
    here = [g for g in groups if trigger.clause[0] <= g.first <= trigger.clause[1]]
    if hit.term.event in _BY_MEANS or hit.term.event == "attack_repelled":
        owner = _owner_of_means(sentence, trigger, here)
        if owner:
            return OTHER_SIDE[owner] if hit.term.event == "attack_repelled" else owner
    match _voice(sentence, hit):
        case "active":
            found = _subject(sentence, here, hit) or _agent(sentence, here, hit)
            if not found and hit.term.event in _BY_MEANS and (target := _target(sentence, here, hit)):
                return OTHER_SIDE[target.side]
        case "passive":
            return _agent_or_victim(sentence, hit, here, victim=True)
        case "impersonal":
            return _agent_or_victim(sentence, hit, here, victim=False)
        case _ if hit.term.event in ("clash", "other", "blast"):
            found = _possessor(sentence, here, hit, after=False)
        case _:
            found = (
                _possessor(sentence, here, hit, after=not hit.term.object)
                or _subject(sentence, here, hit)
                or _agent(sentence, here, hit)
            )
            if not found and hit.term.event in _BY_MEANS and (target := _target_on(sentence, here, hit)):
                return OTHER_SIDE[target.side]
    return found.side if found else None


def _owner_of_means(sentence: Sentence, trigger: Trigger, groups: Sequence[Group]) -> Actor | None:
    """As in "Russian missiles", «уламки ракети РФ», «ворожий дрон»: whose drone or missile it was."""
    for means in sentence.means:
        if means.term.event is None or not trigger.clause[0] <= means.first <= trigger.clause[1]:
            continue
        for group in groups:
            if group.adjective and 0 < means.first - group.last <= 3 and not _marks(sentence, group.last, means.first):
                return group.side
            possessive = group.case in ("gen", "any") and sentence.lang is not Language.EN
            if possessive and 0 < group.first - means.last <= 2 and not _marks(sentence, means.last, group.first):
                return group.side
    return None


def _voice(sentence: Sentence, hit: Hit[EventWord]) -> str:
    word = sentence.words[hit.first].norm
    if hit.term.voice != "active":
        return hit.term.voice
    if sentence.lang is Language.EN:
        return "impersonal" if _passive(sentence, hit, word) else "active"
    short = word.endswith(
        (
            "но",
            "то",
            "ено",
            "ані",
            "ені",
            "іті",
            "ито",
            "ен",
            "ена",
            "ены",
            "ан",
            "ана",
            "аны",
            "ято",
            "яты",
            "ята",
            "ят",
            "ита",
            "иты",
            "іта",
            "то",
            "ты",
            "ті",
            "ий",
            "ый",
            "ная",
            "ные",
        )
    )
    return "impersonal" if short and not word.endswith(("ало", "ило")) else "active"


def _passive(sentence: Sentence, hit: Hit[EventWord], word: str) -> bool:
    """As in "was recently captured", "captured by"; not "was capturing", "are continuing to capture"."""
    if word.endswith("ing") and not word.endswith("being"):
        return False
    at = hit.first - 1
    while (
        at >= 0
        and hit.first - at <= 3
        and (sentence.words[at].norm.endswith("ly") or sentence.words[at].norm in _BETWEEN)
    ):
        at -= 1
    after = sentence.words[hit.last + 1].norm if hit.last + 1 < len(sentence.words) else ""
    return (at >= 0 and sentence.words[at].norm in _BE) or after == "by"


_BETWEEN = frozenset(
    ["also", "again", "later", "then", "all", "both", "since", "now", "still", "already", "once", "not"]
)


def _subject(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    """Who is told to do it: the nearest fit group before the word, else the first after it."""
    before = [g for g in groups if g.last < hit.first and _fits_subject(sentence, g)]
    if before:
        named = [g for g in before if g.case == "nom"]
        return (named or before)[-1]
    if sentence.lang is Language.EN:
        return None
    after = [g for g in groups if g.first > hit.last and g.case in ("nom",)]
    return (
        after[0]
        if after
        else next((g for g in groups if g.first > hit.last and g.case == "any" and _fits_subject(sentence, g)), None)
    )


def _target(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    """As in "struck Ukrainian training grounds", «уразили позиції окупантів»: whose the thing struck is."""
    after = [g for g in groups if 0 < g.first - hit.last <= _COMPLEMENT and not _marks(sentence, hit.last, g.first)]
    return after[0] if after else None


def _target_on(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    """As in "strikes on Ukrainian depots", «прилеты по объектам противника»."""
    for group in groups:
        between = sentence.words[hit.last + 1 : group.first]
        if (
            0 < len(between) <= _COMPLEMENT
            and any(w.norm in _ON for w in between)
            and not _marks(sentence, hit.last, group.first)
        ):
            return group
    return None


_ON = frozenset(["on", "at", "against", "по"])


def _fits_subject(sentence: Sentence, group: Group) -> bool:
    before = sentence.words[group.first - 1].norm if group.first else ""
    if sentence.lang is Language.EN:
        if before in ("the", "a", "an", "its", "these", "those") and group.first > 1:
            before = sentence.words[group.first - 2].norm
        if before == "of" and any(w.norm in _FORCES for w in sentence.words[max(0, group.first - 4) : group.first]):
            return True  # "units of the Defence Forces"
        return before not in _EN_OBLIQUE
    if group.case not in ("nom", "any"):
        return False
    return before not in _CYRILLIC_OBLIQUE


def _agent(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    if sentence.lang is Language.EN:
        return next((g for g in groups if g.first > hit.first and _after_by(sentence, g)), None)
    return next((g for g in groups if g.case == "ins" and not _oblique(sentence, g)), None)


def _oblique(sentence: Sentence, group: Group) -> bool:
    return bool(group.first) and sentence.words[group.first - 1].norm in (
        "з",
        "із",
        "зі",
        "с",
        "со",
        "між",
        "между",
        "за",
        "під",
        "под",
        "над",
        "перед",
    )


def _after_by(sentence: Sentence, group: Group) -> bool:
    return any(w.norm == "by" for w in sentence.words[max(0, group.first - 2) : group.first])


def _agent_or_victim(sentence: Sentence, hit: Hit[EventWord], groups: Sequence[Group], *, victim: bool) -> Actor | None:
    agent = _agent(sentence, groups, hit)
    if agent:
        return agent.side
    possessor = next((g for g in groups if g.case in ("gen", "any") and 0 < g.first - hit.last <= _COMPLEMENT), None)
    if victim and possessor and hit.term.event != "harm" and sentence.lang is not Language.EN:
        return possessor.side  # «зазнали обстрілу російських військ»
    before = [g for g in reversed(groups) if g.last < hit.first]
    sufferer = next((g for g in before if _fits_subject(sentence, g)), None)
    if not sufferer and hit.term.event == "harm":  # "a general in Russia's 41st army died"
        sufferer = next((g for g in before if _troops_follow(sentence, g)), None)
    sufferer = sufferer or (
        next((g for g in groups if g.first > hit.last and not g.adjective), None) if victim else None
    )
    return OTHER_SIDE[sufferer.side] if sufferer else None


def _possessor(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord], *, after: bool = True) -> Group | None:
    """As in "Russian shelling", «обстріли окупантів», "attacks by Russian forces"."""
    for group in reversed(groups):
        gap = hit.first - group.last
        if 0 < gap <= _ATTRIBUTE and not _marks(sentence, group.last + 1, hit.first):
            possessive = sentence.words[group.last].norm.endswith("'s")
            if possessive or (group.adjective and not _breaks_off(sentence, group, hit)):
                return group
    for group in groups if after else ():
        gap = group.first - hit.last
        if not 0 < gap <= (_COMPLEMENT if hit.term.event in _BY_MEANS else _CHAIN) or _marks(
            sentence, hit.last + 1, group.first
        ):
            continue
        if sentence.lang is Language.EN:
            if any(w.norm in ("by", "of") for w in sentence.words[max(hit.last + 1, group.first - 2) : group.first]):
                return group
        elif _owns(sentence, group, hit):
            return group
    return None


def _owns(sentence: Sentence, group: Group, hit: Hit[EventWord]) -> bool:
    """«атаки штурмових груп ворога», «обстріли окупантів»; not «обстріли позицій наших військ», the target."""
    if group.case not in ("gen", "any", "ins") or _preposition(sentence, hit.last + 1, group.first):
        return False
    return hit.term.event not in _BY_MEANS or group.first == hit.last + 1


def _breaks_off(sentence: Sentence, group: Group, hit: Hit[EventWord]) -> bool:
    """Whether another event word or a verb stands between adjective and noun: "Russian forces conducted attacks"."""
    if sentence.lang is Language.EN:
        plural = [w.norm for w in sentence.words[group.last + 1 : hit.first]]
        return any(w in _FORCES for w in plural)
    return any(s.first > group.last and s.last < hit.first for s in sentence.sides)


def _troops_follow(sentence: Sentence, group: Group) -> bool:
    return any(w.norm in _FORCES for w in sentence.words[group.last + 1 : group.last + 4])


_FORCES = frozenset(
    [
        "elements",
        "brigades",
        "forces",
        "troops",
        "army",
        "military",
        "soldiers",
        "units",
        "fighters",
        "servicemen",
        "navy",
        "fleet",
        "side",
        "command",
        "sources",
    ]
)


def _marks(sentence: Sentence, first: int, stop: int) -> bool:
    return any(w.norm in ",;:–—" for w in sentence.words[first:stop])


def _preposition(sentence: Sentence, first: int, stop: int) -> bool:
    return any(w.norm in _CYRILLIC_OBLIQUE for w in sentence.words[first:stop])


def _other_doer(sentence: Sentence, one: Happening, groups: Sequence[Group]) -> Actor | None:
    """The doer of another word of the same event: "continued attacks as Russian forces pressed on"."""
    for trigger in one.triggers:
        if trigger.real and trigger is not one.trigger:
            found = _doer(sentence, trigger, groups)
            if found and found is not Actor.UNKNOWN:
                return found
    return None


def _by_default(sentence: Sentence, one: Happening, standpoint: Standpoint) -> Actor:
    """Nobody is named: a party tells of its own deeds; strikes on Russia are Ukraine's and on Ukraine Russia's."""
    word = one.trigger.hit.term
    teller = standpoint.own if standpoint.speaking is Actor.UNKNOWN else standpoint.speaking
    own = any(t.hit.term.default == "own" for t in one.triggers)
    if own or (word.event in ("strike", "shelling") and _voice(sentence, one.trigger.hit) == "impersonal"):
        return teller
    if word.event == "attack" and word.voice == "noun":
        return OTHER_SIDE[teller]  # "7 attacks near Novomykhailivka" in a bulletin are the enemy's
    if one.event in STRIKES or one.event is Event.CASUALTIES:
        return _by_region(sentence, one, teller)
    # A medium that names nobody leaves open who took a town: only a party can be taken to speak of itself.
    return standpoint.speaking if one.event in _OF_ONESELF else Actor.UNKNOWN


def _by_region(sentence: Sentence, one: Happening, teller: Actor) -> Actor:
    word = one.trigger.hit.term
    regions = {hit.term.side for hit in sentence.regions}
    if "RU" in regions:
        return Actor.RU if word.default == "from" else Actor.UA
    if regions and (teller is Actor.UNKNOWN or (teller is Actor.RU and one.event is Event.CASUALTIES)):
        return Actor.UNKNOWN
    if teller is not Actor.RU:
        return Actor.RU
    suffered = word.event in ("harm", "shelling") or word.voice == "passive"
    return Actor.UA if regions or suffered else Actor.RU
