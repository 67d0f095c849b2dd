"""Which vector tiles there are, and on which grid: OGC API – Tiles (20-057), Tile Matrix Set (17-083r4)."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from app.api.answer.errors import NotFound
from app.api.answer.links import Link
from app.api.answer.responses import HTML, JSON, SCHEMA, Json, unchanged, validator
from app.api.asked.filters import CRS84
from app.api.asked.formats import Shown
from app.api.collections import COLLECTIONS, Name
from app.api.description.operations import documented
from app.api.description.schemas import property_schema
from app.api.pages.document import document
from app.api.services import Wired
from app.api.tiles import LAYERS, MVT
from app.domain.properties import PROPERTIES
from app.domain.vocabulary import FeatureKind
from app.store.read.tiles import ATTRIBUTES, WEB_MERCATOR_WIDTH_M, ZOOM_MAX

router = APIRouter(tags=["OGC API – Features"])

GRID = "WebMercatorQuad"
DEFINITION = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{GRID}"
WEB_MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"
SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
EDGE = WEB_MERCATOR_WIDTH_M / 2
PIXELS = 256
PIXEL_M = 0.00028
"""Of a screen, by which OGC reckons scales."""
DIMENSIONS = {FeatureKind.POINT: 0, FeatureKind.SECTOR: 2}


@router.get("/tileMatrixSets", operation_id="getTileMatrixSetsList", **documented(JSON, "The grids.", 406, also=[HTML]))
async def tile_matrix_sets(request: Request, wired: Wired, shown: Shown) -> Response:
    """The grids that tiles are cut on: one."""
    tag = validator(request, wired.version)
    if known := unchanged(request, tag):
        return known
    link = Link(href=_definition(request), rel="self", type=JSON, title="the grid")
    grid = {"id": GRID, "title": "Google Maps Compatible for the World", "uri": DEFINITION, "links": [link]}
    return await document(request, shown, {"title": "Grids", "tileMatrixSets": [grid]}, JSON, tag)


@router.get(
    "/tileMatrixSets/{grid}", operation_id="getTileMatrixSet", **documented(JSON, "The grid.", 404, 406, also=[HTML])
)
async def tile_matrix_set(
    request: Request,
    wired: Wired,
    shown: Shown,
    grid: Annotated[str, Path(description=f"`{GRID}`.", examples=[GRID], json_schema_extra={"enum": [GRID]})],
) -> Response:
    """A grid: where its tiles begin and how large they are at each zoom."""
    if grid != GRID:
        raise NotFound(f"grid {grid}; there is {GRID}")
    tag = validator(request, wired.version)
    return unchanged(request, tag) or await document(request, shown, _grid(), JSON, tag)


@router.get(
    "/collections/{collection}/tiles",
    operation_id="collection.vector.getTileSetsList",
    **documented(JSON, "The tilesets.", 404, 406, also=[HTML]),
)
async def tilesets(request: Request, wired: Wired, name: Name, shown: Shown) -> Response:
    """The vector tiles of a collection: on one grid."""
    tag = validator(request, wired.version)
    if known := unchanged(request, tag):
        return known
    told = {"title": COLLECTIONS[name].title, "tilesets": [_tileset(request, name)]}
    return await document(request, shown, told, JSON, tag)


@router.get(
    f"/collections/{{collection}}/tiles/{GRID}",
    operation_id="collection.vector.getTileSet",
    **documented(JSON, "The tileset.", 404, 406, also=[HTML]),
)
async def tileset(request: Request, wired: Wired, name: Name, shown: Shown) -> Response:
    """The vector tiles of a collection: their layers, their grid, and the address of each tile."""
    tag = validator(request, wired.version)
    if known := unchanged(request, tag):
        return known
    return await document(request, shown, {**_tileset(request, name), "layers": _layers(request, name)}, JSON, tag)


def _definition(request: Request) -> str:
    return str(request.url_for("tile_matrix_set", grid=GRID))


def _tileset(request: Request, name: str) -> Json:
    address = str(request.url_for("tileset", collection=name))
    template = f"{address}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"
    links = [
        Link(href=address, rel="self", type=JSON, title="the tileset"),
        Link(href=template, rel="item", type=MVT, title="a tile", templated=True),
        Link(href=f"{address}/tilejson.json", rel="describedby", type=JSON, title="the same as TileJSON"),
        Link(href=_definition(request), rel=SCHEME, type=JSON, title="the grid"),
        Link(
            href=str(request.url_for("collection", collection=name)), rel="geodata", type=JSON, title="the collection"
        ),
    ]
    return {
        "title": COLLECTIONS[name].title,
        "dataType": "vector",
        "crs": WEB_MERCATOR,
        "tileMatrixSetURI": DEFINITION,
        "boundingBox": {"lowerLeft": [-180, -85.051129], "upperRight": [180, 85.051129], "crs": CRS84},
        "links": links,
    }


def _layers(request: Request, name: str) -> list[Json]:
    schema = str(request.url_for("collection_schema", collection=name))
    return [
        {
            "id": each,
            "title": COLLECTIONS[each].title,
            "dataType": "vector",
            "geometryDimension": DIMENSIONS[LAYERS[each]],
            "minTileMatrix": "0",
            "maxTileMatrix": str(ZOOM_MAX),
            "propertiesSchema": _attributes(),
            "links": [Link(href=schema, rel="describedby", type=SCHEMA, title="what its attributes mean")],
        }
        for each in ([name] if name in LAYERS else LAYERS)
    ]


def _attributes() -> Json:
    told = {name: property_schema(name, PROPERTIES[name]) for name in ATTRIBUTES if name in PROPERTIES}
    return {"type": "object", "properties": {"id": {"title": "Id of the feature", "type": "string"}, **told}}


def _grid() -> Json:
    """OGC 17-083r4, annex D.1."""
    return {
        "id": GRID,
        "title": "Google Maps Compatible for the World",
        "uri": DEFINITION,
        "crs": WEB_MERCATOR,
        "orderedAxes": ["E", "N"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [_matrix(zoom) for zoom in range(ZOOM_MAX + 1)],
    }


def _matrix(zoom: int) -> Json:
    cell = 2 * EDGE / (PIXELS << zoom)
    return {
        "id": str(zoom),
        "scaleDenominator": cell / PIXEL_M,
        "cellSize": cell,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-EDGE, EDGE],
        "tileWidth": PIXELS,
        "tileHeight": PIXELS,
        "matrixWidth": 1 << zoom,
        "matrixHeight": 1 << zoom,
    }
