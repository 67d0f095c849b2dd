"""One tile of the web map as a vector tile (MVT 2.1): what is drawn of points and areas at one zoom."""

from dataclasses import dataclass

from geoalchemy2 import Geometry
from sqlalchemy import ColumnElement, LargeBinary, Select, cast, func, literal, literal_column, select, type_coerce
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.store.query import Query, conditions
from app.store.tables import feature

EXTENT, BUFFER = 4096, 64
"""Units along a tile's edge, and how many of them it reaches over each edge."""
ZOOM_MAX = 22
TILE_MAX = 50_000
"""Features in a layer of a tile, the latest first."""
WEB_MERCATOR_WIDTH_M = 40_075_016.6855785
WORDS = ("event", "outcome", "actor", "claim_status", "unverified", "speaker_side", "relation", "uncertainty_m")
ATTRIBUTES = ("id", "start", "end", *WORDS, "probability")


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
    def unit_m(self) -> float:
        """Metres of the projection in one unit of the tile."""
        return WEB_MERCATOR_WIDTH_M / (EXTENT << self.zoom)


def layer(query: Query, tile: Tile, name: str) -> Select[bytes, int]:
    """The layer's bytes, and how many features were found for it: TILE_MAX means that there may be more."""
    square = func.ST_TileEnvelope(tile.zoom, tile.column, tile.row)
    wider = func.ST_Expand(square, BUFFER * tile.unit_m)
    # Thinned to what the tile's own grid can show; the grid itself is laid by ST_AsMVTGeom.
    drawn = func.ST_SimplifyPreserveTopology(_metres(feature.c.geom), tile.unit_m)
    start, last = feature.c.start_on, func.upper(feature.c.occurrence) - 1
    rows = (
        select(
            func.ST_AsMVTGeom(drawn, square, _number(EXTENT), _number(BUFFER), True).label("geom"),
            feature.c.id,
            func.to_char(start, "YYYY-MM-DD").label("start"),
            func.to_char(last, "YYYY-MM-DD").label("end"),
            *(feature.c[word] for word in WORDS),
            feature.c.probability,
        )
        .where(*conditions(query), func.ST_Intersects(feature.c.geom, func.ST_Transform(wider, _number(4326))))
        .order_by(start.desc(), feature.c.id.desc())
        .limit(TILE_MAX)
        .subquery("tile")
    )
    # In the order of ids, so that the same features are the same bytes.
    geometry_name = aggregate_order_by(literal("geom"), rows.c.start.desc(), rows.c.id.desc())
    packed = func.ST_AsMVT(literal_column("tile"), name, _number(EXTENT), geometry_name)
    return select(cast(packed, LargeBinary), func.count()).select_from(rows)


def _metres(geometry: ColumnElement[object]) -> ColumnElement[object]:
    return func.ST_Transform(type_coerce(geometry, Geometry), _number(3857))


def _number(value: int) -> ColumnElement[int]:
    """Written into the statement: as a text parameter a reference system costs a thousand times as much."""
    return literal_column(str(value))
