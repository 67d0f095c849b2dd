"""How a document that is no list of features goes out: as JSON, or as a page where a browser asks, with its links."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.api.answer.links import Link, again, header
from app.api.answer.responses import HTML, JSON, Json, answer, compact
from app.api.asked.formats import Face
from app.api.pages import markup

LANGUAGE = {"Content-Language": "en"}
"""What is said about the data; the data keep their own."""
NAMES = {Face.JSON: "as JSON", Face.HTML: "as a page to read"}


async def document(  # noqa: PLR0917
    request: Request, shown: Face, value: Json, media_type: str, tag: str, changed: datetime | None = None
) -> Response:
    """`value` with links to itself and to its other face before any that it holds already."""
    links = [*faces(request, shown, media_type), *value.get("links", ())]
    whole = {**value, "links": links}
    headers = {**header(links), **LANGUAGE}
    if shown is Face.JSON:
        return await answer(request, compact(whole), media_type, tag, changed=changed, headers=headers)
    return await as_page(request, str(value.get("title") or value.get("id") or request.url.path), whole, tag, changed)


async def as_page(
    request: Request, title: str, value: Mapping[str, Any], tag: str, changed: datetime | None = None
) -> Response:
    text = markup.page(title, markup.told(value), str(request.url_for("landing")))
    return await answer(request, text, HTML, tag, changed=changed, headers={**header(value["links"]), **LANGUAGE})


async def readable(  # noqa: PLR0917
    request: Request,
    shown: Face,
    text: Callable[[], str],
    page: Callable[[str], tuple[str, str]],
    tag: str,
    changed: datetime | None = None,
    media_type: str = JSON,
) -> Response:
    """What has a page of its own for people: `text` is it as JSON, `page` its title and body as HTML, from the address
    of the API. Each face is linked to the other in the headers."""
    headers = header(faces(request, shown, media_type))
    if shown is Face.JSON:
        return await answer(request, text(), media_type, tag, changed=changed, headers=headers)
    home = str(request.url_for("landing"))
    title, body = page(home)
    whole = markup.page(title, body + _also(request, media_type), home)
    return await answer(request, whole, HTML, tag, changed=changed, headers={**headers, **LANGUAGE})


def _also(request: Request, media_type: str) -> str:
    address = again(request, f=Face.JSON)
    return f"<p class=quiet>The same {markup.link(address, f'for programs ({media_type})')}.</p>"


def faces(request: Request, shown: Face, media_type: str) -> list[Link]:
    """Links to this document as it is shown, and to it as it is not."""
    kinds = {Face.JSON: media_type, Face.HTML: HTML}
    other = next(face for face in Face if face is not shown)
    address = again(request, f=other)
    return [
        Link(href=str(request.url), rel="self", type=kinds[shown], title="this document"),
        Link(href=address, rel="alternate", type=kinds[other], title=f"this document {NAMES[other]}"),
    ]
