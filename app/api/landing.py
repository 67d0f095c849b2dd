"""Where to begin: every door of the API, for programs and for browsers."""

from importlib.metadata import distribution

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.answer.links import Link, header
from app.api.answer.responses import GEOJSON, HTML, JSON, answer, unchanged, validator
from app.api.asked.formats import Face, Shown
from app.api.description.operations import OPENAPI, documented
from app.api.pages import markup
from app.api.pages.document import LANGUAGE, document, faces
from app.api.pages.landing import landing_page
from app.api.services import Wired

router = APIRouter(tags=["operations"])

TITLE = "Front-line map API"
DESCRIPTION = "Where war reports say the fighting is: each point and area with its sentence, speaker and uncertainty."
TILING_SCHEMES = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
DOORS = (
    ("service-desc", "openapi.json", OPENAPI, "the description of the API, for programs"),
    ("service-doc", "docs", HTML, "the description of the API, to read and try"),
    ("conformance", "conformance", JSON, "which parts of the standards hold here"),
    ("data", "collections", JSON, "the collections"),
    (TILING_SCHEMES, "tileMatrixSets", JSON, "the grids of the vector tiles"),
    ("items", "features", GEOJSON, "all features, the latest first"),
    ("search", "features?direction=south%20of%20Bakhmut&datetime=2023-07-10/2023-07-12", GEOJSON,
     "what was reported south of Bakhmut on three days of July 2023"),
    ("search", "resolve?direction=south%20of%20Bakhmut", GEOJSON, "the area that a phrase names"),
    ("search", "places?q=Bakh", GEOJSON, "places by name"),
    ("related", "feed.atom", "application/atom+xml", "the newest claims, for feed readers"),
    ("related", "map", HTML, "the map"),
    ("status", "readyz", JSON, "whether all is well"),
    ("license", "licence", JSON, "who may use this, and how"),
)  # fmt: skip


@router.get("/", **documented(JSON, "Links to everything else.", 406, also=[HTML]))
async def landing(request: Request, wired: Wired, shown: Shown) -> Response:
    """The landing page."""
    tag = validator(request, wired.version)
    if known := unchanged(request, tag):
        return known
    base = str(request.base_url)
    links = [Link(href=base + path, rel=rel, type=kind, title=title) for rel, path, kind, title in DOORS]
    if shown is Face.HTML:
        whole = [*faces(request, shown, JSON), *links]
        text = markup.page(TITLE, landing_page(DESCRIPTION, whole, base), base)
        return await answer(request, text, HTML, tag, headers={**header(whole), **LANGUAGE})
    told = {"title": TITLE, "description": DESCRIPTION, "links": links}
    return await document(request, shown, told, JSON, tag)


@router.get("/licence", **documented(JSON, "The licences.", 406, also=[HTML]))
async def licence(request: Request, wired: Wired, shown: Shown) -> Response:
    """Whose the data are, and on which terms. A quote is its publisher's, whom its feature names."""
    tag = validator(request, wired.version)
    if known := unchanged(request, tag):
        return known
    notice = distribution("frontline-map-api").read_text("licenses/NOTICE") or ""
    lines = [line.removeprefix("- ") for line in notice.splitlines() if line]
    quotes = "Each quote belongs to the publisher whom its feature names under `citation`."
    told = {"title": "Licence", "software": "Apache-2.0", "quotes": quotes, "data": lines[1:]}
    return await document(request, shown, told, JSON, tag)
