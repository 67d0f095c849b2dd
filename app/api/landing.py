"""Where to begin: every door of the API, for programs and for browsers."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.docs import documented
from app.api.links import Link, header
from app.api.responses import GEOJSON, HTML, JSON, answer, compact, unchanged, validator
from app.api.services import Wired

router = APIRouter(tags=["operations"])

TITLE = "Front-line map API"
DESCRIPTION = "Where war reports say the fighting is: each point and area with its sentence, speaker and uncertainty."
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
DOORS = (
    ("self", "", JSON, "this document"),
    ("service-desc", "openapi.json", OPENAPI, "the description of the API, for programs"),
    ("service-doc", "docs", HTML, "the description of the API, to read and try"),
    ("conformance", "conformance", JSON, "which parts of OGC API – Features hold here"),
    ("data", "collections", JSON, "the collections"),
    ("items", "features", GEOJSON, "all features, the latest first"),
    ("search", "features?direction=south%20of%20Bakhmut&datetime=2023-07-10/2023-07-12", GEOJSON,
     "what was reported south of Bakhmut on three days of July 2023"),
    ("search", "resolve?direction=south%20of%20Bakhmut", GEOJSON, "the area that a phrase names"),
    ("search", "places?q=Bakh", GEOJSON, "places by name"),
    ("alternate", "feed.atom", "application/atom+xml", "the newest claims, for feed readers"),
    ("alternate", "map", HTML, "the map"),
    ("status", "readyz", JSON, "whether all is well"),
)  # fmt: skip


@router.get("/", **documented(JSON, "Links to everything else; an HTML page where a browser asks."))
async def landing(request: Request, wired: Wired) -> Response:
    """The landing page."""
    tag = validator(request, wired.version)
    if known := unchanged(request, tag):
        return known
    base = str(request.base_url)
    links = [Link(href=base + path, rel=rel, type=kind, title=title) for rel, path, kind, title in DOORS]
    if "text/html" in request.headers.get("accept", ""):
        return await answer(request, _page(links), HTML, tag)
    text = compact({"title": TITLE, "description": DESCRIPTION, "links": links})
    return await answer(request, text, JSON, tag, headers=header(links))


def _page(links: list[Link]) -> str:
    rows = "".join(f'<li><a href="{escape(each["href"])}">{escape(each["title"])}</a></li>' for each in links[1:])
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{TITLE}</title>'
        f'<meta name="viewport" content="width=device-width"><h1>{TITLE}</h1><p>{DESCRIPTION}</p><ul>{rows}</ul></html>'
    )
