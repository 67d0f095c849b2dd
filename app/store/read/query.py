"""Which features are asked for, and the statements that find them: plain functions of a Query, for any connection."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Double,
    LargeBinary,
    Select,
    Text,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from app.domain.vocabulary import Actor, ClaimStatus, Event, FeatureKind, Language, SpeakerSide
from app.store.bounds import Box, Days, Moments, binary_of
from app.store.read import order
from app.store.read.order import LATEST, Key, Sort
from app.store.tables import months
from app.store.tables.interpretation import LASTING, feature

WORDS = ("kind", "event", "actor", "speaker_side", "claim_status", "lang")
EDGE_DEGREES = 1e-7
"""Of an area, the width of what counts as its edge: a centimetre, a tenth of what coordinates tell. So one question, as
of a box, finds what shares ground with it; to ask for the meeting of interiors costs ten times as much."""
LASTING_MONTH = literal_column(f"'{LASTING}'::date", Date)


@dataclass(frozen=True, slots=True)
class Query:
    """All conditions hold at once; one of several words is enough; an empty one asks for everything."""

    area: BaseGeometry | None = None
    """WGS 84. Matches what shares ground with it: areas that only touch along an edge do not."""
    box: Box | None = None
    """Matches what it touches (OGC API – Features, 7.15.3)."""
    occurrence: Days | None = None
    """Matches what shares at least one day."""
    published: Days | None = None
    recorded: Moments | None = None
    only: FeatureKind | None = None
    """Bounds everything to one kind, whatever `kind` asks for."""
    kind: tuple[FeatureKind, ...] = ()
    event: tuple[Event, ...] = ()
    actor: tuple[Actor, ...] = ()
    speaker_side: tuple[SpeakerSide, ...] = ()
    claim_status: tuple[ClaimStatus, ...] = ()
    lang: tuple[Language, ...] = ()
    publisher: str | None = None
    place: str | None = None
    """The gazetteer's id of the first anchor."""
    min_probability: float | None = None
    """Leaves out what has no measured probability."""
    filter: ColumnElement[bool] | None = field(default=None, compare=False)
    """Whatever else is asked of the features (CQL2)."""
    sort: tuple[Sort, ...] = LATEST
    limit: int = 100
    after: Key | None = None
    """Of the same order."""
    offset: int = 0


def every(query: Query) -> Select[Any]:
    """Bodies with what they are sorted by and their ids, from where the query begins without end."""
    statement = select(feature.c.body, *order.columns(query.sort), feature.c.id).where(*conditions(query))
    if query.after:
        statement = statement.where(order.beyond(query.sort, query.after))
    return statement.order_by(*order.ordering(query.sort)).offset(query.offset or None)


def newest(query: Query) -> Select[str, str]:
    """Bodies with their claims, of the claims stored last: as many of these at most as the query's limit.

    A claim comes with all of its features that are asked for.
    """
    recorded, claim = feature.c.recorded, feature.c.claim_id
    last = select(claim).where(*conditions(query)).order_by(recorded.desc(), claim).limit(query.limit)
    return (
        select(feature.c.body, claim)
        .where(*conditions(query), claim.in_(last))
        .order_by(recorded.desc(), claim, feature.c.id)
    )


def count(query: Query) -> Select[int]:
    """How many there are on all pages."""
    return select(func.count()).select_from(feature).where(*conditions(query))


def conditions(query: Query) -> list[ColumnElement[bool]]:
    """What must be true of a feature. Which names `values` gives decides the text of these, the values do not."""
    given = values(query)

    def has(name: str, type_: TypeEngine[Any]) -> list[ColumnElement[Any]]:
        return [bindparam(name, given[name], type_)] if name in given else []

    month, days = feature.c.month, [value for end in ("first_day", "last_day") for value in has(end, Date())]
    asked = [
        *(month == func.any(months) for months in has("months", ARRAY(Date))),
        *(or_(month >= first, month == LASTING_MONTH) for first in has("month_from", Date())),
        *(month <= last for last in has("month_to", Date())),
        # By which the latest can be read first; with an index for days and places it only costs a second look.
        *(feature.c.start_on <= last for last in has("last_day", Date()) if "month_to" in given),
        *([feature.c.occurrence.op("&&")(func.daterange(*days, literal_column("'[]'")))] if days else []),
        *(feature.c.published >= day for day in has("published_from", Date())),
        *(feature.c.published <= day for day in has("published_to", Date())),
        *(feature.c.recorded >= moment for moment in has("recorded_from", DateTime(timezone=True))),
        *(feature.c.recorded <= moment for moment in has("recorded_to", DateTime(timezone=True))),
        *(type_coerce(feature.c[name], Text) == func.any(some) for name in WORDS for some in has(name, ARRAY(Text))),
        *(type_coerce(feature.c.kind, Text) == only for only in has("only", Text())),
        *(feature.c.publisher == publisher for publisher in has("publisher", Text())),
        *(feature.c.place_id == place for place in has("place", Text())),
        *(feature.c.probability >= share for share in has("min_probability", Double())),
        *_where(has),
    ]
    return asked if query.filter is None else [*asked, query.filter]


def values(query: Query) -> dict[str, Any]:
    """What is asked for, by names, as the database's driver takes it; a name that is not there asks nothing."""
    found: dict[str, Any] = {
        "only": query.only and query.only.value,
        "publisher": query.publisher,
        "place": query.place,
        "min_probability": query.min_probability,
        "area": query.area and _inside(query.area),
    }
    found |= {name: [word.value for word in getattr(query, name)] or None for name in WORDS}
    found |= {f"box_{number}": half.binary for number, half in enumerate(query.box.halves if query.box else ())}
    if query.published:
        found |= {"published_from": query.published.start, "published_to": query.published.end}
    if query.recorded:
        found |= {"recorded_from": query.recorded.start, "recorded_to": query.recorded.end}
    given = {name: value for name, value in found.items() if value is not None}
    return given | _days(query.occurrence) if query.occurrence else given


@lru_cache(maxsize=100)
def _inside(area: BaseGeometry) -> bytes:
    return binary_of(area.buffer(-EDGE_DEGREES))


def _days(asked: Days) -> dict[str, Any]:
    """The days, and the months that a feature is in which shares one of them: the partitions to look at."""
    if asked.start is None and asked.end is None:
        return {}
    first, last = months.between(asked.start, asked.end)
    ends = {"first_day": asked.start, "last_day": asked.end}
    if first is None:
        return {**ends, "month_to": last}
    if last is None:
        return {**ends, "month_from": first}
    return {**ends, "months": [LASTING, *months.listed(first, last)]}


def _where(has: Callable[[str, TypeEngine[Any]], list[ColumnElement[Any]]]) -> list[ColumnElement[bool]]:
    def touched(shape: ColumnElement[Any]) -> ColumnElement[bool]:
        return func.ST_Intersects(feature.c.geom, func.geometry(shape))

    boxes = [touched(half) for name in ("box_0", "box_1") for half in has(name, LargeBinary())]
    areas = [touched(area) for area in has("area", LargeBinary())]
    return [*areas, *([or_(*boxes)] if boxes else [])]
