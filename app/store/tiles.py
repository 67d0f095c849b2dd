"""One tile of the web map as a vector tile (MVT 2.1): what is drawn of points and areas at one zoom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    ColumnElement,
    Double,
    FromClause,
    Integer,
    LargeBinary,
    Select,
    Subquery,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.domain.vocabulary import FeatureKind
from app.store.query import Query, conditions
from app.store.tables import feature, revision

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


def statement(query: Query, kinds: Sequence[FeatureKind]) -> Select[Any]:
    """The data's revision, and of each layer the bytes and how many features were found for it: TILE_MAX means that
    there may be more. Which tile it is, `place` tells."""
    layers = [_layer(query, kind) for kind in kinds]
    joined: FromClause = layers[0]
    for layer in layers[1:]:
        joined = joined.join(layer, true())
    found = [layer.c[name] for layer in layers for name in ("bytes", "found")]
    state = [select(column).scalar_subquery() for column in (revision.c.number, revision.c.changed)]
    return select(*state, *found).select_from(joined)


def place(tile: Tile) -> dict[str, float]:
    """The values of the names in `statement`."""
    margin = BUFFER * tile.unit_m
    return {
        "zoom": tile.zoom,
        "column": tile.column,
        "row": tile.row,
        "margin": margin,
        "unit": tile.unit_m,
        "tile_max": TILE_MAX,
    }


def _layer(query: Query, kind: FeatureKind) -> Subquery:
    square = func.ST_TileEnvelope(*(bindparam(name, type_=Integer) for name in ("zoom", "column", "row")))
    wider = func.ST_Expand(square, bindparam("margin", type_=Double))
    # Thinned to what the tile's own grid can show; the grid itself is laid by ST_AsMVTGeom.
    drawn = func.ST_Simplify(_metres(feature.c.geom), bindparam("unit", type_=Double), literal_column("true"))
    start, last = feature.c.start_on, func.upper(feature.c.occurrence) - literal_column("1")
    rows = (
        select(
            func.ST_AsMVTGeom(drawn, square, _number(EXTENT), _number(BUFFER), literal_column("true")).label("geom"),
            feature.c.id,
            func.to_char(start, literal_column("'YYYY-MM-DD'")).label("start"),
            func.to_char(last, literal_column("'YYYY-MM-DD'")).label("end"),
            *(feature.c[word] for word in WORDS),
            feature.c.probability,
        )
        .where(
            *conditions(query),
            type_coerce(feature.c.kind, Text) == literal_column(f"'{kind}'"),
            feature.c.geom.op("&&")(func.ST_Transform(wider, _number(4326))),
        )
        .order_by(start.desc(), feature.c.id.desc())
        .limit(bindparam("tile_max", type_=Integer))
        .subquery(kind.value)
    )
    # In one order, so that the same features are the same bytes.
    geometry_name: ColumnElement[Any] = aggregate_order_by(
        literal_column("'geom'"), rows.c.start.desc(), rows.c.id.desc()
    )
    packed = func.ST_AsMVT(literal_column(kind.value), literal_column(f"'{kind}s'"), _number(EXTENT), geometry_name)
    return (
        select(cast(packed, LargeBinary).label("bytes"), func.count().label("found"))
        .select_from(rows)
        .subquery(f"{kind}s")
    )


def _metres(geometry: ColumnElement[object]) -> ColumnElement[object]:
    return func.ST_Transform(type_coerce(geometry, Geometry), _number(3857))


def _number(value: int) -> ColumnElement[int]:
    """Written into the statement: as a text parameter a reference system costs a thousand times as much."""
    return literal_column(str(value))
