"""Pages of whatever is listed, and single entries: bodies as they were baked, with the members of the page around."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.api.answer.errors import NotFound
from app.api.answer.links import Link, again, header
from app.api.answer.responses import GEOJSON, HTML, JSON, answer, compact, still_fresh, unchanged, validator
from app.api.asked import parameters
from app.api.asked.filters import Asked
from app.api.asked.formats import Face, alternates
from app.api.asked.paging import Paging
from app.api.asked.settled import answer_tag, in_area
from app.api.direction import SearchArea
from app.api.door.recall import recallable
from app.api.lists.files import download, everything
from app.api.lists.holding import Holding
from app.api.pages import table
from app.api.pages.document import as_page, faces
from app.api.services import Services
from app.formats.forms import FORMS, Format
from app.store.properties import timestamp
from app.store.read.pages import Counting, Page
from app.store.read.state import State, state_of

PAGED = (Format.GEOJSON, Format.HTML)
MEDIA_TYPES = tuple(form.media_type for form in FORMS.values())


async def page(  # noqa: PLR0917
    request: Request, wired: Services, holding: Holding, asked: Asked, pages: Paging, form: Format
) -> Response:
    """What is asked for: a page of it, or all of it where the format has no pages."""
    query = replace(
        asked.query, **holding.bounds, sort=pages.sort, limit=pages.limit, after=pages.after, offset=pages.offset
    )
    if form not in PAGED:
        return await _download(request, wired, holding, asked, query, pages, form)
    if known := await held_already(request, wired, asked, *holding.words):
        return known
    query, area = await in_area(wired, asked, query)
    found = await holding.page(query, pages.counting)
    tag, links = answer_tag(request, wired, found.state, asked, *holding.words), _links(request, found, form)
    if form is Format.HTML:
        return await _table(request, holding, found, links, tag)
    recallable(request, found.state)
    text = _collection(found, links, area)
    return await answer(request, text, GEOJSON, tag, changed=found.state.changed, headers=header(links))


async def held_already(request: Request, wired: Services, asked: Asked, *more: str) -> Response | None:
    """What tells that nothing was modified, where that is so: the features are not looked at."""
    if "if-none-match" in request.headers:
        return unchanged(request, answer_tag(request, wired, await wired.pages.state(), asked, *more))
    if "if-modified-since" in request.headers:
        state = await wired.pages.state()
        return still_fresh(request, answer_tag(request, wired, state, asked, *more), state.changed)
    return None


async def _download(  # noqa: PLR0917
    request: Request, wired: Services, holding: Holding, asked: Asked, query: Any, pages: Paging, form: Format
) -> Response:
    """In a format without pages: everything, or as much as the client's limit says. Nothing asks for a second
    connection while it holds one, so that downloads cannot wait for each other."""
    async with AsyncExitStack() as held:
        await held.enter_async_context(wired.download())
        if known := await held_already(request, wired, asked, *holding.words):
            return known
        query, _ = await in_area(wired, asked, query)
        if pages.limited:
            found = await holding.page(query, Counting.NONE)
            tag = answer_tag(request, wired, found.state, asked, *holding.words)
            links = header(_links(request, found, form))
            return await download(request, form, holding.layer, _one(found.bodies), found.state, tag, held, links)
        connection = await held.enter_async_context(wired.engine.connect())
        state = await state_of(connection)
        tag = answer_tag(request, wired, state, asked, *holding.words)
        pieces = await everything(connection, holding, query, form)
        return await download(request, form, holding.layer, pieces, state, tag, held)


async def _table(request: Request, holding: Holding, found: Page, links: list[Link], tag: str) -> Response:
    text = table.page(
        found, links, holding.title, holding.heads, str(request.url_for("landing")), holding.address(request)
    )
    return await answer(request, text, HTML, tag, changed=found.state.changed, headers=header(links))


async def _one(bodies: Sequence[str]) -> AsyncIterator[Sequence[str]]:
    yield bodies


async def one(  # noqa: PLR0917
    request: Request, wired: Services, holding: Holding, key: str, collection: str, shown: Face
) -> Response:
    """A single entry with its links; `collection` is the address of what it belongs to."""
    if "if-none-match" in request.headers:
        held = await wired.pages.state()
        if known := unchanged(request, _tag_of_one(request, wired, holding, held)):
            return known
    stored = await holding.single(request, key)
    if stored is None:
        raise NotFound(f"{holding.noun} {key}")
    links = [
        *faces(request, shown, GEOJSON),
        Link(href=collection, rel="collection", type=JSON, title="the collection"),
        *stored.links,
    ]
    state = stored.state
    tag = _tag_of_one(request, wired, holding, state)
    recallable(request, state)
    if shown is Face.HTML:
        return await as_page(
            request,
            f"{holding.noun.capitalize()} {key}",
            {**json.loads(stored.body), "links": links},
            tag,
            state.changed,
        )
    text = b"".join((stored.body[:-1], b',"links":', compact(links).encode(), b"}"))
    return await answer(request, text, GEOJSON, tag, changed=state.changed, headers=header(links))


def _tag_of_one(request: Request, wired: Services, holding: Holding, state: State) -> str:
    return validator(request, wired.version, state.number, state.changed.isoformat(), *holding.words)


def _links(request: Request, found: Page, form: Format) -> list[Link]:
    kind = FORMS[form].media_type
    links = [Link(href=str(request.url), rel="self", type=kind, title="this page")]
    if found.next:
        onward = again(request, offset=None, after=parameters.key_text(found.next))
        links.append(Link(href=onward, rel="next", type=kind, title="the next page"))
    return links + alternates(request, form)


def _collection(found: Page, links: list[Link], area: SearchArea | None) -> bytes:
    """The text of a FeatureCollection. It is stamped with the time of the data, so that the same state of the data is
    the same bytes, as a strong validator promises."""
    members = {
        "type": "FeatureCollection",
        **({} if found.matched is None else {"numberMatched": found.matched}),
        "numberReturned": found.returned,
        "timeStamp": timestamp(found.state.changed),
        "links": links,
        **({"searchArea": area.feature} if area else {}),
    }
    return b"".join((compact(members)[:-1].encode(), b',"features":[', found.text, b"]}"))
