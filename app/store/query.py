"""Which features are asked for, and the statements that find them: plain functions of a Query, for any connection."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shapely import box
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.dialects.postgresql import Range

from app.domain.vocabulary import Actor, ClaimStatus, Event, FeatureKind, Language, SpeakerSide
from app.store import order
from app.store.order import LATEST, Key, Sort
from app.store.tables import feature


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; None is open. ValueError where it ends before it starts."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"an interval cannot end on {self.end}, before it starts on {self.start}")


@dataclass(frozen=True, slots=True)
class Moments:
    """From one moment to another, both included, with time zones; None is open."""

    start: datetime | None
    end: datetime | None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"an interval cannot end at {self.end}, before it starts at {self.start}")


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees of WGS 84, edges included. `west` > `east` crosses the antimeridian (RFC 7946, 5.2)."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        # Written so that NaN is refused too.
        if not (-180 <= self.west <= 180 and -180 <= self.east <= 180):
            raise ValueError("longitudes lie between -180 and 180")
        if not (-90 <= self.south <= self.north <= 90):
            raise ValueError("latitudes lie between -90 and 90, the southern one first")

    @property
    def halves(self) -> tuple["Box", ...]:
        """Itself, or the two parts on either side of the antimeridian."""
        if self.west <= self.east:
            return (self,)
        return Box(self.west, self.south, 180, self.north), Box(-180, self.south, self.east, self.north)

    @property
    def shape(self) -> BaseGeometry:
        """Of one half: a polygon, or the line or point that it is without width or height."""
        return box(self.west, self.south, self.east, self.north).envelope


@dataclass(frozen=True, slots=True)
class Query:
    """All conditions hold at once; one of several words is enough; an empty one asks for everything."""

    area: BaseGeometry | None = None
    """WGS 84. Matches where the interiors share something: areas that only touch along an edge do not."""
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


def page(query: Query) -> Select[Any]:
    """Bodies with what they are sorted by and their ids; one more than `limit` tells that there is a next page."""
    return every(query).limit(query.limit + 1).offset(query.offset or None)


def every(query: Query) -> Select[Any]:
    """Bodies with what they are sorted by and their ids, without end."""
    statement = select(feature.c.body, *order.columns(query.sort), feature.c.id).where(*conditions(query))
    if query.after:
        statement = statement.where(order.beyond(query.sort, query.after))
    return statement.order_by(*order.ordering(query.sort))


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
    asked = [] if query.filter is None else [query.filter]
    return [*_where(query), *_when(query), *_words(query), *asked]


def _where(query: Query) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.area is not None:
        area = _shape(query.area)
        # ST_Relate cannot use the index, so ST_Intersects goes before it.
        found += [func.ST_Intersects(feature.c.geom, area), func.ST_Relate(feature.c.geom, area, "T********")]
    if query.box is not None:
        found.append(or_(*(func.ST_Intersects(feature.c.geom, _shape(half.shape)) for half in query.box.halves)))
    return found


def _shape(geometry: BaseGeometry) -> ColumnElement[Any]:
    return func.ST_GeomFromWKB(geometry.wkb, 4326)


def _when(query: Query) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.occurrence:
        days: Range[date] = Range(query.occurrence.start, query.occurrence.end, bounds="[]")
        found.append(feature.c.occurrence.overlaps(days))
    if query.published:
        found += _between(feature.c.published, query.published.start, query.published.end)
    if query.recorded:
        found += _between(feature.c.recorded, query.recorded.start, query.recorded.end)
    return found


def _between(column: ColumnElement[Any], start: date | None, end: date | None) -> list[ColumnElement[bool]]:
    return [*([] if start is None else [column >= start]), *([] if end is None else [column <= end])]


def _words(query: Query) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        feature.c[name].in_(getattr(query, name))
        for name in ("kind", "event", "actor", "speaker_side", "claim_status", "lang")
        if getattr(query, name)
    ]
    if query.only is not None:
        found.append(feature.c.kind == query.only)
    if query.publisher is not None:
        found.append(feature.c.publisher == query.publisher)
    if query.place is not None:
        found.append(feature.c.place_id == query.place)
    if query.min_probability is not None:
        found.append(feature.c.probability >= query.min_probability)
    return found
