"""The features as OGC API – Features has them: conformance, collections, their queryables and their items."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from app.api.docs import documented
from app.api.errors import NotFound
from app.api.features import MEDIA_TYPES, FeatureId, Pages, one, page
from app.api.filters import CRS84, Filters
from app.api.formats import Wanted
from app.api.links import Link
from app.api.queryables import queryables
from app.api.responses import GEOJSON, JSON, SCHEMA, answer, compact, unchanged, validator
from app.api.services import Json, Services, Wired
from app.domain.vocabulary import FeatureKind
from app.store import read
from app.store.read import Extent, State

router = APIRouter(tags=["OGC API – Features"])

GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
CONFORMS_TO = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
)


@dataclass(frozen=True, slots=True)
class Collection:
    title: str
    description: str
    only: FeatureKind | None
    """The kind it is bounded to: desktop programs open points and areas apart."""


COLLECTIONS = {
    "features": Collection("Points and areas", "Everything that was reported, as points and as areas.", None),
    "points": Collection("Points", "What was reported of a settlement itself.", FeatureKind.POINT),
    "sectors": Collection("Areas", "What was reported of an area: wedges, corridors, discs.", FeatureKind.SECTOR),
}


def _known(
    collection: Annotated[
        str,
        Path(
            description=f"One of {', '.join(COLLECTIONS)}.",
            examples=["features"],
            json_schema_extra={"enum": list(COLLECTIONS)},
        ),
    ],
) -> str:
    if collection not in COLLECTIONS:
        raise NotFound(f"collection {collection}; there are {', '.join(COLLECTIONS)}")
    return collection


Name = Annotated[str, Depends(_known)]


@router.get("/conformance", **documented(JSON, "The conformance classes."))
async def conformance(request: Request, wired: Wired) -> Response:
    """Which parts of the standards hold here."""
    return await _fixed(request, wired, {"conformsTo": CONFORMS_TO}, JSON)


@router.get("/collections", **documented(JSON, "The collections.", 503))
async def collections(request: Request, wired: Wired) -> Response:
    """What there is to ask for."""
    links = [Link(href=str(request.url), rel="self", type=JSON, title="this document")]
    return await _told(
        request,
        wired,
        lambda extents: {"links": links, "collections": [_collection(request, name, extents) for name in COLLECTIONS]},
    )


@router.get("/collections/{collection}", **documented(JSON, "The collection.", 404, 503))
async def collection(request: Request, wired: Wired, name: Name) -> Response:
    """One collection: its extent and where its items are."""
    return await _told(request, wired, lambda extents: _collection(request, name, extents))


@router.get("/collections/{collection}/queryables", **documented(SCHEMA, "The schema.", 404))
async def collection_queryables(request: Request, wired: Wired, name: Name) -> Response:
    """By which properties items can be asked for, as a JSON Schema."""
    return await _fixed(request, wired, queryables(str(request.url), COLLECTIONS[name].title), SCHEMA)


@router.get(
    "/collections/{collection}/items",
    **documented(GEOJSON, "Features, the latest first.", 404, 406, 422, 503, also=MEDIA_TYPES),
)
async def items(  # noqa: PLR0917
    request: Request, wired: Wired, name: Name, asked: Filters, pages: Pages, form: Wanted
) -> Response:
    """The same as `/features`, of one collection."""
    return await page(request, wired, asked, pages, form, COLLECTIONS[name].only)


@router.get("/collections/{collection}/items/{id}", **documented(GEOJSON, "The feature.", 404, 503))
async def item(request: Request, wired: Wired, name: Name, key: FeatureId) -> Response:
    """One feature of a collection."""
    address = str(request.url_for("collection", collection=name))
    return await one(request, wired, key, address, COLLECTIONS[name].only)


async def _fixed(request: Request, wired: Services, document: Json, media_type: str) -> Response:
    """An answer that only the code decides."""
    tag = validator(request, wired.version)
    return unchanged(request, tag) or await answer(request, compact(document), media_type, tag)


Extents = Mapping[str, Extent | None]


async def _told(request: Request, wired: Services, tell: Callable[[Extents], Json]) -> Response:
    """An answer about what the collections hold at this moment."""
    async with wired.engine.connect() as connection:
        state = await read.state(connection)
        tag = validator(request, wired.version, state.number, state.changed.isoformat())
        if known := unchanged(request, tag):
            return known
        extents = await _extents(wired, connection, state)
    return await answer(request, compact(tell(extents)), JSON, tag, changed=state.changed)


async def _extents(wired: Services, connection: AsyncConnection, state: State) -> Extents:
    """Found once for each state of the data, since it takes a look at every feature."""
    if state not in wired.extents:
        found = {name: await read.extent(connection, each.only) for name, each in COLLECTIONS.items()}
        wired.extents.clear()
        wired.extents[state] = found
    return wired.extents[state]


def _collection(request: Request, name: str, extents: Extents) -> Json:
    about, extent = COLLECTIONS[name], extents[name]
    address = str(request.url_for("collection", collection=name))
    links = [
        Link(href=address, rel="self", type=JSON, title=about.title),
        Link(href=f"{address}/items", rel="items", type=GEOJSON, title="its features"),
        Link(href=f"{address}/queryables", rel=QUERYABLES, type=SCHEMA, title="by which properties to ask"),
    ]
    return {
        "id": name,
        "title": about.title,
        "description": about.description,
        "itemType": "feature",
        "crs": [CRS84],
        **({"extent": _extent(extent)} if extent else {}),
        "links": links,
    }


def _extent(extent: Extent) -> Json:
    days = [f"{extent.first.isoformat()}T00:00:00Z", f"{extent.last.isoformat()}T23:59:59Z"]
    return {"spatial": {"bbox": [extent.box], "crs": CRS84}, "temporal": {"interval": [days], "trs": GREGORIAN}}
