"""Lists of what is no feature of a report: reports themselves, places, operational directions; one way for all.

Pages of features have statements of their own, since they are what everyone waits for (`pages`).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Date, FromClause, Select, and_, bindparam, func, null, or_, select, tuple_
from sqlalchemy import literal_column as number
from sqlalchemy.ext.asyncio import AsyncConnection

from app.store.bounds import Box, Days, Moments
from app.store.cql.terms import Subject
from app.store.read.features import PIECE
from app.store.read.order import RANK, Key, Sort
from app.store.read.pages import BETWEEN, COUNTED_MAX, Counting, Page
from app.store.read.state import Extent, state_of

NONE: ColumnElement[Any] = null()


@dataclass(frozen=True, slots=True)
class Listing:
    """Where one collection is stored, and in which order it is told."""

    name: str
    subject: Subject
    table: FromClause
    id: ColumnElement[str]
    body: ColumnElement[str]
    """The whole GeoJSON feature."""
    always: ColumnElement[bool] | None = None
    """True of its rows; `digest` is bound to the register that is shown."""
    first: ColumnElement[Any] | None = None
    last: ColumnElement[Any] = NONE
    """Its first and last day, the last one null while it lasts; no `first` of what has no time."""
    sort: tuple[Sort, ...] = ()
    """The greatest first; by id where it is empty."""
    rank: ColumnElement[int] | None = None
    """What comes before all else in the order, the least first; only where there is no `sort`."""

    @property
    def order(self) -> tuple[Sort, ...]:
        """What the key of an entry tells besides its id."""
        return self.sort if self.rank is None else (RANK,)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """All conditions hold at once; an empty one asks for everything."""

    area: BaseGeometry | None = None
    """WGS 84. Matches where the interiors share something."""
    box: Box | None = None
    """Matches what it touches, and what has no geometry (OGC API – Features, 7.15.3)."""
    occurrence: Days | None = None
    """Matches what shares at least one day, and what has no time (7.15.4)."""
    recorded: Moments | None = None
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By property: one of several is enough."""
    filter: ColumnElement[bool] | None = field(default=None, compare=False)
    sort: tuple[Sort, ...] = ()
    limit: int = 100
    after: Key | None = None
    offset: int = 0


async def page(
    connection: AsyncConnection, listing: Listing, digest: str, asked: Narrowing, counting: Counting
) -> Page:
    columns = _order(listing)
    found = select(listing.body, *columns).select_from(listing.table).where(*_conditions(listing, asked))
    if asked.after:
        found = found.where(_beyond(listing, asked.after))
    ordered = found.order_by(*_ordering(listing)).limit(asked.limit + 1).offset(asked.offset)
    rows = (await connection.execute(ordered, {"digest": digest})).all()
    shown = rows[: asked.limit]
    last = Key(tuple(shown[-1][1:-1]), shown[-1][-1]) if len(rows) > asked.limit else None
    matched = await _matched(connection, listing, digest, asked, counting)
    text = BETWEEN.join(row[0] for row in shown).encode()
    return Page(await state_of(connection), text, len(shown), matched, last)


async def single(connection: AsyncConnection, listing: Listing, digest: str, key: str) -> str | None:
    found = select(listing.body).select_from(listing.table).where(*_conditions(listing, Narrowing()), listing.id == key)
    return (await connection.execute(found, {"digest": digest})).scalar_one_or_none()


async def every(
    connection: AsyncConnection, listing: Listing, digest: str, asked: Narrowing
) -> AsyncIterator[Sequence[str]]:
    """Bodies of all in pieces, whatever the limit, so that any number fits in memory."""
    found = select(listing.body).select_from(listing.table).where(*_conditions(listing, asked))
    if asked.after:
        found = found.where(_beyond(listing, asked.after))
    ordered = found.order_by(*_ordering(listing)).offset(asked.offset or None)
    result = await connection.stream(ordered, {"digest": digest}, execution_options={"yield_per": PIECE})
    async for rows in result.partitions():
        yield [row[0] for row in rows]


async def count(connection: AsyncConnection, listing: Listing, digest: str, asked: Narrowing) -> int:
    return (await connection.execute(_counted(listing, asked), {"digest": digest})).scalar_one()


async def extent(connection: AsyncConnection, listing: Listing, digest: str) -> Extent | None:
    """None where there is nothing. The days are None where it has no time; the last one, while something lasts."""
    around = func.ST_Extent(listing.subject.geometry)
    corners = [edge(around) for edge in (func.ST_XMin, func.ST_YMin, func.ST_XMax, func.ST_YMax)]
    days = [] if listing.first is None else [func.min(listing.first), _last_day(listing)]
    found = select(*corners, *days).select_from(listing.table).where(*_conditions(listing, Narrowing()))
    west, south, east, north, *ends = (await connection.execute(found, {"digest": digest})).one()
    if west is None:
        return None
    first, last = ends or (None, None)
    return Extent((west, south, east, north), first, last)


def _last_day(listing: Listing) -> ColumnElement[Any]:
    """None while something lasts: it ends later than any day."""
    return func.nullif(func.max(func.coalesce(listing.last, _NEVER)), _NEVER)


async def _matched(
    connection: AsyncConnection, listing: Listing, digest: str, asked: Narrowing, counting: Counting
) -> int | None:
    """No list is so long that an estimate would be needed in place of the number."""
    if counting is Counting.NONE:
        return None
    if counting is not Counting.SOME:
        return await count(connection, listing, digest, asked)
    some: Select[int] = (
        select(number("1")).select_from(listing.table).where(*_conditions(listing, asked)).limit(COUNTED_MAX + 1)
    )
    counted = select(func.count()).select_from(some.subquery())
    found = (await connection.execute(counted, {"digest": digest})).scalar_one()
    return None if found > COUNTED_MAX else found


def _counted(listing: Listing, asked: Narrowing) -> Select[int]:
    return select(func.count()).select_from(listing.table).where(*_conditions(listing, asked))


def _order(listing: Listing) -> list[ColumnElement[Any]]:
    rank = [] if listing.rank is None else [listing.rank]
    return [*rank, *(listing.subject.column(each.name) for each in listing.sort), listing.id]


def _ordering(listing: Listing) -> list[ColumnElement[Any]]:
    return [column.desc() if listing.sort else column for column in _order(listing)]


def _beyond(listing: Listing, after: Key) -> ColumnElement[bool]:
    """As one row, which an index in that order answers."""
    columns = _order(listing)
    values = zip((*after.values, after.id), columns, strict=True)
    seen = tuple_(*(bindparam(None, value, column.type) for value, column in values))
    return tuple_(*columns) < seen if listing.sort else tuple_(*columns) > seen


def _conditions(listing: Listing, asked: Narrowing) -> list[ColumnElement[bool]]:
    subject = listing.subject
    return [
        *([] if listing.always is None else [listing.always]),
        *_when(listing, asked.occurrence),
        *_where(subject.geometry, asked),
        *(subject.column(name).in_(words) for name, words in asked.words.items()),
        *([] if asked.recorded is None else _between(subject.column("recorded"), asked.recorded)),
        *([] if asked.filter is None else [asked.filter]),
    ]


def _when(listing: Listing, days: Days | None) -> list[ColumnElement[bool]]:
    if days is None or listing.first is None:
        return []
    before = [] if days.end is None else [listing.first <= days.end]
    after = [] if days.start is None else [or_(listing.last.is_(None), listing.last >= days.start)]
    return [*before, *after]


def _between(column: ColumnElement[Any], moments: Moments) -> list[ColumnElement[bool]]:
    return [
        *([] if moments.start is None else [column >= moments.start]),
        *([] if moments.end is None else [column <= moments.end]),
    ]


def _where(geometry: ColumnElement[Any], asked: Narrowing) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.box:
        halves = [func.ST_Intersects(geometry, _bound(half.shape)) for half in asked.box.halves]
        found.append(or_(geometry.is_(None), *halves))
    if asked.area:
        area = _bound(asked.area)
        found.append(and_(func.ST_Intersects(geometry, area), func.ST_Relate(geometry, area, _INTERIORS_MEET)))
    return found


def _bound(shape: BaseGeometry) -> ColumnElement[Any]:
    return func.ST_GeomFromWKB(shape.wkb, 4326)


_NEVER: ColumnElement[Any] = number("'infinity'::date", Date)
_INTERIORS_MEET: ColumnElement[str] = number("'T********'")
