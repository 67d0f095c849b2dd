"""Vector tiles of the points and areas under any filter, and what a map needs to know to load them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from app.api.answer.errors import NotFound
from app.api.answer.responses import JSON, answer, compact, unchanged, validator
from app.api.asked.filters import Asked, Filters
from app.api.asked.settled import answer_tag, in_area
from app.api.collections import COLLECTIONS, Name
from app.api.description.operations import documented
from app.api.door.recall import recallable
from app.api.lists.page import held_already
from app.api.services import Wired, at_once
from app.domain.vocabulary import FeatureKind
from app.store.read import tiles
from app.store.read.pages import Layers
from app.store.read.tiles import ATTRIBUTES, ZOOM_MAX, Tile

router = APIRouter(tags=["OGC API – Features"])

MVT = "application/vnd.mapbox-vector-tile"
LAYERS = {"points": FeatureKind.POINT, "sectors": FeatureKind.SECTOR}
SIDE_MAX = 2**ZOOM_MAX - 1
SCHEME = "/collections/{collection}/tiles/WebMercatorQuad"


def _tile(
    z: Annotated[int, Path(ge=0, le=ZOOM_MAX, description="Zoom.", examples=[8])],
    y: Annotated[int, Path(ge=0, le=SIDE_MAX, description="Row, from the north.", examples=[88])],
    x: Annotated[int, Path(ge=0, le=SIDE_MAX, description="Column, from the west.", examples=[155])],
) -> Tile:
    try:
        return Tile(z, y, x)
    except ValueError as error:
        raise NotFound(f"tile {z}/{y}/{x} in WebMercatorQuad") from error


@router.get(
    SCHEME + "/{z}/{y}/{x}",
    operation_id="collection.vector.getTile",
    **documented(MVT, "The tile; empty where nothing is.", 404, 422, 503),
)
async def tile(
    request: Request, wired: Wired, name: Name, asked: Filters, where: Annotated[Tile, Depends(at_once(_tile))]
) -> Response:
    """A vector tile: the layer `points`, the layer `sectors`, or both of the collection `features`.

    Where there are more than 10,000 features, those of one outline are told as one: the latest, with `count`, how many
    they are. The header `Tile-Complete` says `true`, `grouped`, or `false` where older ones were left out.
    """
    if known := await held_already(request, wired, asked):
        return known
    query, _ = await in_area(wired, asked, asked.query)
    found = await wired.pages.tile(query, where, tuple(LAYERS[each] for each in _layers(name)))
    recallable(request, found.state)
    tag, changed = answer_tag(request, wired, found.state, asked), found.state.changed
    # Layers one after the other are a tile (MVT 2.1, 4.1).
    body = b"".join(layer for layer, number in found.layers if number)
    headers = {"Tile-Complete": complete(found)}
    return await answer(request, body, MVT, tag, changed=changed, headers=headers)


def complete(found: Layers) -> str:
    if found.read <= tiles.TILE_MAX:
        return "true"
    return "grouped" if found.read < tiles.READ_MAX and found.outlines <= tiles.TILE_MAX else "false"


@router.get(SCHEME + "/tilejson.json", **documented(JSON, "TileJSON 3.0.", 404))
async def tilejson(request: Request, wired: Wired, name: Name, asked: Filters) -> Response:
    """What a map needs to know of the tiles; filters given here are those of the tiles."""
    tag = validator(request, wired.version)
    if known := unchanged(request, tag):
        return known
    return await answer(request, compact(_tilejson(request, name, asked)), JSON, tag)


def _tilejson(request: Request, name: str, _checked: Asked) -> dict[str, object]:
    address = str(request.url_for("tilejson", collection=name)).removesuffix("tilejson.json")
    query = f"?{request.url.query}" if request.url.query else ""
    fields = dict.fromkeys(ATTRIBUTES, "String") | {"unverified": "Boolean"}
    fields |= dict.fromkeys(("uncertainty_m", "probability", "count"), "Number")
    return {
        "tilejson": "3.0.0",
        "name": COLLECTIONS[name].title,
        "scheme": "xyz",
        "tiles": [f"{address}{{z}}/{{y}}/{{x}}{query}"],
        "minzoom": 0,
        "maxzoom": ZOOM_MAX,
        "vector_layers": [{"id": each, "fields": fields} for each in _layers(name)],
    }


def _layers(collection: str) -> list[str]:
    return [collection] if collection in LAYERS else list(LAYERS)
