"""In which order features come, and how a page goes on where the one before it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Text, and_, bindparam, func, literal_column, or_, tuple_, type_coerce

from app.store.tables.interpretation import feature

Value = date | datetime | float | str


@dataclass(frozen=True, slots=True)
class Sort:
    name: str
    """Of SORTABLE."""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """The last feature of a page: its values of what is sorted by, and its id. The next page goes on after it."""

    values: tuple[Value, ...]
    id: str


RANK = Sort("rank")
"""Of lists that put some entries before others by what they are: a whole number, which is no property of theirs."""
LATEST = (Sort("start", descending=True),)
SORTABLE: Mapping[str, ColumnElement[Any]] = {
    "start": feature.c.start_on,
    "end": func.upper(feature.c.occurrence, type_=Date) - literal_column("1"),
    **{name: feature.c[name] for name in ("as_of", "published", "recorded", "uncertainty_m")},
    **{
        name: type_coerce(feature.c[name], Text)
        for name in ("kind", "event", "actor", "claim_status", "speaker_side", "lang")
    },
}
"""Every feature has each of these, so that no order has to find a place for what is missing."""


def columns(sort: Sequence[Sort]) -> list[ColumnElement[Any]]:
    return [SORTABLE[each.name] for each in sort]


def ordering(sort: Sequence[Sort]) -> list[ColumnElement[Any]]:
    """Ids settle what is equal, so that the order is the same every time."""
    return [column.desc() if descending else column for column, descending in _steps(sort)]


def beyond(sort: Sequence[Sort], after: Key) -> ColumnElement[bool]:
    """What comes after the key, of which the values are named `after_0` and so on."""
    steps = _steps(sort)
    named = zip(steps, values(after), strict=True)
    seen = [bindparam(name, value, column.type) for (column, _), (name, value) in named]
    if len({descending for _, descending in steps}) == 1:
        row, key = tuple_(*(column for column, _ in steps)), tuple_(*seen)
        return row < key if steps[0][1] else row > key
    # Mixed directions do not compare as one row; the first condition is for an index.
    (first, descending), value = steps[0], seen[0]
    found: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for (column, down), limit in zip(steps, seen, strict=True):
        found.append(and_(*same, column < limit if down else column > limit))
        same.append(column == limit)
    return and_(first <= value if descending else first >= value, or_(*found))


def values(after: Key) -> list[tuple[str, Value]]:
    return [(f"after_{number}", value) for number, value in enumerate((*after.values, after.id))]


def _steps(sort: Sequence[Sort]) -> list[tuple[ColumnElement[Any], bool]]:
    """What is compared one after the other, and whether the larger comes first. Ids run as what is before them, so
    that in most orders an index can be read from one end."""
    return [*((SORTABLE[each.name], each.descending) for each in sort), (feature.c.id, sort[-1].descending)]
