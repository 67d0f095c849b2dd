"""Which events a sentence tells, how they went, and which of its places belong to which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from app.domain.vocabulary import Event, Language, Outcome, Relation
from app.reading.parsing import Locator, Sentence
from app.reading.patterns import Hit
from app.reading.terms import EventWord

STRIKES = frozenset({Event.SHELLING, Event.AIR_STRIKE, Event.DRONE_STRIKE, Event.MISSILE_STRIKE})
ATTACKS = frozenset({Event.ASSAULT, Event.CLASH, Event.ADVANCE})
_RANK = (
    "control_change", "withdrawal", "attack_repelled", "advance", "assault", "attack", "missile_strike", "drone_strike",
    "air_strike", "shelling", "strike", "clash", "air_defence", "consolidation", "blast", "damage", "harm", "casualties", "other",
)  # fmt: skip
_OPEN = {"strike": Event.MISSILE_STRIKE, "damage": Event.MISSILE_STRIKE, "blast": Event.OTHER, "harm": Event.CASUALTIES}
"""What is meant where nothing tells the means."""
_BREAKS = frozenset(",;:–—")
_NEAR_NOT = {Language.EN: 4, Language.UK: 2, Language.RU: 2}
_NEAR_UNREAL = 10
_NEAR_ATTEMPT = 7
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "of", "from", "this", "his", "newly", "those", "these"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event word in its sentence. `real` is False where it is denied, planned, feared or mere description."""

    hit: Hit[EventWord]
    real: bool
    attempt: bool
    clause: tuple[int, int]
    """First and last word of its clause."""

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
    join: str
    """The kind of word that joins it to what stands before; "start" for the first."""
    locators: tuple[Locator, ...] = ()
    failed: bool = False
    against: bool = False
    """An attack that came to nothing: the word's doer is the attacker, the event's actor the defender."""
    open: bool = False
    """Neither the word nor its sentence tells the means: the report around it may."""


def happenings(sentence: Sentence) -> list[Happening]:
    """Every event told, in order; those without a place of their own have no locators."""
    if not sentence.events:
        return []
    clauses: list[Happening] = []
    before: tuple[Trigger, ...] = ()
    for edges in _edges(sentence):
        triggers = _triggers(sentence, *edges, before)
        one = _clause(sentence, *edges, triggers)
        before = triggers
        if one is not None:
            clauses.append(one)
    return list(_share(_merge(clauses, sentence), sentence))


def _triggers(sentence: Sentence, first: int, last: int, join: str, before: Sequence[Trigger]) -> tuple[Trigger, ...]:
    """The event words of a clause; what is tried or planned in one clause goes on in the next: "to storm A and seize B"."""
    triggers = tuple(
        _trigger(sentence, hit, first, last)
        for hit in sentence.events
        if first <= hit.first <= last and not _describes(sentence, hit)
    )
    governed = before[-1] if before else None
    if governed and join in ("plain", "under") and triggers and _hangs(sentence, triggers[0].hit, governed):
        head = replace(
            triggers[0],
            real=triggers[0].real and governed.real,
            attempt=triggers[0].attempt or governed.attempt,
        )
        return (head, *triggers[1:])
    return triggers


def _hangs(sentence: Sentence, hit: Hit[EventWord], governed: Trigger) -> bool:
    """Whether a verb shares the trying or planning of the one before: "intend to seize A before advancing to B"."""
    word = sentence.words[hit.first].norm
    return _infinitive(sentence, hit) or (not governed.real and sentence.lang is Language.EN and word.endswith("ing"))


def _infinitive(sentence: Sentence, hit: Hit[EventWord]) -> bool:
    word = sentence.words[hit.first].norm
    if sentence.lang is Language.EN:
        return hit.term.voice == "active" and not word.endswith(("ed", "ing", "s"))
    return word.endswith(("ти", "ть", "ться", "тися", "тись"))


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


def _clause(
    sentence: Sentence, first: int, last: int, join: str, triggers: tuple[Trigger, ...]
) -> Happening | None:
    real = [t for t in triggers if t.real]
    if not triggers:
        return None
    aside = _aside(sentence)
    places = [p for p in sentence.locators if first <= p.first <= last and not any(p.first in words for words in aside)]
    kept = tuple(one for one in places if _owner(one, triggers).real)
    if not real:
        return None
    kinds = _kinds(sentence, first, last)
    main = min(real, key=lambda t: (_RANK.index(t.hit.term.event), t.first))
    settled = _settle(sentence, main, first, last)
    event = settled or _OPEN[main.hit.term.event]
    failed = "fail" in kinds
    against = False
    if main.attempt and event in (Event.ADVANCE, Event.CONTROL_CHANGE, Event.WITHDRAWAL, Event.CONSOLIDATION):
        event = Event.ASSAULT
    if failed and event in (Event.ASSAULT, Event.ADVANCE, Event.CONTROL_CHANGE):
        event, against = Event.ATTACK_REPELLED, True
    outcome = _outcome(event, main, kinds)
    return Happening(event, outcome, main, triggers, first, last, join, kept, failed, against, settled is None)


def _aside(sentence: Sentence) -> list[range]:
    """Clauses beside the matter that hold no event word: "while the president is in Vilnius"."""
    found: list[range] = []
    for join in sentence.joins:
        if join.term.kind == "apart":
            end = next((i for i in range(join.last + 1, len(sentence.words)) if sentence.words[i].norm == ","), len(sentence.words))
            if not any(join.first <= e.first < end for e in sentence.events):
                found.append(range(join.first, end))
    return found


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
        elif kind == "unreal" and (modifier.first < hit.first and distance <= _NEAR_UNREAL or _foretold(sentence, hit, modifier.first, last)):
            real = False
        elif kind == "attempt" and 0 <= distance <= _NEAR_ATTEMPT:
            attempt = True
    if sentence.lang is Language.EN:
        real = real and not _purpose(sentence, hit, first)
    return Trigger(hit, real, attempt, (first, last))


def _foretold(sentence: Sentence, hit: Hit[EventWord], at: int, last: int) -> bool:
    """"An offensive on Kupiansk is expected": a noun, and no verb of an event before the word of doubt."""
    if hit.term.voice != "noun" or at <= hit.last or any(w.norm == "," for w in sentence.words[hit.last : at]):
        return False
    return not any(e.term.voice != "noun" and hit.last < e.first <= last for e in sentence.events)


def _describes(sentence: Sentence, hit: Hit[EventWord]) -> bool:
    """"the recently captured village": a participle between article and noun tells nothing new."""
    word = sentence.words[hit.first].norm
    if sentence.lang is not Language.EN or hit.term.voice != "active" or hit.first != hit.last or not word.endswith("ed"):
        return False
    before = hit.first - 1
    while before >= 0 and (
        sentence.words[before].norm.endswith("ly")
        or any(m.first == before and m.term.kind == "background" for m in sentence.modifiers)
    ):
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


def _settle(sentence: Sentence, main: Trigger, first: int, last: int) -> Event | None:
    """The contract's event for a word that leaves the means open; None where only the report around it can tell."""
    family = main.hit.term.event
    if family in set(Event):
        return Event(family)
    near = _nearest_means(sentence, main.hit, *_chunk(sentence, main.hit, first, last))
    if near:
        return near
    if family == "attack":
        return Event.ASSAULT
    others = sorted({h.term.event for h in sentence.events} & set(STRIKES))
    if family in ("blast", "damage", "harm") and others:
        return Event(others[0])
    return _nearest_means(sentence, main.hit, 0, len(sentence.words) - 1, ahead=False)


def _chunk(sentence: Sentence, hit: Hit[EventWord], first: int, last: int) -> tuple[int, int]:
    """From comma to comma around an event word."""
    start, end = hit.first, hit.last
    while start > first and sentence.words[start - 1].norm not in _BREAKS:
        start -= 1
    while end < last and sentence.words[end + 1].norm not in _BREAKS:
        end += 1
    return start, end


def _nearest_means(sentence: Sentence, hit: Hit[EventWord], first: int, last: int, *, ahead: bool = True) -> Event | None:
    """The means nearest to an event word; with `ahead` False only those before it."""
    inside = [
        h
        for h in sentence.means
        if first <= h.first <= last and h.term.event is not None and (ahead or h.first < hit.first)
    ]
    return min(inside, key=lambda h: (abs(h.first - hit.first), h.first)).term.event if inside else None


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


def _merge(clauses: list[Happening], sentence: Sentence) -> list[Happening]:
    """"The enemy attacked near A, where 13 attacks were repelled" is one event told in two clauses."""
    merged: list[Happening] = []
    for one in clauses:
        before = merged[-1] if merged else None
        if before is not None and _spoken_between(sentence, before, one):
            merged.append(one)
        elif before is not None and before.event in ATTACKS and not one.locators and _beats_off(one):
            defended = one if one.event is Event.ATTACK_REPELLED else before
            merged[-1] = replace(
                before, event=Event.ATTACK_REPELLED, outcome=Outcome.SUCCESS, last=one.last, trigger=defended.trigger,
                triggers=before.triggers + one.triggers, against=defended is before or defended.against,
            )  # fmt: skip
        elif before is not None and before.event is Event.ATTACK_REPELLED and one.event is Event.WITHDRAWAL and not one.locators:
            merged[-1] = replace(before, last=one.last)
        elif before is not None and before.event is Event.ATTACK_REPELLED and one.event in ATTACKS and (
            not one.locators or _object_of(before, one)
        ):
            merged[-1] = replace(before, last=one.last, locators=before.locators + one.locators)
        elif before is not None and before.event is Event.ASSAULT and one.event is Event.ADVANCE and _adds_success(before, one):
            gained = one.trigger.hit.term.voice == "active" and one.outcome is not Outcome.PARTIAL_SUCCESS
            merged[-1] = replace(before, last=one.last, outcome=one.outcome, event=one.event if gained else before.event)
        elif before is not None and one.event is Event.ATTACK_REPELLED and before.event in ATTACKS and not before.locators:
            merged[-1] = replace(one, first=before.first, triggers=before.triggers + one.triggers)
        elif before is not None and not one.locators and before.event is Event.CASUALTIES and one.event in STRIKES:
            merged[-1] = replace(before, event=one.event, last=one.last, trigger=one.trigger, open=one.open)
        elif before is not None and before.event in STRIKES and one.join == "plain" and _meansless(one):
            merged.append(replace(one, event=before.event))
        elif before is not None and before.event in STRIKES and one.event in STRIKES and _runs_on(before, one):
            merged[-1] = replace(before, last=one.last, locators=one.locators, triggers=before.triggers + one.triggers)
        else:
            merged.append(one)
    return merged


def _object_of(before: Happening, one: Happening) -> bool:
    """"stopped 48 assault and offensive actions near A": the second noun is what was stopped."""
    ahead = all(place.last < before.trigger.first for place in before.locators)
    return ahead and one.join == "plain" and one.trigger.hit.term.voice == "noun" and one.trigger.first - one.first <= 3


def _adds_success(before: Happening, one: Happening) -> bool:
    """"attacks near A, has partial success": how the attack went."""
    return bool(before.locators) and not one.locators and one.join == "plain"


def _spoken_between(sentence: Sentence, before: Happening, one: Happening) -> bool:
    """"spoke of clashes but referred to a successful defence": two things said."""
    stretch = range(before.trigger.hit.last + 1, one.trigger.first)
    return any(s.first in stretch and s.term.kind == "verb" for s in sentence.says)


def _meansless(one: Happening) -> bool:
    """"launched drones at A and attacked B": an attack whose means were told just before."""
    return one.trigger.hit.term.event == "attack" and one.event is Event.ASSAULT and not one.trigger.attempt


def _runs_on(before: Happening, one: Happening) -> bool:
    """"shelled and attacked with drones 20 villages": one round of fire, the place after its last word."""
    return not before.locators and bool(one.locators) and one.join == "plain"


def _beats_off(one: Happening) -> bool:
    return one.event is Event.ATTACK_REPELLED or one.failed or (one.event is Event.WITHDRAWAL and one.join == "plain")


def _family(event: Event) -> str:
    return "strike" if event in STRIKES else event.value


_SHARES_FRONT = frozenset({Event.ADVANCE, Event.CONTROL_CHANGE, Event.WITHDRAWAL, Event.ATTACK_REPELLED})


def _share(told: list[Happening], sentence: Sentence) -> Iterable[Happening]:
    """Places said once for several events: before the first, or after the last of two joined by "and"."""
    if not told:
        return
    front = _front(told, sentence)
    if front and not told[0].locators and front[0].relation is Relation.OPERATIONAL_DIRECTION:
        told = [replace(told[0], locators=front), *told[1:]]
    for index, one in enumerate(told):
        following = told[index + 1] if index + 1 < len(told) else None
        kept = one
        if index and front and not _again(sentence, one):
            directions = tuple(p for p in front if p.relation is Relation.OPERATIONAL_DIRECTION)
            if one.locators:
                kept = replace(one, locators=(*directions, *one.locators))
            elif one.event in _SHARES_FRONT and _family(one.event) != _family(told[index - 1].event):
                kept = replace(one, locators=front)
        elif index and not one.locators and one.event in STRIKES and _again(sentence, one):
            kept = replace(one, locators=told[index - 1].locators)
        elif not one.locators and following is not None and _follows(following, one):
            kept = replace(one, locators=following.locators)
        yield kept


_PRONOUNS = frozenset("it them його її їх его ее их".split())


def _again(sentence: Sentence, one: Happening) -> bool:
    """"shelled Nikopol and attacked it with drones": the place told before."""
    after = one.trigger.hit.last + 1
    return after < len(sentence.words) and sentence.words[after].norm in _PRONOUNS


def _front(told: list[Happening], sentence: Sentence) -> tuple[Locator, ...]:
    first_word = min(e.first for e in sentence.events)
    return tuple(
        p
        for p in sentence.locators
        if p.last < first_word and (p in told[0].locators or p.relation is Relation.OPERATIONAL_DIRECTION)
    )


def _follows(following: Happening, one: Happening) -> bool:
    """Whether the place after the second of two events is also the first one's."""
    return (
        bool(following.locators)
        and following.join in ("plain", "turn")
        and _family(following.event) != _family(one.event)
        and one.event not in (Event.CASUALTIES, Event.OTHER, Event.CONSOLIDATION)
        and following.event not in (Event.CASUALTIES, Event.OTHER)
    )
