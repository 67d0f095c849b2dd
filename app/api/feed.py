"""The newest claims under any filter, for feed readers: Atom (RFC 4287) with GeoRSS."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Annotated, Any
from xml.sax.saxutils import quoteattr

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.api.answer.responses import answer, unchanged
from app.api.asked.filters import Filters
from app.api.asked.settled import answer_tag, in_area
from app.api.description.operations import documented
from app.api.landing import TITLE
from app.api.services import Wired
from app.domain.digest import digest
from app.formats.markup import text
from app.store.properties import timestamp
from app.store.read import query
from app.store.read.state import state_of

router = APIRouter(tags=["features"])

ATOM = "application/atom+xml"
NAMESPACES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"'
Body = dict[str, Any]


@router.get("/feed.atom", **documented(ATOM, "A feed, the latest stored first.", 422, 503))
async def feed(
    request: Request,
    wired: Wired,
    asked: Filters,
    limit: Annotated[int, Query(ge=1, le=200, description="Claims at most. Example: `20`", examples=[20])] = 50,
) -> Response:
    """The claims that were stored last, each with its sentence, speaker and places; for feed readers."""
    wanted, _ = await in_area(wired, asked, replace(asked.query, limit=limit))
    async with wired.engine.connect() as connection:
        state = await state_of(connection)
        tag = answer_tag(request, wired, state, asked)
        if known := unchanged(request, tag):
            return known
        rows = (await connection.execute(query.newest(wanted))).all()
    claims = [(claim, [json.loads(row.body) for row in group]) for claim, group in groupby(rows, lambda row: row[1])]
    entries = "".join(_entry(str(request.url_for("claim", id=claim)), drawn) for claim, drawn in claims)
    head = _head(str(request.url), timestamp(state.changed))
    return await answer(request, f"{head}{entries}</feed>\n", ATOM, tag, changed=state.changed)


def _head(address: str, changed: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed {NAMESPACES}>'
        f"<id>urn:frontline:feed:{digest('feed', address)}</id>"
        f"<title>{text(TITLE)}</title><updated>{changed}</updated>"
        f'<link rel="self" type="{ATOM}" href={quoteattr(address)}/>\n'
    )


def _entry(address: str, drawn: Sequence[Body]) -> str:
    """One claim with all its places. Its id stays the same wherever the feed is served from."""
    told = drawn[0]["properties"]
    where = "; ".join(dict.fromkeys(each["properties"]["phrase"] for each in drawn))
    source = told["report_url"] or ""
    via = f'<link rel="via" href={quoteattr(source)}/>' if source.startswith(("https://", "http://")) else ""
    said = f"“{told['quote']}” {told['speaker']} ({told['claim_status']}). {told['citation']}"
    shapes = "".join(shape for each in drawn for shape in _shapes(each["geometry"]))
    return (
        f"<entry><id>urn:frontline:claim:{told['claim_id']}</id><title>{text(told['event'])}: {text(where)}</title>"
        f"<updated>{told['recorded']}</updated><published>{told['published']}T00:00:00Z</published>"
        f"<author><name>{text(told['speaker'])}</name></author>"
        f'<link rel="alternate" type="application/json" href={quoteattr(address)}/>{via}'
        f'<category term="{told["event"]}"/><summary>{text(said)}</summary>{shapes}</entry>\n'
    )


def _shapes(geometry: Body) -> Iterator[str]:
    """GeoRSS-Simple writes latitude first; it knows no holes, so of an area it is the outline."""
    match geometry["type"]:
        case "Point":
            yield f"<georss:point>{_positions([geometry['coordinates']])}</georss:point>"
        case "Polygon":
            yield f"<georss:polygon>{_positions(geometry['coordinates'][0])}</georss:polygon>"
        case "MultiPolygon":
            for rings in geometry["coordinates"]:
                yield f"<georss:polygon>{_positions(rings[0])}</georss:polygon>"
        case other:
            raise ValueError(f"no feature is a {other}")


def _positions(positions: Iterable[Sequence[float]]) -> str:
    return " ".join(f"{lat} {lon}" for lon, lat in positions)
