"""Which side did it: the doer beside an event word, seen from where the speaker stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.vocabulary import Actor, Event, Language
from app.reading.happenings import STRIKES, Happening, Trigger
from app.reading.parsing import Sentence
from app.reading.patterns import Hit
from app.reading.terms import Case, EventWord, Party, SideWord

_OTHER = {Actor.UA: Actor.RU, Actor.RU: Actor.UA, Actor.UNKNOWN: Actor.UNKNOWN}
_ATTRIBUTE = 4
"""Words between an adjective and the noun it says the doer of: "Russian ground and missile attacks"."""
_COMPLEMENT = 4
_EN_OBLIQUE = frozenset(
    ["by", "of", "against", "from", "on", "with", "to", "at", "in", "for", "into", "toward", "towards", "near", "over", "between", "behind", "upon", "inside", "across"]
)
_CYRILLIC_OBLIQUE = frozenset(
    "проти против з із зі с со від от у в на по до для за під под над через між между біля возле поблизу около".split()
)
_BE = frozenset(["was", "were", "been", "being", "be", "is", "are", "got", "get", "getting"])


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Whose mouth it is: `own` resolves "our troops" and "the enemy"; UNKNOWN for those who are no party."""

    own: Actor

    def side(self, party: Party) -> Actor:
        if party == "own":
            return self.own
        return _OTHER[self.own] if party == "enemy" else Actor(party)


class Group(NamedTuple):
    """A noun phrase that names a side: words `first` to `last`."""

    side: Actor
    case: Case
    adjective: bool
    first: int
    last: int


def actor(sentence: Sentence, one: Happening, standpoint: Standpoint, subject: Actor | None) -> Actor:
    """Who did it; `subject` is the doer carried over from the clause or sentence before."""
    groups = groups_of(sentence, standpoint)
    if one.event is Event.ATTACK_REPELLED:
        return _defender(sentence, one, groups, standpoint, subject)
    doer = _doer(sentence, one.trigger, groups, one)
    if doer is None and not _stands_alone(one):
        doer = _other_doer(sentence, one, groups)
    if doer is not None and doer is not Actor.UNKNOWN:
        return doer
    if subject is not None and one.trigger.hit.term.voice in ("active",) and one.event is not Event.CLASH:
        return subject
    return _by_default(sentence, one, standpoint)


def groups_of(sentence: Sentence, standpoint: Standpoint) -> list[Group]:
    """The sides named in a sentence; "Russian" and "troops" side by side are one."""
    groups: list[Group] = []
    for hit in sentence.sides:
        group = Group(standpoint.side(hit.term.side), hit.term.case, hit.term.adjective, hit.first, hit.last)
        if groups and groups[-1].adjective and hit.first - groups[-1].last <= 2 and (hit.term.weak or hit.term.side == "own"):
            groups[-1] = groups[-1]._replace(last=hit.last, adjective=False)
        elif groups and hit.first == groups[-1].last + 1 and hit.term.case == "gen" and not hit.term.adjective and _weak(sentence, groups[-1]):
            groups[-1] = groups[-1]._replace(side=group.side, last=hit.last)
        else:
            groups.append(group)
    return groups


def _weak(sentence: Sentence, group: Group) -> bool:
    return any(hit.term.weak for hit in sentence.sides if hit.first == group.first)


def _stands_alone(one: Happening) -> bool:
    return one.event in (Event.CASUALTIES, Event.OTHER)


def _defender(
    sentence: Sentence, one: Happening, groups: Sequence[Group], standpoint: Standpoint, subject: Actor | None
) -> Actor:
    trigger = one.trigger
    if one.against:
        attacker = _doer(sentence, trigger, groups, one) or subject
        if attacker and attacker is not Actor.UNKNOWN:
            return _OTHER[attacker]
    elif trigger.hit.term.event == "attack_repelled":
        found = _doer(sentence, trigger, groups, one)
        if found:
            return found
    attackers = [t for t in one.triggers if t.hit.term.event in ("attack", "assault", "advance", "clash", "control_change")]
    for attack in attackers:
        attacker = _doer(sentence, attack, groups, one)
        if attacker and attacker is not Actor.UNKNOWN:
            return _OTHER[attacker]
    for group in _inside(groups, one):
        if group.case == "gen" or (sentence.lang is Language.EN and group.first > trigger.first):
            return _OTHER[group.side]
    return standpoint.own


def _inside(groups: Iterable[Group], one: Happening) -> list[Group]:
    return [g for g in groups if one.first <= g.first <= one.last]


def _doer(sentence: Sentence, trigger: Trigger, groups: Sequence[Group], one: Happening) -> Actor | None:
    """The doer of one event word, from the grammar around it; None where none is named."""
    hit = trigger.hit
    here = _inside(groups, one)
    match _voice(sentence, hit):
        case "active":
            found = _subject(sentence, here, hit)
            return found.side if found else None
        case "passive":
            return _agent_or_victim(sentence, hit, here, victim=True)
        case "impersonal":
            return _agent_or_victim(sentence, hit, here, victim=False)
        case _:
            beside = _possessor(sentence, here, hit)
            found = beside or _subject(sentence, here, hit) or _agent(sentence, here, hit)
            return found.side if found else None


def _voice(sentence: Sentence, hit: Hit[EventWord]) -> str:
    word = sentence.words[hit.first].norm
    if hit.term.voice != "active":
        return hit.term.voice
    if sentence.lang is Language.EN:
        if word.endswith("ing"):
            return "active"
        before = [w.norm for w in sentence.words[max(0, hit.first - 3) : hit.first]]
        after = sentence.words[hit.last + 1].norm if hit.last + 1 < len(sentence.words) else ""
        return "impersonal" if _BE & set(before) or after == "by" else "active"
    short = word.endswith(("но", "то", "ено", "ані", "ені", "іті", "ито", "ен", "ена", "ены", "ан", "ана", "аны", "ято", "яты", "ята", "ят", "то", "ты", "ті", "ий", "ый", "ная", "ные"))
    return "impersonal" if short and not word.endswith(("ало", "ило")) else "active"


def _subject(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    """Who is told to do it: the nearest fit group before the word, else the first after it."""
    before = [g for g in groups if g.last < hit.first and _fits_subject(sentence, g)]
    if before:
        named = [g for g in before if g.case == "nom"]
        return (named or before)[-1]
    if sentence.lang is Language.EN:
        return None
    after = [g for g in groups if g.first > hit.last and g.case in ("nom",)]
    return after[0] if after else next((g for g in groups if g.first > hit.last and g.case == "any" and _fits_subject(sentence, g)), None)


def _fits_subject(sentence: Sentence, group: Group) -> bool:
    before = sentence.words[group.first - 1].norm if group.first else ""
    if sentence.lang is Language.EN:
        if before in ("the", "a", "an", "its", "these", "those") and group.first > 1:
            before = sentence.words[group.first - 2].norm
        return before not in _EN_OBLIQUE
    if group.case not in ("nom", "any"):
        return False
    return before not in _CYRILLIC_OBLIQUE


def _agent(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    if sentence.lang is Language.EN:
        return next((g for g in groups if g.first > hit.first and _after_by(sentence, g)), None)
    return next((g for g in groups if g.case == "ins" and not _oblique(sentence, g)), None)


def _oblique(sentence: Sentence, group: Group) -> bool:
    return bool(group.first) and sentence.words[group.first - 1].norm in ("з", "із", "зі", "с", "со", "між", "между", "за", "під", "под", "над", "перед")


def _after_by(sentence: Sentence, group: Group) -> bool:
    return any(w.norm == "by" for w in sentence.words[max(0, group.first - 2) : group.first])


def _agent_or_victim(sentence: Sentence, hit: Hit[EventWord], groups: Sequence[Group], *, victim: bool) -> Actor | None:
    agent = _agent(sentence, groups, hit)
    if agent:
        return agent.side
    possessor = next((g for g in groups if g.case == "gen" and 0 < g.first - hit.last <= _COMPLEMENT), None)
    if victim and possessor and hit.term.event != "harm" and sentence.lang is not Language.EN:
        return possessor.side  # «зазнали обстрілу російських військ»
    sufferer = next((g for g in reversed(groups) if g.last < hit.first and _fits_subject(sentence, g)), None)
    sufferer = sufferer or (next((g for g in groups if g.first > hit.last and not g.adjective), None) if victim else None)
    return _OTHER[sufferer.side] if sufferer else None


def _possessor(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    """"Russian shelling", «обстріли окупантів», "attacks by Russian forces"."""
    for group in reversed(groups):
        gap = hit.first - group.last
        if 0 < gap <= _ATTRIBUTE and not _marks(sentence, group.last + 1, hit.first):
            possessive = sentence.words[group.last].norm.endswith("'s")
            if possessive or (group.adjective and not _breaks_off(sentence, group, hit)):
                return group
    for group in groups:
        gap = group.first - hit.last
        if not 0 < gap <= _COMPLEMENT or _marks(sentence, hit.last + 1, group.first):
            continue
        if sentence.lang is Language.EN:
            if any(w.norm in ("by", "of") for w in sentence.words[max(hit.last + 1, group.first - 2) : group.first]):
                return group
        elif group.case in ("gen", "any", "ins") and not _preposition(sentence, hit.last + 1, group.first):
            return group
    return None


def _breaks_off(sentence: Sentence, group: Group, hit: Hit[EventWord]) -> bool:
    """Whether another event word or a verb stands between adjective and noun: "Russian forces conducted attacks"."""
    if sentence.lang is Language.EN:
        plural = [w.norm for w in sentence.words[group.last + 1 : hit.first]]
        return any(w in _FORCES for w in plural)
    return any(s.first > group.last and s.last < hit.first for s in sentence.sides)


_FORCES = frozenset("forces troops army military soldiers units fighters servicemen navy fleet side command sources".split())


def _marks(sentence: Sentence, first: int, stop: int) -> bool:
    return any(w.norm in ",;:–—" for w in sentence.words[first:stop])


def _preposition(sentence: Sentence, first: int, stop: int) -> bool:
    return any(w.norm in _CYRILLIC_OBLIQUE for w in sentence.words[first:stop])


def _other_doer(sentence: Sentence, one: Happening, groups: Sequence[Group]) -> Actor | None:
    """The doer of another word of the same event: "the offensive continued; Russian forces pressed on"."""
    for trigger in one.triggers:
        if trigger.real and trigger is not one.trigger:
            found = _doer(sentence, trigger, groups, one)
            if found and found is not Actor.UNKNOWN:
                return found
    return None


def _by_default(sentence: Sentence, one: Happening, standpoint: Standpoint) -> Actor:
    """Nobody is named. Strikes on Russia are Ukraine's and on Ukraine Russia's; who fights on the ground stays unknown."""
    word = one.trigger.hit.term
    if word.default == "own":
        return standpoint.own
    if one.event in STRIKES or (one.event is Event.CASUALTIES):
        regions = {hit.term.side for hit in sentence.regions}
        if "RU" in regions:
            return Actor.UA
        if regions and standpoint.own is not Actor.UA:
            return Actor.UNKNOWN
        return Actor.UA if standpoint.own is Actor.RU and one.event is not Event.AIR_STRIKE else Actor.RU
    if one.event in (Event.CONSOLIDATION, Event.ADVANCE, Event.CONTROL_CHANGE, Event.ASSAULT, Event.AIR_DEFENCE):
        return standpoint.own if one.event in (Event.CONSOLIDATION, Event.AIR_DEFENCE) else Actor.UNKNOWN
    return Actor.UNKNOWN
