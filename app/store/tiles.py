"""One tile of the web map as a vector tile (MVT 2.1): what is drawn of points and areas at one zoom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
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
    type_coerce,
)

from app.domain.vocabulary import FeatureKind
from app.store import latest
from app.store.query import Query
from app.store.tables import feature, revision

EXTENT, BUFFER = 4096, 64
"""Units along a tile's edge, and how many of them it reaches over each edge."""
ZOOM_MAX = 22
TILE_MAX = 10_000
"""Features in a tile, the latest first: some megabyte, as much as a browser draws."""
THINNED_UNITS = 3
"""How far a drawn outline may be from the true one: a fifth of a pixel where a tile is 256 wide, as much as MapLibre
allows itself."""
WEB_MERCATOR_WIDTH_M = 40_075_016.6855785
WORDS = ("event", "outcome", "actor", "claim_status", "unverified", "speaker_side", "relation", "uncertainty_m")
ATTRIBUTES = ("id", "kind", "start", "end", *WORDS, "probability")


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
    """The data's revision, and of each layer the bytes and how many features were found for it: TILE_MAX altogether
    mean that there may be more. Which tile it is, `place` tells."""
    rows = _rows(query, kinds)
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
    state = [select(column).scalar_subquery() for column in (revision.c.number, revision.c.changed)]
    return select(*state, *layers).select_from(rows)


def place(query: Query, tile: Tile) -> dict[str, Any]:
    """The values of those names in `statement` that those of the query do not give."""
    margin = BUFFER * tile.unit_m
    return {
        "zoom": tile.zoom,
        "column": tile.column,
        "row": tile.row,
        "margin": margin,
        "thinned": THINNED_UNITS * tile.unit_m,
        "tile_max": TILE_MAX,
        **latest.values(query, TILE_MAX),
    }


def _rows(query: Query, kinds: Sequence[FeatureKind]) -> Subquery:
    """What is drawn, the latest first. What is said of a place in the same words has the same outline: each is drawn
    once, for all features that have it."""
    square = func.ST_TileEnvelope(*(bindparam(name, type_=Integer) for name in ("zoom", "column", "row")))
    wider = func.ST_Expand(square, bindparam("margin", type_=Double))
    within: list[ColumnElement[bool]] = [feature.c.geom.op("&&")(func.ST_Transform(wider, _number(4326)))]
    within += [type_coerce(feature.c.kind, Text) == literal_column(f"'{kind}'") for kind in kinds if len(kinds) == 1]
    told = [feature.c[name] for name in ("projected", "id", "kind", "start_on", "occurrence", *WORDS, "probability")]
    found = latest.found(query, told, *within).limit(bindparam("tile_max", type_=Integer)).subquery()
    top = select(*found.c, func.row_number().over().label("place")).cte("top")
    each = select(top.c.projected).distinct().subquery("each")
    outline = func.ST_SetSRID(func.ST_GeomFromTWKB(each.c.projected), _number(3857))
    # Thinned first, since each point costs; the tile's grid is laid by ST_AsMVTGeom.
    thinned = func.ST_Simplify(outline, bindparam("thinned", type_=Double), literal_column("true"))
    gridded = func.ST_AsMVTGeom(thinned, square, _number(EXTENT), _number(BUFFER), literal_column("true"))
    drawn = select(each.c.projected, gridded.label("geom")).cte("drawn").prefix_with("MATERIALIZED")
    last = func.upper(top.c.occurrence) - literal_column("1")
    return (
        select(
            drawn.c.geom,
            top.c.id,
            top.c.kind,
            cast(top.c.start_on, Text).label("start"),
            cast(last, Text).label("end"),
            *(top.c[word] for word in WORDS),
            top.c.probability,
        )
        .join_from(top, drawn, top.c.projected == drawn.c.projected)
        .order_by(top.c.place)
        .subquery("features")
    )


def _number(value: int) -> ColumnElement[int]:
    """Written into the statement: as a text parameter a reference system costs a thousand times as much."""
    return literal_column(str(value))
