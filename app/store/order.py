"""In which order features come, and how a page goes on where the one before it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Text, and_, func, or_, type_coerce

from app.store.tables import feature

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


LATEST = (Sort("start", descending=True),)
SORTABLE: Mapping[str, ColumnElement[Any]] = {
    "start": feature.c.start_on,
    "end": func.upper(feature.c.occurrence, type_=Date) - 1,
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
    return [*(SORTABLE[each.name].desc() if each.descending else SORTABLE[each.name] for each in sort), feature.c.id]


def beyond(sort: Sequence[Sort], after: Key) -> ColumnElement[bool]:
    """What comes after the key. Mixed directions do not compare as one row; the first condition is for an index."""
    first, value = sort[0], after.values[0]
    head = SORTABLE[first.name] <= value if first.descending else SORTABLE[first.name] >= value
    steps: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for each, seen in zip(sort, after.values, strict=True):
        column = SORTABLE[each.name]
        steps.append(and_(*same, column < seen if each.descending else column > seen))
        same.append(column == seen)
    return and_(head, or_(*steps, and_(*same, feature.c.id > after.id)))
