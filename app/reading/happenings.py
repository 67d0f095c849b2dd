"""Which events a sentence tells, how they went, and which of its places belong to which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from app.domain.vocabulary import Event, Language, Outcome, Relation
from app.reading.parsing import Locator, Sentence
from app.reading.patterns import Hit
from app.reading.terms import EventWord

STRIKES = frozenset({Event.SHELLING, Event.AIR_STRIKE, Event.DRONE_STRIKE, Event.MISSILE_STRIKE})
ATTACKS = frozenset({Event.ASSAULT, Event.CLASH, Event.ADVANCE})
_RANK = (
    "control_change", "withdrawal", "attack_repelled", "advance", "assault", "attack", "missile_strike", "drone_strike",
    "air_strike", "shelling", "strike", "clash", "air_defence", "consolidation", "blast", "harm", "casualties", "other",
)  # fmt: skip
_BREAKS = frozenset(",;:–—")
_NEAR_NOT = {Language.EN: 4, Language.UK: 2, Language.RU: 2}
_NEAR_UNREAL = 10
_NEAR_ATTEMPT = 7
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "of", "from", "this", "his", "newly"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event word in its sentence. `real` is False where it is denied, planned, feared or mere description."""

    hit: Hit[EventWord]
    real: bool
    attempt: bool

    @property
    def first(self) -> int:
        return self.hit.first


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a sentence: words `first` to `last`, told around `trigger`."""

    event: Event
    outcome: Outcome
    trigger: Trigger
    triggers: tuple[Trigger, ...]
    first: int
    last: int
    join: Literal["plain", "turn", "relative", "under", "start"]
    locators: tuple[Locator, ...] = ()
    failed: bool = False
    against: bool = field(default=False)
    """An attack that came to nothing: the word's doer is the attacker, the event's actor the defender."""


def happenings(sentence: Sentence) -> list[Happening]:
    """Every event told, in order; those without a place of their own have no locators."""
    if not sentence.events:
        return []
    clauses = [_clause(sentence, *edges) for edges in _edges(sentence)]
    return list(_share(_merge([one for one in clauses if one is not None]), sentence))


def _edges(sentence: Sentence) -> list[tuple[int, int, str]]:
    """First word, last word and joining word of each clause that has an event word of its own."""
    inside = {i for one in sentence.locators for i in range(one.first + 1, one.last + 1)}
    joins = {hit.first: hit.term.kind for hit in sentence.joins if hit.first not in inside}
    marks = [
        i for i, word in enumerate(sentence.words) if i not in inside and (i in joins or word.norm in _BREAKS)
    ]
    triggers = [hit.first for hit in sentence.events]
    edges: list[tuple[int, int, str]] = []
    begin, kind = 0, "start"
    for mark, following in zip(marks, [*marks[1:], len(sentence.words)], strict=False):
        if any(begin <= t < mark for t in triggers) and any(mark <= t < following for t in triggers):
            edges.append((begin, mark - 1, kind))
            begin, kind = mark, joins.get(mark, "turn" if sentence.words[mark].norm == ";" else "plain")
    edges.append((begin, len(sentence.words) - 1, kind))
    return edges


def _clause(sentence: Sentence, first: int, last: int, join: str) -> Happening | None:
    triggers = tuple(
        _trigger(sentence, hit, first, last) for hit in sentence.events if first <= hit.first <= last
    )
    real = [t for t in triggers if t.real]
    if not triggers:
        return None
    places = [one for one in sentence.locators if first <= one.first <= last]
    kept = tuple(one for one in places if _owner(one, triggers).real)
    if not real:
        return None
    kinds = _kinds(sentence, first, last)
    main = min(real, key=lambda t: (_RANK.index(t.hit.term.event), t.first))
    event = _settle(sentence, main, first, last)
    failed = "fail" in kinds
    against = False
    if main.attempt and event in (Event.ADVANCE, Event.CONTROL_CHANGE, Event.WITHDRAWAL, Event.CONSOLIDATION):
        event = Event.ASSAULT
    if failed and event in (Event.ASSAULT, Event.ADVANCE, Event.CONTROL_CHANGE):
        event, against = Event.ATTACK_REPELLED, True
    outcome = _outcome(event, main, kinds)
    return Happening(event, outcome, main, triggers, first, last, join, kept, failed, against)  # type: ignore[arg-type]


def _owner(place: Locator, triggers: Sequence[Trigger]) -> Trigger:
    """The nearest event word before a place, else the first after it."""
    before = [t for t in triggers if t.first <= place.last]
    return before[-1] if before else triggers[0]


def _trigger(sentence: Sentence, hit: Hit[EventWord], first: int, last: int) -> Trigger:
    real, attempt = True, False
    for modifier in sentence.modifiers:
        if not first <= modifier.first <= last:
            continue
        if hit.first <= modifier.first and modifier.last < hit.last:
            continue  # «не допустили прориву»: the negation is part of the event word
        distance = hit.first - modifier.last
        kind = modifier.term.kind
        if kind == "not" and (modifier.term.reach == "clause" or distance <= _NEAR_NOT[sentence.lang]):
            real = real and modifier.term.reach != "clause" and distance < 0 and hit.last < modifier.first
        elif kind == "unreal" and (0 < distance <= _NEAR_UNREAL or _foretold(sentence, hit, modifier.first, last)):
            real = False
        elif kind == "attempt" and 0 <= distance <= _NEAR_ATTEMPT:
            attempt = True
    if sentence.lang is Language.EN:
        real = real and not _describes(sentence, hit) and not _purpose(sentence, hit, first)
    return Trigger(hit, real, attempt)


def _foretold(sentence: Sentence, hit: Hit[EventWord], at: int, last: int) -> bool:
    """"An offensive on Kupiansk is expected": a noun, and no verb of an event before the word of doubt."""
    if hit.term.voice != "noun" or at <= hit.last:
        return False
    return not any(e.term.voice != "noun" and hit.last < e.first <= last for e in sentence.events)


def _describes(sentence: Sentence, hit: Hit[EventWord]) -> bool:
    """"the recently captured village": a participle between article and noun tells nothing new."""
    word = sentence.words[hit.first].norm
    if hit.term.voice != "active" or hit.first != hit.last or not word.endswith("ed"):
        return False
    before = hit.first - 1
    while before >= 0 and any(m.first == before and m.term.kind == "background" for m in sentence.modifiers):
        before -= 1
    return before >= 0 and sentence.words[before].norm in _DETERMINERS


def _purpose(sentence: Sentence, hit: Hit[EventWord], first: int) -> bool:
    """"attacked the bridge to cut off Kherson": an infinitive of purpose, unless a word of trying or managing governs it."""
    to = hit.first - 1
    if hit.term.voice != "active" or to < first or sentence.words[to].norm != "to":
        return False
    governed = any(
        m.last in (to, to - 1) and m.term.kind in ("attempt", "success", "ongoing", "fail") for m in sentence.modifiers
    )
    return not governed and any(e.last < to and e.first >= first for e in sentence.events)


def _kinds(sentence: Sentence, first: int, last: int) -> set[str]:
    return {m.term.kind for m in sentence.modifiers if first <= m.first <= last}


def _settle(sentence: Sentence, main: Trigger, first: int, last: int) -> Event:
    """The contract's event for a word that leaves the means open."""
    family = main.hit.term.event
    if family in Event.__members__.values():
        return Event(family)
    near = _nearest_means(sentence, main.first, first, last)
    if family == "attack":
        return near or Event.ASSAULT
    near = near or _nearest_means(sentence, main.first, 0, len(sentence.words) - 1)
    if family == "strike":
        return near or Event.MISSILE_STRIKE
    others = {h.term.event for h in sentence.events} & {*STRIKES, "strike"}
    if others:
        told = sorted(others)[0]
        return near or (Event.MISSILE_STRIKE if told == "strike" else Event(told))
    if near:
        return near
    return Event.OTHER if family == "blast" else Event.CASUALTIES


def _nearest_means(sentence: Sentence, at: int, first: int, last: int) -> Event | None:
    inside = [h for h in sentence.means if first <= h.first <= last and h.term.event is not None]
    return min(inside, key=lambda h: (abs(h.first - at), h.first)).term.event if inside else None


def _outcome(event: Event, main: Trigger, kinds: set[str]) -> Outcome:
    if event is Event.ATTACK_REPELLED:
        return main.hit.term.outcome or Outcome.SUCCESS
    if event is Event.ASSAULT and main.attempt:
        return Outcome.ONGOING if "ongoing" in kinds else Outcome.UNKNOWN
    for kind, outcome in (
        ("fail", Outcome.NO_SUCCESS),
        ("partial", Outcome.PARTIAL_SUCCESS),
        ("success", Outcome.SUCCESS),
    ):
        if kind in kinds and event not in STRIKES:
            return outcome
    if main.hit.term.outcome is not None:
        return main.hit.term.outcome
    return Outcome.ONGOING if "ongoing" in kinds else Outcome.UNKNOWN


def _merge(clauses: list[Happening]) -> list[Happening]:
    """"The enemy attacked near A, where 13 attacks were repelled" is one event told in two clauses."""
    merged: list[Happening] = []
    for one in clauses:
        before = merged[-1] if merged else None
        if before is not None and before.event in ATTACKS and not one.locators and _beats_off(one):
            defended = one if one.event is Event.ATTACK_REPELLED else before
            merged[-1] = replace(
                before, event=Event.ATTACK_REPELLED, outcome=Outcome.SUCCESS, last=one.last, trigger=defended.trigger,
                triggers=before.triggers + one.triggers, against=defended is before or defended.against,
            )  # fmt: skip
        elif before is not None and before.event is Event.ATTACK_REPELLED and not one.locators and one.event in ATTACKS:
            merged[-1] = replace(before, last=one.last)
        elif before is not None and one.event is Event.ATTACK_REPELLED and before.event in ATTACKS and not before.locators:
            merged[-1] = replace(one, first=before.first, triggers=before.triggers + one.triggers)
        elif before is not None and not one.locators and before.event is Event.CASUALTIES and one.event in STRIKES:
            merged[-1] = replace(before, event=one.event, last=one.last, trigger=one.trigger)
        else:
            merged.append(one)
    return merged


def _beats_off(one: Happening) -> bool:
    return one.event is Event.ATTACK_REPELLED or one.failed or one.event is Event.WITHDRAWAL


def _family(event: Event) -> str:
    return "strike" if event in STRIKES else event.value


_SHARES_FRONT = frozenset({Event.ADVANCE, Event.CONTROL_CHANGE, Event.WITHDRAWAL, Event.ATTACK_REPELLED, *STRIKES})


def _share(told: list[Happening], sentence: Sentence) -> Iterable[Happening]:
    """Places said once for several events: before the first, or after the last of two joined by "and"."""
    if not told:
        return
    front = _front(told, sentence)
    for index, one in enumerate(told):
        following = told[index + 1] if index + 1 < len(told) else None
        kept = one
        if index and front:
            directions = tuple(p for p in front if p.relation is Relation.OPERATIONAL_DIRECTION)
            if one.locators:
                kept = replace(one, locators=(*directions, *one.locators))
            elif one.event in _SHARES_FRONT and _family(one.event) != _family(told[index - 1].event):
                kept = replace(one, locators=front)
        elif not one.locators and following is not None and _follows(following, one):
            kept = replace(one, locators=following.locators)
        yield kept


def _front(told: list[Happening], sentence: Sentence) -> tuple[Locator, ...]:
    first_word = min(t.first for t in told[0].triggers)
    return tuple(p for p in sentence.locators if p.last < first_word and p in told[0].locators)


def _follows(following: Happening, one: Happening) -> bool:
    """Whether the place after the second of two events is also the first one's."""
    return (
        bool(following.locators)
        and following.join in ("plain", "turn")
        and _family(following.event) != _family(one.event)
        and one.event not in (Event.CASUALTIES, Event.OTHER)
        and following.event not in (Event.CASUALTIES, Event.OTHER)
    )
