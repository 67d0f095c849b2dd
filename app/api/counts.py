"""How much happened when, under any filter."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from app.api.answer.responses import HTML, JSON, Json, compact, unchanged
from app.api.asked.filters import Filters
from app.api.asked.formats import Shown
from app.api.asked.settled import answer_tag, in_area
from app.api.description.operations import documented
from app.api.pages.counts import timeline_page
from app.api.pages.document import readable
from app.api.services import Wired
from app.store.properties import timestamp
from app.store.read import counts
from app.store.read import query as store
from app.store.read.counts import Per
from app.store.read.state import state_of

router = APIRouter(tags=["counts"])


@router.get("/timeline", **documented(JSON, "Stretches of time with their counts.", 406, 422, 503, also=[HTML]))
async def timeline(
    request: Request,
    wired: Wired,
    asked: Filters,
    shown: Shown,
    per: Annotated[
        Per, Query(description="Days, weeks from Monday, or months. Example: `week`", examples=["week"])
    ] = Per.DAY,
) -> Response:
    """How many features there are of each event, by day, week or month: what `/features` finds for those days."""
    query, area = await in_area(wired, asked, asked.query)
    async with wired.engine.connect() as connection:
        state = await state_of(connection)
        tag = answer_tag(request, wired, state, asked)
        if known := unchanged(request, tag):
            return known
        rows = await _counted(connection, query, per)
    told = {
        "per": per,
        "timeStamp": timestamp(state.changed),
        **({"searchArea": area.feature} if area else {}),
        "stretches": _stretches(rows, per),
    }
    given = request.url.remove_query_params(["per", "f"]).query
    return await readable(
        request, shown, lambda: compact(told), lambda home: timeline_page(told, given, home), tag, state.changed
    )


async def _counted(connection: AsyncConnection, query: store.Query, per: Per) -> Iterable[tuple[date, str, int]]:
    """From the counts that are kept by day where they can tell, or else from the features."""
    if counts.by_day(query):
        kept = (await connection.execute(counts.changes(query))).all()
        return await run_in_threadpool(lambda: list(counts.swept(kept, per, query.occurrence)))
    return [(start, event, number) for start, event, number in await connection.execute(counts.timeline(query, per))]


def _stretches(rows: Iterable[tuple[date, str, int]], per: Per) -> list[Json]:
    found: dict[date, dict[str, int]] = {}
    for start, event, number in rows:
        found.setdefault(start, {})[event] = number
    return [
        {
            "start": start.isoformat(),
            "end": per.last_day(start).isoformat(),
            "features": sum(events.values()),
            "events": events,
        }
        for start, events in found.items()
    ]
