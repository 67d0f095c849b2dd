"""Which clauses of a sentence tell an event of their own, what it was, how it went, and which places are in it."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.vocabulary import Event, Outcome
from app.reading.events.triggers import Trigger, triggers_of
from app.reading.text.parsing import Locator, Sentence
from app.reading.words.patterns import Hit
from app.reading.words.terms import EventWord, role_words

STRIKES = frozenset({Event.SHELLING, Event.AIR_STRIKE, Event.DRONE_STRIKE, Event.MISSILE_STRIKE})
ATTACKS = frozenset({Event.ASSAULT, Event.CLASH, Event.ADVANCE})
_RANKED = (
    "control_change", "withdrawal", "attack_repelled", "advance", "assault", "attack", "missile_strike",
    "drone_strike", "air_strike", "shelling", "strike", "clash", "air_defence", "consolidation", "blast", "damage",
    "harm", "casualties", "other",
)  # fmt: skip
"""Of several event words in a clause, the first listed is the event."""
_RANK = {family: rank for rank, family in enumerate(_RANKED)}
_OPEN = {
    "attack": Event.ASSAULT,
    "strike": Event.MISSILE_STRIKE,
    "damage": Event.MISSILE_STRIKE,
    "blast": Event.OTHER,
    "harm": Event.CASUALTIES,
}
"""What is meant where nothing tells the means."""
BREAKS = frozenset(",;:–—")
_FIRED = frozenset({"strike", *STRIKES})
_SOURCE = role_words("source")
_NEW_SUBJECT = ("turn", "apart")
"""Joining words at which a new thought begins, whatever stands between them and its event word."""
_EVENTS = {event.value: event for event in Event}


class Happening(NamedTuple):
    """One event of a sentence: words `first` to `last`, told around `trigger`."""

    event: Event
    outcome: Outcome
    trigger: Trigger
    triggers: tuple[Trigger, ...]
    first: int
    last: int
    join: str
    """The kind of word that joins it to what stands before; "start" for the first."""
    locators: tuple[Locator, ...] = ()
    failed: bool = False
    against: bool = False
    """An attack that came to nothing: the word's doer is the attacker, the event's actor the defender."""
    open: bool = False
    """Neither the word nor its sentence tells the means: the report around it may."""


def clauses(sentence: Sentence) -> list[Happening]:
    """The clauses that tell an event, in order."""
    told: list[Happening] = []
    before: tuple[Trigger, ...] = ()
    for first, last, join in _edges(sentence):
        here = triggers_of(sentence, first, last, join, before)
        one = _clause(sentence, first, last, join, here)
        before = here
        if one is not None:
            told.append(one)
    return told


def _edges(sentence: Sentence) -> list[tuple[int, int, str]]:
    """First word, last word and joining word of each clause that has an event word of its own."""
    end = len(sentence.words)
    if len(sentence.events) < 2:
        return [(0, end - 1, "start")]
    triggers = [hit.first for hit in sentence.events]
    inside = {i for one in sentence.locators for i in range(one.first + 1, one.last + 1)}
    joins = {hit.first: hit.term.kind for hit in sentence.joins if hit.first not in inside}
    between = range(triggers[0] + 1, triggers[-1] + 1)
    marks = [i for i in between if (i in joins or sentence.words[i] in BREAKS) and i not in inside]
    edges: list[tuple[int, int, str]] = []
    begin, kind = 0, "start"
    for mark, following in zip(marks, [*marks[1:], end], strict=False):
        told = [t for t in triggers if begin <= t < mark]
        if told and any(mark <= t < following for t in triggers):
            cut = next((m for m in marks if told[-1] < m < mark and joins.get(m) in _NEW_SUBJECT), mark)
            edges.append((begin, cut - 1, kind))
            begin, kind = cut, joins.get(cut, "apart" if sentence.words[cut] == ";" else "plain")
    edges.append((begin, end - 1, kind))
    return edges


def _clause(sentence: Sentence, first: int, last: int, join: str, triggers: tuple[Trigger, ...]) -> Happening | None:
    real = [t for t in triggers if t.real]
    if not real:
        return None
    places = [p for p in sentence.locators if first <= p.first <= last]
    for words in _aside(sentence) if places else ():
        places = [p for p in places if p.first not in words]
    places = [p for p in places if not p.country] or places
    places = _targets(sentence, places, triggers)
    kept = tuple(one for one in places if _owner(one, triggers).real) if len(real) < len(triggers) else tuple(places)
    kinds = _kinds(sentence, first, last)
    main = real[0] if len(real) == 1 else min(real, key=lambda t: (_RANK[t.hit.term.event], t.first))
    family = _family(sentence, main)
    settled = _settle(sentence, main, family, first, last)
    event = settled or _OPEN[family]
    failed = "fail" in kinds
    against = False
    if main.attempt and event in (Event.ADVANCE, Event.CONTROL_CHANGE, Event.WITHDRAWAL, Event.CONSOLIDATION):
        event = Event.ASSAULT
    if failed and event in (Event.ASSAULT, Event.ADVANCE, Event.CONTROL_CHANGE):
        event, against = Event.ATTACK_REPELLED, True
    outcome = _outcome(event, main, kinds)
    return Happening(event, outcome, main, triggers, first, last, join, kept, failed, against, settled is None)


def _targets(sentence: Sentence, places: list[Locator], triggers: Sequence[Trigger]) -> list[Locator]:
    """«Випустив по Очакову 8 снарядів з Кінбурнської коси»: where fire comes from is not where it falls."""
    if len(places) < 2 or not any(t.hit.term.event in _FIRED for t in triggers):
        return places
    return [p for p in places if sentence.words[p.first] not in _SOURCE] or places


def _aside(sentence: Sentence) -> list[range]:
    """Clauses beside the matter that hold no event word: "while the president is in Vilnius"."""
    found: list[range] = []
    for join in sentence.joins:
        if join.term.kind in ("apart", "backdrop"):
            end = next(
                (i for i in range(join.last + 1, len(sentence.words)) if sentence.words[i] == ","),
                len(sentence.words),
            )
            if not any(join.first <= e.first < end for e in sentence.events):
                found.append(range(join.first, end))
    return found


def _owner(place: Locator, triggers: Sequence[Trigger]) -> Trigger:
    """The nearest event word before a place, else the first after it."""
    before = [t for t in triggers if t.first <= place.last]
    return before[-1] if before else triggers[0]


def _kinds(sentence: Sentence, first: int, last: int) -> set[str]:
    return {m.term.kind for m in sentence.modifiers if first <= m.first <= last}


def _settle(sentence: Sentence, main: Trigger, family: str, first: int, last: int) -> Event | None:
    """The contract's event for a word that leaves the means open; None where only the report around it can tell."""
    if family in _EVENTS:
        return _EVENTS[family]
    near = _nearest_means(sentence, main.hit, *_chunk(sentence, main.hit, first, last)) if sentence.means else None
    if near:
        return near
    if family == "attack":
        return None if _told_already(sentence, main.hit) else Event.ASSAULT
    others = [h.term.event for h in sentence.events if h.term.event in STRIKES]
    if family in ("blast", "damage", "harm") and others:
        return _EVENTS[min(others)]
    return _nearest_means(sentence, main.hit, 0, len(sentence.words) - 1, ahead=False)


_GROUND = frozenset({"assault", "clash", "attack_repelled", "advance", "control_change", "withdrawal", "consolidation"})


def _family(sentence: Sentence, main: Trigger) -> str:
    """Of the event word: but of an attack of which nothing but its harm is told, a strike's, as in "Russia attacked
    Kharkiv, killing two"."""
    family = main.hit.term.event
    told = {hit.term.event for hit in sentence.events} if family == "attack" else set()
    return "strike" if not told.isdisjoint(("harm", "damage")) and told.isdisjoint(_GROUND) else family


def _told_already(sentence: Sentence, hit: Hit[EventWord]) -> bool:
    """As in "the attack destroyed …": one that the report has told of before."""
    before = sentence.words[hit.first - 1] if hit.first else ""
    return hit.term.voice == "noun" and before in ("the", "this")


def _chunk(sentence: Sentence, hit: Hit[EventWord], first: int, last: int) -> tuple[int, int]:
    """From comma to comma around an event word."""
    start, end = hit.first, hit.last
    while start > first and sentence.words[start - 1] not in BREAKS:
        start -= 1
    while end < last and sentence.words[end + 1] not in BREAKS:
        end += 1
    return start, end


def _nearest_means(
    sentence: Sentence, hit: Hit[EventWord], first: int, last: int, *, ahead: bool = True
) -> Event | None:
    """The means nearest to an event word; with `ahead` False only those before it."""
    inside = [
        h
        for h in sentence.means
        if first <= h.first <= last and h.term.event is not None and (ahead or h.first < hit.first)
    ]
    return min(inside, key=lambda h: (abs(h.first - hit.first), h.first)).term.event if inside else None


_OUTCOMES = {"fail": Outcome.NO_SUCCESS, "partial": Outcome.PARTIAL_SUCCESS, "success": Outcome.SUCCESS}
"""How an event went, by a word beside it; the first listed counts."""


def _outcome(event: Event, main: Trigger, kinds: set[str]) -> Outcome:
    if event is Event.ATTACK_REPELLED:
        return main.hit.term.outcome or Outcome.SUCCESS
    if event is Event.ASSAULT and main.attempt:
        return Outcome.ONGOING if "ongoing" in kinds else Outcome.UNKNOWN
    if kinds and event not in STRIKES:
        for kind, outcome in _OUTCOMES.items():
            if kind in kinds:
                return outcome
    if main.hit.term.outcome is not None:
        return main.hit.term.outcome
    return Outcome.ONGOING if "ongoing" in kinds else Outcome.UNKNOWN
