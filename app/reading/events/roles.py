"""Which sides a sentence names, and in which role each stands beside an event word."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.domain.vocabulary import Actor, Language
from app.reading.events.clauses import BREAKS
from app.reading.text.parsing import Sentence
from app.reading.words.patterns import Hit
from app.reading.words.terms import Case, EventWord, Party, role_words

_BY_NAME = {actor.value: actor for actor in Actor}
OTHER_SIDE = {Actor.UA: Actor.RU, Actor.RU: Actor.UA, Actor.UNKNOWN: Actor.UNKNOWN}
BY_MEANS = frozenset({"strike", "damage", "blast", "harm", "missile_strike", "drone_strike", "air_strike", "shelling"})
_ATTRIBUTE = 4
"""Words between an adjective and the noun it says the doer of: "Russian ground and missile attacks"."""
COMPLEMENT = 4
_CHAIN = 7
"""Words between an attack and whose it was: «атаки штурмовых групп 60-й механизированной бригады ВСУ»."""

_OBLIQUE_ENDING = re.compile(
    r"(?:ів|їв|ов|ев|ей|ам|ям|ами|ями|и|ы|ої|ой|ого|их|ых|ії|ств)$|^(?:бригад|рот|груп|групп|військ|войск|сил)$"
)
"""Of Ukrainian and Russian nouns and adjectives in the genitive and dative."""

_EN_OBLIQUE = role_words("oblique_en")
_CYRILLIC_OBLIQUE = role_words("oblique_cyrillic")
_BE = role_words("be")
_BETWEEN = role_words("between")
_ON = role_words("on")
_BY_OF = frozenset(["by", "of"])
_COUNTS = role_words("counts")
_FORCES = role_words("forces")
_WITH_INSTRUMENTAL = role_words("with_instrumental")


class Standpoint(NamedTuple):
    """Whose mouth it is: `own` resolves "our troops" and "the enemy", `speaking` "its forces"; UNKNOWN for no party."""

    own: Actor
    speaking: Actor = Actor.UNKNOWN

    @property
    def troops(self) -> Actor:
        """Whose troops of no stated side are: the speaker's where a party speaks."""
        return self.own if self.speaking is Actor.UNKNOWN else self.speaking

    def side(self, party: Party, *, weak: bool = False) -> Actor:
        if weak:
            return self.troops
        if party == "own":
            return self.own
        if party == "self":
            return self.speaking
        return OTHER_SIDE[self.own] if party == "enemy" else _BY_NAME[party]


class Group(NamedTuple):
    """A noun phrase that names a side: words `first` to `last`."""

    side: Actor
    case: Case
    adjective: bool
    first: int
    last: int


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
            side = standpoint.side(term.side, weak=term.weak)
            groups[-1] = before._replace(side=side, last=hit.last)
        else:
            side = standpoint.side(term.side, weak=term.weak)
            groups.append(Group(side, term.case, term.adjective, hit.first, hit.last))
        weak = term.weak
    return groups


def voice_of(sentence: Sentence, hit: Hit[EventWord]) -> str:
    word = sentence.words[hit.first]
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
    while at >= 0 and hit.first - at <= 3 and (sentence.words[at].endswith("ly") or sentence.words[at] in _BETWEEN):
        at -= 1
    after = sentence.words[hit.last + 1] if hit.last + 1 < len(sentence.words) else ""
    return (at >= 0 and sentence.words[at] in _BE) or after == "by"


def subject_beside(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    """Who is told to do it: the nearest fit group before the word, else the first after it."""
    before = [g for g in groups if g.last < hit.first and fits_subject(sentence, g)]
    if before:
        named = [g for g in before if g.case == "nom"]
        return (named or before)[-1]
    if sentence.lang is Language.EN:
        return None
    after = [g for g in groups if g.first > hit.last and g.case in ("nom",)]
    return (
        after[0]
        if after
        else next(
            (
                g
                for g in groups
                if g.first > hit.last
                and g.case == "any"
                and fits_subject(sentence, g)
                and not _belongs_to_object(sentence, g, hit)
            ),
            None,
        )
    )


def _belongs_to_object(sentence: Sentence, group: Group, hit: Hit[EventWord]) -> bool:
    """«нанесли поражение формированиям 57-й бригады ВСУ»: an indeclinable name behind a noun in an oblique case."""
    before = group.first - 1
    if before <= hit.last or _preposition(sentence, hit.last + 1, group.first):
        return False
    return _OBLIQUE_ENDING.search(sentence.words[before]) is not None


def target_after(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    """As in "struck Ukrainian training grounds", «уразили позиції окупантів»: whose the thing struck is."""
    for group in groups:
        reach = _CHAIN if group.case == "any" and _belongs_to_object(sentence, group, hit) else COMPLEMENT
        if 0 < group.first - hit.last <= reach and not marks(sentence, hit.last, group.first):
            return group
    return None


def target_on(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    """As in "strikes on Ukrainian depots", «прилеты по объектам противника»."""
    for group in groups:
        between = sentence.words[hit.last + 1 : group.first]
        if (
            0 < len(between) <= COMPLEMENT
            and not _ON.isdisjoint(between)
            and not marks(sentence, hit.last, group.first)
        ):
            return group
    return None


def fits_subject(sentence: Sentence, group: Group) -> bool:
    before = sentence.words[group.first - 1] if group.first else ""
    if sentence.lang is Language.EN:
        if before in ("the", "a", "an", "its", "these", "those") and group.first > 1:
            before = sentence.words[group.first - 2]
        if before == "of" and not _FORCES.isdisjoint(sentence.words[max(0, group.first - 4) : group.first]):
            return True  # "units of the Defence Forces"
        return before not in _EN_OBLIQUE
    if group.case == "gen":
        return _counted(sentence, group)
    return group.case in ("nom", "any") and before not in _CYRILLIC_OBLIQUE


def _counted(sentence: Sentence, group: Group) -> bool:
    """As in «до 300 украинских военных»: the genitive after a number is who does it."""
    word = sentence.words[group.first - 1] if group.first else ""
    return word[:1].isdigit() or word in _COUNTS


def agent_beside(sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord]) -> Group | None:
    if sentence.lang is Language.EN:
        return next((g for g in groups if g.first > hit.first and _after_by(sentence, g)), None)
    return next((g for g in groups if g.case == "ins" and not _oblique(sentence, g)), None)


def _oblique(sentence: Sentence, group: Group) -> bool:
    return bool(group.first) and sentence.words[group.first - 1] in _WITH_INSTRUMENTAL


def _after_by(sentence: Sentence, group: Group) -> bool:
    return "by" in sentence.words[max(0, group.first - 2) : group.first]


def possessor_beside(
    sentence: Sentence, groups: Sequence[Group], hit: Hit[EventWord], *, after: bool = True
) -> Group | None:
    """As in "Russian shelling", «обстріли окупантів», "attacks by Russian forces"."""
    for group in reversed(groups):
        gap = hit.first - group.last
        if 0 < gap <= _ATTRIBUTE and not marks(sentence, group.last + 1, hit.first):
            possessive = sentence.words[group.last].endswith("'s")
            if possessive or (group.adjective and not _breaks_off(sentence, group, hit)):
                return group
    for group in groups if after else ():
        gap = group.first - hit.last
        if not 0 < gap <= (COMPLEMENT if hit.term.event in BY_MEANS else _CHAIN) or marks(
            sentence, hit.last + 1, group.first
        ):
            continue
        if sentence.lang is Language.EN:
            if not _BY_OF.isdisjoint(sentence.words[max(hit.last + 1, group.first - 2) : group.first]):
                return group
        elif _owns(sentence, group, hit):
            return group
    return None


def _owns(sentence: Sentence, group: Group, hit: Hit[EventWord]) -> bool:
    """«атаки штурмових груп ворога», «обстріли окупантів»; not «обстріли позицій наших військ», the target."""
    if group.case not in ("gen", "any", "ins") or _preposition(sentence, hit.last + 1, group.first):
        return False
    return hit.term.event not in BY_MEANS or group.first == hit.last + 1


def _breaks_off(sentence: Sentence, group: Group, hit: Hit[EventWord]) -> bool:
    """Whether another event word or a verb stands between adjective and noun: "Russian forces conducted attacks"."""
    if sentence.lang is Language.EN:
        return not _FORCES.isdisjoint(sentence.words[group.last + 1 : hit.first])
    return any(s.first > group.last and s.last < hit.first for s in sentence.sides)


def troops_follow(sentence: Sentence, group: Group) -> bool:
    return not _FORCES.isdisjoint(sentence.words[group.last + 1 : group.last + 4])


def marks(sentence: Sentence, first: int, stop: int) -> bool:
    return not BREAKS.isdisjoint(sentence.words[first:stop])


def _preposition(sentence: Sentence, first: int, stop: int) -> bool:
    return not _CYRILLIC_OBLIQUE.isdisjoint(sentence.words[first:stop])
