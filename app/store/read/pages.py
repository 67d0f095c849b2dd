"""The answers that are asked for most, each made by one statement: a page of features, a single one, a tile.

The database hands over the text as it goes out; the statement tells which state of the data it is of.
"""

from asyncio import Lock, Task, create_task, shield
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    LargeBinary,
    Select,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement, Executable

from app.domain.vocabulary import FeatureKind
from app.store.read import latest, order, tiles
from app.store.read.counts import by_day, kept
from app.store.read.lane import Lane, Row
from app.store.read.order import Key
from app.store.read.query import Query, conditions, values
from app.store.read.state import STATE, STATE_BESIDE, State
from app.store.tables.interpretation import feature, feature_key

COUNTED_MAX = 200
"""Up to so many, two pages, all that match are counted where nobody asked for it; 500 took as long as the page."""
BETWEEN = ",\n"
"""What stands between the features of a page. JSON escapes ends of lines, so that there is no other."""


class Counting(StrEnum):
    SOME = "some"
    """All that match where they are few, else nothing is told."""
    EXACT = "exact"
    ESTIMATE = "estimate"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Page:
    state: State
    text: bytes
    """GeoJSON features as they were baked, with BETWEEN between them."""
    returned: int
    matched: int | None
    """On all pages, where it is known."""
    next: Key | None

    @property
    def bodies(self) -> list[str]:
        return self.text.decode().split(BETWEEN) if self.returned else []


@dataclass(frozen=True, slots=True)
class Single:
    state: State
    body: bytes
    claim_id: str
    report_id: str


@dataclass(frozen=True, slots=True)
class Layers:
    state: State
    read: int
    """Features that the tile is made from."""
    outlines: int
    layers: list[tuple[bytes, int]]
    """The bytes of each, and how many features it tells."""


class Pages:
    """Over the connections of an engine, of which it takes some for itself."""

    def __init__(self, engine: AsyncEngine, connections: int, keyed: int) -> None:
        """`keyed` are for what one index answers, which need not wait for pages; where there are none, it does."""
        self._engine = engine
        self._lane = Lane(engine, connections)
        self._keyed = Lane(engine, keyed, one_plan=True) if keyed else self._lane
        self._asked: Task[State] | None = None
        self._turn = Lock()

    async def close(self) -> None:
        await self._lane.close()
        await self._keyed.close()

    async def state(self) -> State:
        """Of a moment after the call: whoever asks while the database is being asked waits for the next time."""
        if self._asked is None:
            self._asked = create_task(self._ask())
        return await shield(self._asked)

    async def _ask(self) -> State:
        async with self._turn:
            self._asked = None  # who comes from here on may have seen a change that this answer does not know of
            row = await self._keyed.row("state", lambda: STATE, {})
        return State(*_held(row))

    async def page(self, query: Query, counting: Counting = Counting.SOME) -> Page:
        large = query.limit >= COUNTED_MAX
        kind = "page", counting, query.sort, query.after is None, query.offset == 0, large
        row = _held(await self._row(kind, query, lambda: statement(query, counting), place(query)))
        number, changed, found, text, matched, *key = row
        returned = min(found, query.limit)
        follows = Key(tuple(key[:-1]), key[-1]) if found > returned else None
        if follows is None and not query.after and not query.offset:
            matched = None if counting is Counting.NONE else returned
        elif counting is Counting.ESTIMATE:
            matched = await self._estimate(query)
        elif counting is Counting.SOME and matched == COUNTED_MAX + 1 and not by_day(query):
            matched = None
        return Page(State(number, changed), bytes(text), returned, matched, follows)

    async def single(self, feature_id: str, only: FeatureKind | None = None) -> Single | None:
        async with self._keyed.turn() as turn:
            at = await turn.row("key", lambda: KEY, {"id": feature_id})
            if at is None:
                return None
            found = {"start": at[0], "month": at[1], "id": feature_id, "only": only and only.value}
            row = await turn.row("single", lambda: SINGLE, found)
        return None if row is None else Single(State(row[0], row[1]), bytes(row[2]), row[3], row[4])

    async def tile(self, query: Query, tile: tiles.Tile, kinds: tuple[FeatureKind, ...]) -> Layers:
        row = await self._row(("tile", *kinds), query, lambda: tiles.statement(query, kinds), tiles.place(query, tile))
        number, changed, read, outlines, *told = _held(row)
        layers = [(bytes(body), count) for body, count in zip(told[::2], told[1::2], strict=True)]
        return Layers(State(number, changed), read, outlines, layers)

    async def _row(
        self, key: tuple[Hashable, ...], query: Query, build: Callable[[], Select[Any]], more: dict[str, Any]
    ) -> Row | None:
        if query.filter is not None:  # its text is another one every time
            async with self._engine.connect() as connection:
                return tuple((await connection.execute(build(), values(query) | more)).one())
        given = values(query)
        return await self._lane.row((*key, *given), build, given | more)

    async def _estimate(self, query: Query) -> int:
        """What the planner takes it for, without a look at any feature."""
        async with self._engine.connect() as connection:
            found: Select[Any] = select(literal_column("1")).select_from(feature).where(*conditions(query))
            plan = (await connection.execute(Explained(found))).scalar_one()
        return int(plan[0]["Plan"]["Plan Rows"])


class Explained(Executable, ClauseElement):
    """A statement's plan instead of its rows."""

    inherit_cache = False

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement


@compiles(Explained)
def _explained(element: Explained, compiler: SQLCompiler, **more: Any) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.statement, **more)}"


def _held(row: Row | None) -> Row:
    if row is None:
        raise LookupError("the table of the data's revision is empty")
    return row


def statement(query: Query, counting: Counting) -> Select[Any]:
    """The data's revision; how many features there are for the page, one more telling that there is a next one; their
    texts as one; how many match; and the key of the last one on the page. Which page it is, `place` tells.

    One text and not a row for each: the database makes it beside the server, which has to take every row in hand."""
    keys = [column.label(f"key_{number}") for number, column in enumerate(order.columns(query.sort))]
    top = latest.found(query, [feature.c.body, *keys, feature.c.id])
    if query.offset:
        top = top.offset(bindparam("offset", type_=Integer))
    limit = bindparam("limit", type_=Integer)
    held = top.limit(limit + literal_column("1")).subquery("top")
    rows = select(held, func.row_number().over().label("place")).subquery("placed")
    text = func.string_agg(rows.c.body, literal_column("E',\\n'")).filter(rows.c.place <= limit)
    key = [column for column in rows.c if column.name not in ("body", "place")]
    last = [func.max(column).filter(rows.c.place == limit) for column in key]
    found = func.count()
    matched = _matched(query, counting)
    if matched is not None and not (query.after or query.offset or by_day(query)):
        matched = case((found > limit, matched))  # which leaves out what it does not come to
    return select(*STATE_BESIDE, found, _bytes(text), null() if matched is None else matched, *last).select_from(rows)


def place(query: Query) -> dict[str, Any]:
    """The values of those names in `statement` that `values` does not give."""
    after = dict(order.values(query.after)) if query.after else {}
    return {
        "limit": query.limit,
        "offset": query.offset,
        **latest.values(query, query.limit + query.offset + 1),
        **after,
    }


def _matched(query: Query, counting: Counting) -> ColumnElement[Any] | None:
    if counting in (Counting.NONE, Counting.ESTIMATE):
        return None
    if by_day(query):
        return kept(query).scalar_subquery()
    found: Select[Any] = select(literal_column("1")).select_from(feature).where(*conditions(query))
    if counting is Counting.SOME:
        if query.limit >= COUNTED_MAX:
            return None  # a full page is more than would be counted
        found = found.limit(literal_column(str(COUNTED_MAX + 1)))
    return select(func.count()).select_from(found.subquery("matched")).scalar_subquery()


def _bytes(text: ColumnElement[Any]) -> ColumnElement[Any]:
    """As they go out, so that nobody has to decode and encode them."""
    return func.convert_to(func.coalesce(text, literal_column("''")), literal_column("'UTF8'"), type_=LargeBinary)


_ONLY = bindparam("only", type_=Text)
KEY = select(feature_key.c.start_on, feature_key.c.month).where(feature_key.c.id == bindparam("id", type_=Text))
"""Where a single feature lies, by its id alone."""
SINGLE = select(*STATE_BESIDE, _bytes(feature.c.body), feature.c.claim_id, feature.c.report_id).where(
    feature.c.start_on == bindparam("start", type_=Date),
    feature.c.month == bindparam("month", type_=Date),
    feature.c.id == bindparam("id", type_=Text),
    or_(_ONLY.is_(None), type_coerce(feature.c.kind, Text) == _ONLY),
)
