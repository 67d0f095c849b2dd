"""What is asked for in a comparison: six cases, fifty variants of each, so that nothing is answered from memory."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, create_engine

from app.domain.vocabulary import FeatureKind
from app.store.bounds import Box, Days
from app.store.read import pages, tiles
from app.store.read.pages import Counting
from app.store.read.query import Query, values
from app.store.read.tiles import Tile

DIALECT = create_engine("postgresql+psycopg://").dialect
VARIANTS = 50
FIRST = date(2024, 5, 1)
TILES = {"z8": Tile(8, 88, 154), "z11": Tile(11, 706, 1239)}
Statement = tuple[Select[Any], dict[str, Any]]


@dataclass(frozen=True)
class Pages:
    width: float
    height: float
    days: int
    limit: int
    west: float
    south: float

    def query(self, variant: int) -> Query:
        west = round(self.west + 0.004 * (variant % 10), 3)
        south = round(self.south + 0.004 * (variant // 10), 3)
        start = FIRST + timedelta(days=variant)
        box = Box(west, south, round(west + self.width, 3), round(south + self.height, 3))
        return Query(box=box, occurrence=Days(start, start + timedelta(days=self.days - 1)), limit=self.limit)


PAGES = {
    "100": Pages(0.5, 0.3, 7, 100, 37.75, 48.45),
    "1,000": Pages(0.5, 0.3, 28, 1000, 37.75, 48.45),
    "10,000": Pages(2.0, 2.0, 30, 10_000, 36.5, 47.5),
}
CASES = (*PAGES, "one", *TILES)


def feature_id(variant: int) -> str:
    """As `fill.sql` makes it."""
    return hashlib.md5(f"feature{1 + variant * 19_997 % 1_000_000}".encode()).hexdigest()[:24]


def own_path(case: str, variant: int) -> str:
    if case == "one":
        return f"/collections/features/items/{feature_id(variant)}"
    if case in TILES:
        tile = TILES[case]
        address = f"{tile.zoom}/{tile.row}/{tile.column}"
        return f"/collections/features/tiles/WebMercatorQuad/{address}?datetime={_days(_tile_days())}"
    query = PAGES[case].query(variant)
    return f"/collections/features/items?bbox={_box(query)}&datetime={_days(query)}&limit={query.limit}"


def tipg_path(table: str, case: str, variant: int) -> str:
    """The same of TiPg, which compares one column with the days."""
    address = f"/collections/public.{table}"
    if case == "one":
        return f"{address}/items/{feature_id(variant)}?f=geojson"
    if case in TILES:
        tile = TILES[case]
        where = f"{tile.zoom}/{tile.column}/{tile.row}"
        return f"{address}/tiles/WebMercatorQuad/{where}?datetime={_days(_tile_days(), 'T00:00:00Z')}"
    query = PAGES[case].query(variant)
    days = _days(query, "T00:00:00Z")
    return f"{address}/items?bbox={_box(query)}&datetime={days}&limit={query.limit}&f=geojson"


def pygeoapi_path(case: str, variant: int) -> str:
    """The same of pygeoapi, of the plain table."""
    if case == "one":
        return f"/collections/plain/items/{feature_id(variant)}?f=json"
    query = PAGES[case].query(variant)
    return f"/collections/plain/items?bbox={_box(query)}&datetime={_days(query)}&limit={query.limit}&f=json"


def own_direction(variant: int, area: str) -> str:
    """What is asked for by words, or by a box (`area` is `direction=…` or `bbox=…`), with a month."""
    start = FIRST + timedelta(days=variant)
    days = f"{start}/{start + timedelta(days=30)}"
    return f"/collections/features/items?{area}&datetime={days}&limit=100"


def statements(case: str) -> Iterator[str]:
    """What our server sends to the database, with the values written in, for each variant but of one by its id."""
    for variant in range(VARIANTS):
        yield _literal(_statement(case, variant))


def pairs() -> Iterator[tuple[str, str]]:
    """The same for one by its id: what finds its key, and what finds it at `:start` and `:month`, which this tells."""
    key, single = (str(each.compile(dialect=DIALECT)) for each in (pages.KEY, pages.SINGLE))
    for variant in range(VARIANTS):
        found = f"'{feature_id(variant)}'"
        given = {"id": found, "start": ":start", "month": ":month", "only": "NULL"}
        yield key % {"id": found}, single % given


def _statement(case: str, variant: int) -> Statement:
    if case in TILES:
        query = _tile_days()
        return tiles.statement(query, tuple(FeatureKind)), values(query) | tiles.place(query, TILES[case])
    query = PAGES[case].query(variant)
    return pages.statement(query, Counting.SOME), values(query) | pages.place(query)


def _literal(asked: Statement) -> str:
    statement, given = asked
    text = str(statement.compile(dialect=DIALECT))
    return text % {name: _sql(value) for name, value in given.items()}


def _sql(value: Any) -> str:
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'::bytea"
    if isinstance(value, list):
        return f"'{{{','.join(map(str, value))}}}'"
    return "NULL" if value is None else str(value) if isinstance(value, int | float) else f"'{value}'"


def _tile_days() -> Query:
    return Query(occurrence=Days(FIRST, FIRST + timedelta(days=13)))


def _box(query: Query) -> str:
    box = query.box
    return "" if box is None else f"{box.west:.3f},{box.south:.3f},{box.east:.3f},{box.north:.3f}"


def _days(query: Query, moment: str = "") -> str:
    days = query.occurrence or Days(None, None)
    return f"{days.start}{moment}/{days.end}{moment}"
