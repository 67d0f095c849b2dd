"""The days, moments and intervals of a CQL2 expression, and how two of them may lie to each other in time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, and_, cast, literal, or_
from sqlalchemy.dialects.postgresql import Range

from app.store.cql.terms import BadExpression, Kind, Subject, Term, alike, as_day, instant, term

Json = Any
OPEN = ".."
OCCURRENCE = {"interval": [{"property": "start"}, {"property": "end"}]}
Relation = Callable[[Any, Any, Any, Any], ColumnElement[bool]]
"""Of the start and end of one interval to the start and end of another, all included."""
# OGC 21-065r2, table 9. A single day or moment is an interval that ends where it starts.
RELATIONS: Mapping[str, Relation] = {
    "t_after": lambda s, _e, _s2, e2: s > e2,
    "t_before": lambda _s, e, s2, _e2: e < s2,
    "t_contains": lambda s, e, s2, e2: and_(s < s2, e > e2),
    "t_disjoint": lambda s, e, s2, e2: or_(e < s2, s > e2),
    "t_during": lambda s, e, s2, e2: and_(s > s2, e < e2),
    "t_equals": lambda s, e, s2, e2: and_(s == s2, e == e2),
    "t_finishedBy": lambda s, e, s2, e2: and_(s < s2, e == e2),
    "t_finishes": lambda s, e, s2, e2: and_(s > s2, e == e2),
    "t_intersects": lambda s, e, s2, e2: and_(s <= e2, e >= s2),
    "t_meets": lambda _s, e, s2, _e2: e == s2,
    "t_metBy": lambda s, _e, _s2, e2: s == e2,
    "t_overlappedBy": lambda s, e, s2, e2: and_(s > s2, s < e2, e > e2),
    "t_overlaps": lambda s, e, s2, e2: and_(s < s2, e > s2, e < e2),
    "t_startedBy": lambda s, e, s2, e2: and_(s == s2, e > e2),
    "t_starts": lambda s, e, s2, e2: and_(s == s2, e < e2),
}


@dataclass(frozen=True, slots=True)
class _Interval:
    start: Term | None
    """None is open."""
    end: Term | None

    def bounds(self, kind: Kind) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        return _bound(self.start, kind, "-infinity"), _bound(self.end, kind, "infinity")

    @property
    def kinds(self) -> set[Kind]:
        return {each.kind for each in (self.start, self.end) if each}

    @property
    def is_written(self) -> bool:
        return all(each.value is not None for each in (self.start, self.end) if each)

    @property
    def days(self) -> Range[date]:
        return Range(self.start and as_day(self.start).value, self.end and as_day(self.end).value, bounds="[]")


def related(op: str, left: Json, right: Json, of: Subject) -> ColumnElement[bool]:
    """Compared by days where a day is told of on either side, a moment then being its day in UTC."""
    first, second = _interval(left, of), _interval(right, of)
    if op == "t_intersects" and left == OCCURRENCE and second.is_written and of.occurrence is not None:
        return of.occurrence.op("&&")(second.days)  # which an index answers
    kind = Kind.DAY if Kind.DAY in first.kinds | second.kinds else Kind.MOMENT
    return RELATIONS[op](*first.bounds(kind), *second.bounds(kind))


def _interval(node: Json, of: Subject) -> _Interval:
    match node:
        case {"interval": [start, end]}:
            return _forward(_Interval(_end(start, of), _end(end, of)))
    one = _end(node, of)
    if one is None:
        raise BadExpression(f"{OPEN} is open only as the end of an interval")
    return _Interval(one, one)


def _forward(told: _Interval) -> _Interval:
    if told.is_written and told.start and told.end:
        start, end = alike(told.start, told.end)
        if end.value < start.value:
            raise BadExpression(f"an interval ends on {end.value}, before it starts on {start.value}")
    return told


def _end(node: Json, of: Subject) -> Term | None:
    if node == OPEN:
        return None
    told = instant(node) if isinstance(node, str) else term(node, of)
    if told.kind not in (Kind.DAY, Kind.MOMENT):
        raise BadExpression(f"a {told.kind} is no time; a time is DATE('2023-07-12') or INTERVAL(start, \"end\")")
    return told


def _bound(told: Term | None, kind: Kind, unbounded: str) -> ColumnElement[Any]:
    if told is None:
        return cast(literal(unbounded), Date if kind is Kind.DAY else DateTime(timezone=True))
    return (as_day(told) if kind is Kind.DAY else told).sql
