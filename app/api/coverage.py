"""What was received, read and missed, of whom and when: so that an empty map is never taken for a quiet front."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.answer.responses import HTML, JSON, Json, compact, unchanged, validator
from app.api.asked import parameters
from app.api.asked.filters import Published, Publisher
from app.api.asked.formats import Shown
from app.api.asked.settled import check_publisher
from app.api.description.operations import documented
from app.api.pages.counts import coverage_page
from app.api.pages.document import readable
from app.api.services import Wired
from app.store.bounds import Days
from app.store.properties import timestamp
from app.store.read import counts
from app.store.read.coverage import LogState, attempts, failures, feeds_followed, log_state
from app.store.read.state import state_of

router = APIRouter(tags=["counts"])
ATTEMPTS_TOLD = timedelta(days=30)
"""How far back attempts are told of, where no days are asked for."""


@router.get(
    "/coverage",
    **documented(JSON, "What was read, what was asked for, and what failed and why.", 406, 503, also=[HTML]),
)
async def coverage(
    request: Request, wired: Wired, shown: Shown, published: Published = None, publisher: Publisher = None
) -> Response:
    """What was read and what was missed, so that an empty map is never taken for a quiet front.

    `coverage`, by day of publication and publisher: where nothing is listed, nothing was read; where `without_claims`
    equals `reports`, it was quiet. `fetching`, by day of the attempt, publisher and feed: how often it was polled,
    fetched, found unchanged, read, known already, or failed. `failures`: what failed, by day and target, and why.
    `feeds`: which are followed now, when each answered last, and how often in a row it has failed since.
    """
    days = None if published is None else parameters.days("published", published)
    publisher = None if publisher is None else parameters.name("publisher", publisher)
    if publisher is not None:
        await check_publisher(wired, publisher)
    async with wired.engine.connect() as connection:
        state = await state_of(connection)
        log = LogState(*(await connection.execute(log_state())).one())
        followed = (await connection.execute(feeds_followed(publisher))).mappings().all()
        changed = max(state.changed, log.recorded or state.changed)
        names = ",".join(str(each["name"]) for each in followed)
        tag = validator(request, wired.version, state.number, log.newest, changed.isoformat(), names)
        if known := unchanged(request, tag):
            return known
        rows = (await connection.execute(counts.coverage(days, publisher))).mappings().all()
        lately = days or Days(wired.today() - ATTEMPTS_TOLD, None)
        tried = (await connection.execute(attempts(lately, publisher))).mappings().all()
        failed = (await connection.execute(failures(lately, publisher))).mappings().all()
    document = {
        "timeStamp": timestamp(changed),
        "coverage": [{**row, "published": row["published"].isoformat()} for row in rows],
        "fetching": [{**row, "day": row["day"].isoformat()} for row in tried],
        "failures": [_failure(row) for row in failed],
        "feeds": [_feed(row) for row in followed],
    }
    return await readable(
        request, shown, lambda: compact(document), lambda home: coverage_page(document, home), tag, changed
    )


def _failure(row: Mapping[Any, Any]) -> Json:
    target, shown = row["target"], _shown(row["target"])
    return {
        **row,
        "day": row["day"].isoformat(),
        "last": timestamp(row["last"]),
        "target": shown,
        "detail": (row["detail"] or "").replace(target, shown) if target else row["detail"],
    }


def _shown(target: str) -> str:
    """Of a file on the server, its name alone."""
    return PurePath(target).name if target.startswith("/") else target


def _feed(row: Mapping[Any, Any]) -> Json:
    moments = {name: timestamp(row[name]) if row[name] else None for name in ("polled", "answered", "next_poll")}
    return {**row, **moments}
