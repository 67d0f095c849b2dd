"""The features as OGC API – Features has them: conformance, collections, their queryables and their items."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import URL

from app.api.answer.errors import NotFound
from app.api.answer.links import Link, at
from app.api.answer.responses import GEOJSON, HTML, JSON, SCHEMA, Json, unchanged, validator
from app.api.asked.filters import CRS84, Asked, Filters
from app.api.asked.formats import Face, Shown, ShownOnMaps, Wanted
from app.api.asked.paging import Pages, Paging
from app.api.description.operations import documented, id_of
from app.api.description.schemas import feature_schema, queryables
from app.api.features import FeatureId
from app.api.lists.holding import FeatureHolding, Holding
from app.api.lists.listed import LISTS, Listed
from app.api.lists.page import MEDIA_TYPES, one, page
from app.api.pages.document import document
from app.api.services import Services, Wired, at_once
from app.domain.listed import TABLES
from app.domain.properties import PROPERTIES
from app.domain.vocabulary import FeatureKind
from app.formats.forms import FORMS, Format
from app.store.read.state import Extent, State, state_of

router = APIRouter(tags=["OGC API – Features"])

GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
VECTOR_TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
CONFORMS_TO = tuple(
    f"http://www.opengis.net/spec/{standard}/1.0/conf/{each}"
    for standard, classes in {
        "ogcapi-common-1": ("core", "landing-page", "json", "html", "oas30"),
        "ogcapi-common-2": ("collections", "json", "html"),
        "ogcapi-features-1": ("core", "geojson", "html", "oas30"),
        "ogcapi-features-3": ("queryables", "filter", "features-filter"),
        "ogcapi-tiles-1": ("core", "tileset", "tilesets-list", "geodata-tilesets", "datetime", "mvt", "oas30"),
        "cql2": (
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "accent-insensitive-comparison",
            "basic-spatial-functions",
            "basic-spatial-functions-plus",
            "spatial-functions",
            "temporal-functions",
            "property-property",
        ),
    }.items()
    for each in classes
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


SHAPES = {
    None: ("Point", "Polygon", "MultiPolygon"),
    FeatureKind.POINT: ("Point",),
    FeatureKind.SECTOR: ("Polygon", "MultiPolygon"),
}
"""Geometries of what is bounded to a kind."""
ALL = (*COLLECTIONS, *LISTS)


def one_of(names: Sequence[str]) -> Any:
    """A path parameter that takes the name of a collection; 404 for any other."""
    described = Path(
        description=f"One of {', '.join(names)}.", examples=[names[0]], json_schema_extra={"enum": list(names)}
    )

    def known(collection: Annotated[str, described]) -> str:
        if collection not in ALL:
            raise NotFound(f"collection “{collection}”; there are {', '.join(ALL)}")
        if collection not in names:
            raise NotFound(f"such thing of “{collection}”, but of {', '.join(names)}")
        return collection

    return Depends(at_once(known))


Name = Annotated[str, one_of(tuple(COLLECTIONS))]
"""Of a view of the features."""
AnyName = Annotated[str, one_of(ALL)]


@router.get("/conformance", **documented(JSON, "The conformance classes.", 406, also=[HTML]))
async def conformance(request: Request, wired: Wired, shown: Shown) -> Response:
    """Which parts of the standards hold here."""
    return await _fixed(request, wired, shown, {"title": "Conformance", "conformsTo": CONFORMS_TO}, JSON)


@router.get("/collections", **documented(JSON, "The collections.", 406, 503, also=[HTML]))
async def collections(request: Request, wired: Wired, shown: Shown) -> Response:
    """What there is to ask for."""

    def tell(extents: Extents) -> Json:
        return {"title": "Collections", "collections": [_collection(request, name, extents) for name in ALL]}

    return await _told(request, wired, shown, tell)


CHECKED = (
    "Filters given here are those of the items that it links to, which is how some desktop programs are told of them."
)


def _list_routes(name: str, about: Listed) -> None:
    """Those of a collection with filters of its own: before the general ones, which would take its name for theirs."""
    path, filters, paging = f"/collections/{name}", Depends(at_once(about.filters)), Depends(at_once(about.paging))

    @router.get(
        path,
        name=f"collection_{name}",
        description=f"{about.title}: the extent, and where they are. {CHECKED}",
        **documented(JSON, "The collection.", 406, 503, also=[HTML]),
    )
    async def of_list(request: Request, wired: Wired, _checked: Annotated[Asked, filters], shown: Shown) -> Response:
        return await _told(request, wired, shown, lambda extents: _collection(request, name, extents))

    @router.get(
        f"{path}/items",
        name=f"{name}_items",
        **documented(GEOJSON, about.title, 406, 422, 503, also=MEDIA_TYPES),
        description=about.description,
    )
    async def items_of_list(
        request: Request,
        wired: Wired,
        asked: Annotated[Asked, filters],
        pages: Annotated[Paging, paging],
        form: Wanted,
    ) -> Response:
        return await page(request, wired, about.holding(wired), asked, pages, form)

    @router.get(
        f"{path}/items/{{id}}",
        name=f"{name}_item",
        description=f"One {about.noun}, with links to more of it.",
        **documented(GEOJSON, f"The {about.noun}.", 404, 406, 503, also=[HTML]),
    )
    async def item_of_list(
        request: Request,
        wired: Wired,
        key: Annotated[str, id_of(about.noun, "As a page of the collection tells it.", about.example)],
        shown: ShownOnMaps,
    ) -> Response:
        address = str(request.url_for("collection", collection=name))
        return await one(request, wired, about.holding(wired), key, address, shown)


for _name, _about in LISTS.items():
    _list_routes(_name, _about)


@router.get("/collections/{collection}", **documented(JSON, "The collection.", 404, 406, 503, also=[HTML]))
async def collection(request: Request, wired: Wired, name: Name, _checked: Filters, shown: Shown) -> Response:
    """One collection: its extent and where its items are. Filters given here are those of the items that it links
    to, which is how some desktop programs are told of them."""
    return await _told(request, wired, shown, lambda extents: _collection(request, name, extents))


@router.get("/collections/{collection}/queryables", **documented(SCHEMA, "The schema.", 404, 406, also=[HTML]))
async def collection_queryables(request: Request, wired: Wired, name: AnyName, shown: Shown) -> Response:
    """By which properties items can be asked for in `filter`, as a JSON Schema."""
    address = str(request.url_for("collection_queryables", collection=name))
    if name in LISTS:
        told = queryables(address, LISTS[name].title, TABLES[name])
    else:
        told = queryables(address, COLLECTIONS[name].title, PROPERTIES, COLLECTIONS[name].only)
    return await _fixed(request, wired, shown, told, SCHEMA)


@router.get("/collections/{collection}/schema", **documented(SCHEMA, "The schema.", 404, 406, also=[HTML]))
async def collection_schema(request: Request, wired: Wired, name: AnyName, shown: Shown) -> Response:
    """What every item holds, as a JSON Schema."""
    address = str(request.url_for("collection_schema", collection=name))
    if name in LISTS:
        told = feature_schema(address, LISTS[name].title, TABLES[name], LISTS[name].shapes, may_lack=True)
    else:
        told = feature_schema(address, COLLECTIONS[name].title, PROPERTIES, SHAPES[COLLECTIONS[name].only])
    return await _fixed(request, wired, shown, told, SCHEMA)


@router.get(
    "/collections/{collection}/items",
    **documented(GEOJSON, "Features, the latest first.", 404, 406, 422, 503, also=MEDIA_TYPES),
)
async def items(  # noqa: PLR0917
    request: Request, wired: Wired, name: Name, asked: Filters, pages: Pages, form: Wanted
) -> Response:
    """The same as `/features`, of one collection."""
    return await page(request, wired, FeatureHolding(wired, COLLECTIONS[name].only), asked, pages, form)


@router.get("/collections/{collection}/items/{id}", **documented(GEOJSON, "The feature.", 404, 406, 503, also=[HTML]))
async def item(request: Request, wired: Wired, name: Name, key: FeatureId, shown: ShownOnMaps) -> Response:
    """One feature of a collection."""
    address = at(request, f"/collections/{name}")
    return await one(request, wired, FeatureHolding(wired, COLLECTIONS[name].only), key, address, shown)


async def _fixed(request: Request, wired: Services, shown: Face, value: Json, media_type: str) -> Response:
    """An answer that only the code decides."""
    tag = validator(request, wired.version)
    return unchanged(request, tag) or await document(request, shown, value, media_type, tag)


Extents = Mapping[str, Extent | None]


async def _told(request: Request, wired: Services, shown: Face, tell: Callable[[Extents], Json]) -> Response:
    """An answer about what the collections hold at this moment."""
    async with wired.engine.connect() as connection:
        state = await state_of(connection)
        tag = validator(request, wired.version, state.number, state.changed.isoformat())
        if known := unchanged(request, tag):
            return known
        extents = await _extents(wired, connection, state)
    return await document(request, shown, tell(extents), JSON, tag, state.changed)


async def _extents(wired: Services, connection: AsyncConnection, state: State) -> Extents:
    """Found once for each state of the data, since it takes a look at every feature."""
    if state not in wired.extents:
        holdings: dict[str, Holding] = {name: each.holding(wired) for name, each in LISTS.items()}
        holdings |= {name: FeatureHolding(wired, each.only) for name, each in COLLECTIONS.items()}
        found = {name: await holding.extent(connection) for name, holding in holdings.items()}
        wired.extents.clear()
        wired.extents[state] = found
    return wired.extents[state]


def _collection(request: Request, name: str, extents: Extents) -> Json:
    about, extent = COLLECTIONS.get(name) or LISTS[name], extents[name]
    address = str(request.url_for("collection", collection=name))
    tiles = Link(href=f"{address}/tiles", rel=VECTOR_TILESETS, type=JSON, title="its vector tiles")
    items = URL(f"{address}/items").replace(query=request.url.remove_query_params("f").query)
    links = [
        Link(href=address, rel="self", type=JSON, title=about.title),
        Link(href=str(items), rel="items", type=GEOJSON, title="its features"),
        *(
            Link(
                href=str(items.include_query_params(f=form)),
                rel="items",
                type=kind.media_type,
                title=f"its features: {kind.title}",
            )
            for form, kind in FORMS.items()
            if form is not Format.GEOJSON
        ),
        Link(href=f"{address}/queryables", rel=QUERYABLES, type=SCHEMA, title="by which properties to ask"),
        Link(href=f"{address}/schema", rel="describedby", type=SCHEMA, title="what a feature holds"),
        *([tiles] if name in COLLECTIONS else []),
        Link(href=str(request.url_for("licence")), rel="license", type=JSON, title="who may use this, and how"),
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
    spatial = {"bbox": [extent.box], "crs": CRS84}
    if extent.first is None:
        return {"spatial": spatial}
    last = f"{extent.last.isoformat()}T23:59:59Z" if extent.last else None
    days = [f"{extent.first.isoformat()}T00:00:00Z", last]
    return {"spatial": spatial, "temporal": {"interval": [days], "trs": GREGORIAN}}
