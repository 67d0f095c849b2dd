"""Pages of features, and single ones: bodies as they were baked, with the page's members around them."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.api import parameters
from app.api.direction import SearchArea
from app.api.docs import documented, id_of
from app.api.errors import NotFound
from app.api.filters import Asked, Filters, find_area
from app.api.links import Link, header
from app.api.responses import GEOJSON, JSON, answer, compact, spliced, unchanged, validator
from app.api.services import Services, Wired
from app.domain.vocabulary import FeatureKind
from app.store import read
from app.store.properties import timestamp
from app.store.query import Key

LIMIT_DEFAULT, LIMIT_MAX = 100, 10_000

router = APIRouter(tags=["features"])


@dataclass(frozen=True, slots=True)
class Paging:
    limit: int
    after: Key | None


def paging(
    limit: Annotated[
        int,
        Query(
            ge=1,
            description=f"Features on a page; more than {LIMIT_MAX} is taken as {LIMIT_MAX}. Example: `10`",
            examples=[10],
            json_schema_extra={"maximum": LIMIT_MAX},
        ),
    ] = LIMIT_DEFAULT,
    after: Annotated[
        str | None,
        Query(
            description="Where the page before ended: its `next` link knows. Example: `2023-07-12~0`",
            examples=["2023-07-12~0"],
        ),
    ] = None,
) -> Paging:
    return Paging(min(limit, LIMIT_MAX), None if after is None else parameters.key("after", after))


Pages = Annotated[Paging, Depends(paging)]
FeatureId = Annotated[str, id_of("feature", "As a page of features tells it.")]


@router.get("/features", **documented(GEOJSON, "A page of features, the latest first.", 422, 503))
async def features(request: Request, wired: Wired, asked: Filters, pages: Pages) -> Response:
    """What was reported, where and when: points and sectors, each with its sentence, speaker and uncertainty."""
    return await page(request, wired, asked, pages)


@router.get("/features/{id}", **documented(GEOJSON, "The feature.", 404, 503))
async def feature(request: Request, wired: Wired, key: FeatureId) -> Response:
    """One feature."""
    return await one(request, wired, key, str(request.url_for("features")))


async def page(
    request: Request, wired: Services, asked: Asked, pages: Paging, only: FeatureKind | None = None
) -> Response:
    """A page of what is asked for; of one kind `only`, where it is a collection of one."""
    query = replace(asked.query, only=only, limit=pages.limit, after=pages.after)
    async with wired.engine.connect() as connection:
        state = await read.state(connection)
        # The same words may mean another area tomorrow: operational directions are dated.
        words = (wired.atlas.digest, wired.today().isoformat()) if asked.direction else ()
        tag = validator(request, wired.version, state.number, state.changed.isoformat(), *words)
        if known := unchanged(request, tag):
            return known
        area = None if asked.direction is None else await find_area(wired, asked.direction, query.occurrence)
        found = await read.page(connection, replace(query, area=area.geometry if area else None))
    links = _links(request, found)
    text = _collection(found, state, links, area)
    return await answer(request, text, GEOJSON, tag, changed=state.changed, headers=header(links))


async def one(
    request: Request, wired: Services, key: str, collection: str, only: FeatureKind | None = None
) -> Response:
    """A single feature with its links; `collection` is the address of what it belongs to."""
    async with wired.engine.connect() as connection:
        state = await read.state(connection)
        tag = validator(request, wired.version, state.number, state.changed.isoformat())
        if known := unchanged(request, tag):
            return known
        stored = await read.one_feature(connection, key, only)
    if stored is None:
        raise NotFound(f"feature {key}")
    links = [
        Link(href=str(request.url), rel="self", type=GEOJSON),
        Link(href=collection, rel="collection", type=GEOJSON),
        Link(href=str(request.url_for("claim", id=stored.claim_id)), rel="via", type=JSON, title="the claim"),
        Link(href=str(request.url_for("report", id=stored.report_id)), rel="via", type=JSON, title="the report"),
    ]
    text = f'{stored.body[:-1]},"links":{compact(links)}}}'
    return await answer(request, text, GEOJSON, tag, changed=state.changed, headers=header(links))


def _links(request: Request, found: read.Page) -> list[Link]:
    links = [Link(href=str(request.url), rel="self", type=GEOJSON, title="this page")]
    if found.next:
        onward = request.url.include_query_params(after=parameters.key_text(found.next))
        links.append(Link(href=str(onward), rel="next", type=GEOJSON, title="the next page"))
    return links


def _collection(found: read.Page, state: read.State, links: list[Link], area: SearchArea | None) -> str:
    """The text of a FeatureCollection. It is stamped with the time of the data, so that the same state of the data is
    the same bytes, as a strong validator promises."""
    members = {
        "type": "FeatureCollection",
        "numberMatched": found.matched,
        "numberReturned": len(found.bodies),
        "timeStamp": timestamp(state.changed),
        "links": links,
        **({"searchArea": area.feature()} if area else {}),
    }
    return spliced(members, "features", f"[{','.join(found.bodies)}]")
