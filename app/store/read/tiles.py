"""One tile of the web map as a vector tile (MVT 2.1): what is drawn of points and areas at one zoom."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan, degrees, pi, sinh
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Double,
    Integer,
    LargeBinary,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    not_,
    or_,
    select,
    type_coerce,
)

from app.domain.vocabulary import FeatureKind
from app.store.bounds import Box
from app.store.read import latest
from app.store.read.query import Query
from app.store.read.state import STATE_BESIDE
from app.store.tables.interpretation import feature

EXTENT, BUFFER = 4096, 64
"""Units along a tile's edge, and how many of them it reaches over each edge."""
ZOOM_MAX = 22
TILE_MAX = 10_000
"""Features in a tile: some megabyte, as much as a browser draws. Where there are more, what has one outline is told as
one feature, the latest of them with how many they are, so that no place is missing from the map of a year."""
READ_MAX = 100_000
"""Features that a tile is made from, the latest first: half a second of the database's time."""
THINNED_UNITS = 3
"""How far a drawn outline may be from the true one: a fifth of a pixel where a tile is 256 wide, as much as MapLibre
allows itself."""
WEB_MERCATOR_WIDTH_M = 40_075_016.6855785
WORDS = ("event", "outcome", "actor", "claim_status", "unverified", "speaker_side", "relation", "uncertainty_m")
ATTRIBUTES = ("id", "kind", "start", "end", *WORDS, "probability", "count")


@dataclass(frozen=True, slots=True)
class Tile:
    """OGC WebMercatorQuad: row 0 in the north, column 0 in the west. ValueError outside of the matrix."""

    zoom: int
    row: int
    column: int

    def __post_init__(self) -> None:
        side = 2**self.zoom if 0 <= self.zoom <= ZOOM_MAX else 0
        if not (0 <= self.row < side and 0 <= self.column < side):
            raise ValueError(f"no tile {self.zoom}/{self.row}/{self.column} in WebMercatorQuad")

    @property
    def reach(self) -> Box:
        """The tile and what lies about it, of the world: a line beyond the antimeridian would lie at its other end."""
        side, about = 2**self.zoom, BUFFER / EXTENT
        west, east = ((self.column + edge) / side * 360 - 180 for edge in (-about, 1 + about))
        south, north = (degrees(atan(sinh(pi * (1 - 2 * (self.row + edge) / side)))) for edge in (1 + about, -about))
        return Box(max(west, -180), south, min(east, 180), north)

    @property
    def unit_m(self) -> float:
        """Metres of the projection in one unit of the tile."""
        return WEB_MERCATOR_WIDTH_M / (EXTENT << self.zoom)


def statement(query: Query, kinds: Sequence[FeatureKind]) -> Select[Any]:
    """The data's revision; how many features the tile is made from and how many outlines they have; and of each layer
    the bytes and how many features it tells. Which tile it is, `place` tells."""
    read, outlines, rows = _found(query, kinds)
    of_kind = {kind: type_coerce(rows.c.kind, Text) == literal_column(f"'{kind}'") for kind in kinds}
    # The rows come in one order, so that the same features are the same bytes.
    layers = [
        told
        for kind, condition in of_kind.items()
        for told in (
            cast(
                func.ST_AsMVT(
                    literal_column("features"),
                    literal_column(f"'{kind}s'"),
                    _number(EXTENT),
                    literal_column("'geom'"),
                ).filter(condition),
                LargeBinary,
            ),
            func.count().filter(condition),
        )
    ]
    return select(*STATE_BESIDE, read, outlines, *layers).select_from(rows)


def place(query: Query, tile: Tile) -> dict[str, Any]:
    """The values of those names in `statement` that those of the query do not give."""
    return {
        "zoom": tile.zoom,
        "column": tile.column,
        "row": tile.row,
        "about": tile.reach.binary,
        "thinned": THINNED_UNITS * tile.unit_m,
        "tile_max": TILE_MAX,
        "read_max": READ_MAX,
        **latest.values(query, READ_MAX),
    }


def _found(query: Query, kinds: Sequence[FeatureKind]) -> tuple[ColumnElement[int], ColumnElement[int], Subquery]:
    """How many features and how many outlines there are, and what is told of both, the latest first.

    What is said of a place in the same words has the same outline: each is drawn once, for all that have it."""
    square = func.ST_TileEnvelope(*(bindparam(name, type_=Integer) for name in ("zoom", "column", "row")))
    about = func.geometry(bindparam("about", type_=LargeBinary))
    within: list[ColumnElement[bool]] = [feature.c.geom.op("&&")(about)]
    within += [type_coerce(feature.c.kind, Text) == literal_column(f"'{kind}'") for kind in kinds if len(kinds) == 1]
    told = [feature.c[name] for name in ("projected", "id", "kind", "start_on", "occurrence", *WORDS, "probability")]
    found = latest.found(query, told, *within).limit(bindparam("read_max", type_=Integer)).subquery()
    top = select(*found.c, func.row_number().over().label("place")).cte("top")
    latest_of = func.min(top.c.place).label("place")
    each = select(top.c.projected, latest_of, func.count().label("count")).group_by(top.c.projected).cte("each")
    drawn = _drawn(each, square)
    read = _count(top)
    few = read <= bindparam("tile_max", type_=Integer)
    rows = (
        select(
            drawn.c.geom,
            top.c.id,
            top.c.kind,
            cast(top.c.start_on, Text).label("start"),
            cast(func.upper(top.c.occurrence) - literal_column("1"), Text).label("end"),
            *(top.c[word] for word in WORDS),
            top.c.probability,
            case((not_(few), drawn.c.count)).label("count"),
        )
        .join_from(top, drawn, and_(top.c.projected == drawn.c.projected, or_(few, top.c.place == drawn.c.place)))
        .order_by(top.c.place)
        .subquery("features")
    )
    return read, _count(each), rows


def _drawn(each: CTE, square: ColumnElement[Any]) -> CTE:
    """The outlines as they lie on the tile's grid."""
    outlines = select(each).order_by(each.c.place).limit(bindparam("tile_max", type_=Integer)).subquery("outlines")
    outline = func.ST_SetSRID(func.ST_GeomFromTWKB(outlines.c.projected), _number(3857))
    unseen = bindparam("thinned", type_=Double)
    # Thinned first, since each point costs; the tile's grid is laid by ST_AsMVTGeom.
    thinned = func.ST_Simplify(outline, unseen, literal_column("true"))
    # An area of a pixel or two may come to nothing so: a square stands for it.
    speck = case((func.ST_Dimension(outline) == _number(2), func.ST_Expand(func.ST_PointOnSurface(outline), unseen)))
    gridded = func.coalesce(*(_gridded(each, square) for each in (thinned, speck)))
    return select(*outlines.c, gridded.label("geom")).cte("drawn").prefix_with("MATERIALIZED")


def _gridded(outline: ColumnElement[Any], square: ColumnElement[Any]) -> ColumnElement[Any]:
    """As it lies on the tile's grid; NULL of what lies outside, or comes to nothing there."""
    return func.ST_AsMVTGeom(outline, square, _number(EXTENT), _number(BUFFER), literal_column("true"))


def _count(rows: CTE) -> ColumnElement[int]:
    """Worked out once, however often the statement has it."""
    counted = select(func.count().label("rows")).select_from(rows).cte()
    return select(counted.c.rows).scalar_subquery()


def _number(value: int) -> ColumnElement[int]:
    """Written into the statement: as a text parameter a reference system costs a thousand times as much."""
    return literal_column(str(value))
