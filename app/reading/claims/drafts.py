"""A claim while its report is still being read, and when two of them are one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.reading import Claim, Mention, SpatialExpression, Speaker
from app.domain.text import Span
from app.domain.vocabulary import (
    PARTIES,
    Actor,
    ClaimStatus,
    Event,
    Outcome,
    Relation,
    TimeBasis,
    TimePrecision,
)
from app.reading.events.clauses import ATTACKS, STRIKES
from app.reading.words.tokens import normal

_STEM = 5
_REMEMBERED = 50
"""Claims of one place that a new one is compared with, so that time stays linear."""

Place = frozenset[str]


@dataclass
class Draft:
    """What one sentence, or one part of it, claims."""

    span: Span
    passage: int
    event: Event
    outcome: Outcome
    actor: Actor
    named: bool
    """Whether the text names the actor, or it only follows from who is speaking."""
    speaker: Speaker
    status: ClaimStatus
    start: date
    end: date
    precision: TimePrecision
    stated: bool
    as_of: date | None
    expressions: list[int]
    heading: bool
    """Told in the headline: a sentence of the body that tells the same replaces it, whoever is quoted."""
    unverified: bool = False
    order: int = 0
    """Its number among the drafts of its report."""

    def claim(self) -> Claim:
        return Claim(
            span=self.span,
            event=self.event,
            outcome=self.outcome,
            actor=self.actor,
            speaker=self.speaker,
            claim_status=self.status,
            unverified=self.unverified,
            start=self.start,
            end=self.end,
            time_precision=self.precision,
            time_basis=TimeBasis.STATED if self.stated else TimeBasis.AS_OF,
            expressions=tuple(self.expressions),
            passage=self.passage,
            as_of=self.as_of,
        )


def without_retellings(
    drafts: Sequence[Draft], mentions: Sequence[Mention], expressions: Sequence[SpatialExpression]
) -> list[Draft]:
    """The same event told again by the same speaker counts once, at its most detailed sentence."""
    kept: list[tuple[Draft, set[Place]]] = []
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda d: d.heading):
        places = _places(draft, mentions, expressions)
        names: Place = frozenset().union(*places)
        for index in _near(names, by_name):
            other, others = kept[index]
            if _same(other, draft) and _one_within(others, places, exact=_exact(other, draft)):
                fuller = _fuller(other, draft, len(others), len(places))
                kept[index] = (fuller, others if fuller is other else places)
                break
        else:
            number = len(kept)
            for name in names:
                by_name[name].append(number)
            kept.append((draft, places))
    return sorted([draft for draft, _ in kept], key=lambda d: d.order)


def _near(names: Place, by_name: Mapping[str, Sequence[int]]) -> Iterable[int]:
    """The claims that share a name with a new one, by their names and in the order told."""
    if by_name.keys().isdisjoint(names):
        return ()
    known = sorted([name for name in names if name in by_name])
    return dict.fromkeys([index for name in known for index in by_name[name][-_REMEMBERED:]])


def _same(one: Draft, other: Draft) -> bool:
    headline = one.heading != other.heading
    if not (one.event is other.event or _alike(one, other, headline=headline)):
        return False
    if one.actor is not other.actor and Actor.UNKNOWN not in (one.actor, other.actor) and one.named and other.named:
        return False
    if not headline and one.status is not other.status:
        return False
    if headline:
        return len({one.speaker.side, other.speaker.side} & {*PARTIES}) < 2
    if one.speaker.side is not other.speaker.side or (one.speaker != other.speaker and one.passage != other.passage):
        return False
    return (one.start, one.end) == (other.start, other.end) or not (one.stated and other.stated)


def _alike(one: Draft, other: Draft, *, headline: bool) -> bool:
    events = {one.event, other.event}
    if headline and events <= {*STRIKES, Event.CASUALTIES, Event.OTHER}:
        return True
    if headline and events <= ATTACKS:
        return True
    return Event.CASUALTIES in events and bool(events & STRIKES)


def _exact(one: Draft, other: Draft) -> bool:
    """Losses are the strike's only where they are told of the very same places."""
    return one.event is not other.event and not one.heading and not other.heading


def _one_within(one: set[Place], other: set[Place], *, exact: bool) -> bool:
    if not one or not other:
        return False
    forth = all(any(a & b for b in other) for a in one)
    back = all(any(a & b for b in one) for a in other)
    return forth and back if exact else forth or back


def _places(draft: Draft, mentions: Sequence[Mention], expressions: Sequence[SpatialExpression]) -> set[Place]:
    """What a draft is about: each anchor by all it may stand for, told apart by bearing."""
    told = [expressions[index] for index in draft.expressions]
    return {_names(mentions[anchor], one) for one in told if one.gloss_of is None for anchor in one.anchors}


def _names(mention: Mention, expression: SpatialExpression) -> Place:
    names = [r.place_id for r in mention.references] or [normal(mention.surface)[:_STEM]]
    if expression.relation is Relation.BEARING:
        names = [f"{name} {'+'.join(expression.compass)}" for name in names]
    return frozenset(names)


def _fuller(one: Draft, other: Draft, one_places: int, other_places: int) -> Draft:
    """The more detailed of two tellings, with what only the other knows."""
    first, second = (one, other)
    if (other.heading, -other_places) < (one.heading, -one_places):
        first, second = other, one
    if first.event is Event.CASUALTIES and second.event in STRIKES:
        first.event = second.event
    if first.actor is Actor.UNKNOWN or (second.named and not first.named):
        first.actor, first.named = second.actor, second.named or first.named
    if second.stated and not first.stated:
        first.start, first.end, first.precision, first.stated = second.start, second.end, second.precision, True
    return first
