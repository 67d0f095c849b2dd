"""Pages of features, and single ones: bodies as they were baked, with the page's members around them."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.api import parameters, table
from app.api.direction import SearchArea
from app.api.docs import documented, id_of
from app.api.documents import as_page, faces
from app.api.errors import NotFound
from app.api.files import download, everything
from app.api.filters import Asked, Filters, answer_tag, in_area
from app.api.formats import Face, Shown, Wanted, alternates
from app.api.holding import FeatureHolding, Holding
from app.api.links import Link, again, at, header
from app.api.openapi import ARRAY
from app.api.recall import recallable
from app.api.responses import GEOJSON, HTML, JSON, answer, compact, still_fresh, unchanged, validator
from app.api.services import Services, Wired, at_once
from app.domain.errors import BadParameter
from app.formats.forms import FORMS, Format
from app.store import read
from app.store.order import SORTABLE, Key, Sort
from app.store.pages import COUNTED_MAX, Counting, Page
from app.store.properties import timestamp

LIMIT_DEFAULT, LIMIT_MAX, OFFSET_MAX = 100, 10_000, 10_000
SORTED = {"type": "string", "pattern": rf"^[+-]?({'|'.join(SORTABLE)})$"}

router = APIRouter(tags=["features"])


@dataclass(frozen=True, slots=True)
class Paging:
    limit: int
    after: Key | None
    offset: int
    sort: tuple[Sort, ...]
    counting: Counting
    limited: bool
    """Whether the client named a limit."""


Limit = Annotated[
    int,
    Query(
        ge=1,
        description=f"Features on a page; more than {LIMIT_MAX} is taken as {LIMIT_MAX}. Formats without pages hold"
        " everything where this is left out. Example: `10`",
        examples=[10],
        json_schema_extra={"maximum": LIMIT_MAX},
    ),
]
Offset = Annotated[
    int,
    Query(
        ge=0,
        le=OFFSET_MAX,
        description="So many features are left out before the page. `after` is faster, and misses nothing when more"
        " is stored meanwhile. Example: `10`",
        examples=[10],
    ),
]
Count = Annotated[
    str | None,
    Query(
        description="How all that match are counted, for `numberMatched`: `exact`, however long it takes; as an"
        " `estimate`; or not at all (`none`). Where this is left out, exactly if the database knows the number or"
        f" there are no more than {COUNTED_MAX}; else `numberMatched` is left out. Example: `exact`",
        examples=["exact"],
        json_schema_extra={"enum": list(parameters.COUNTINGS)},
    ),
]


def after_like(example: str) -> Any:
    """Where a page goes on."""
    return Query(
        description=f"Where the page before ended: its `next` link knows. Example: `{example}`", examples=[example]
    )


def paging(  # noqa: PLR0917 — the framework names every argument
    request: Request,
    limit: Limit = LIMIT_DEFAULT,
    after: Annotated[str | None, after_like("2023-07-12~0")] = None,
    offset: Offset = 0,
    sortby: Annotated[
        str | None,
        Query(
            description=f"Some of {', '.join(f'`{name}`' for name in SORTABLE)}, with commas between; the greatest"
            " first where a minus stands before. `-start`, the latest first, where this is left out."
            " Example: `-published,event`",
            examples=["-published,event"],
            json_schema_extra={ARRAY: {"type": "array", "minItems": 1, "items": SORTED}},
        ),
    ] = None,
    count: Count = None,
) -> Paging:
    return page_of(request, limit, after, offset, parameters.sort("sortby", sortby), count)


def page_of(  # noqa: PLR0917
    request: Request, limit: int, after: str | None, offset: int, sort: tuple[Sort, ...], count: str | None
) -> Paging:
    """BadParameter for what is no place in a list of that order."""
    counting = parameters.counting("count", count)
    limited = "limit" in request.query_params
    if after is not None and offset:
        raise BadParameter(
            "offset", "a page begins after another, or at an offset, not both", "one of after and offset"
        )
    key = None if after is None else parameters.key("after", after, sort)
    return Paging(min(limit, LIMIT_MAX), key, offset, sort, counting, limited)


Pages = Annotated[Paging, Depends(at_once(paging))]
PAGED = (Format.GEOJSON, Format.HTML)
MEDIA_TYPES = tuple(form.media_type for form in FORMS.values())
FeatureId = Annotated[str, id_of("feature", "As a page of features tells it.")]


@router.get("/features", **documented(GEOJSON, "Features, the latest first.", 406, 422, 503, also=MEDIA_TYPES))
async def features(request: Request, wired: Wired, asked: Filters, pages: Pages, form: Wanted) -> Response:
    """What was reported, where and when: points and sectors, each with its sentence, speaker and uncertainty."""
    return await page(request, wired, FeatureHolding(wired), asked, pages, form)


@router.get("/features/{id}", **documented(GEOJSON, "The feature.", 404, 406, 503, also=[HTML]))
async def feature(request: Request, wired: Wired, key: FeatureId, shown: Shown) -> Response:
    """One feature."""
    address = at(request, "/collections/features")
    return await one(request, wired, FeatureHolding(wired), key, address, shown)


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
        state = await read.state(connection)
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


def _tag_of_one(request: Request, wired: Services, holding: Holding, state: read.State) -> str:
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
