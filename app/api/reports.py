"""A report as it was received, with everything that was read, resolved and drawn from it."""

import json
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.answer.errors import NotFound
from app.api.answer.responses import HTML, JSON, Json, answer, compact, spliced, unchanged, validator
from app.api.answer.stored import (
    claims_json,
    collection_text,
    expressions_json,
    mentions_json,
    passages_json,
    report_json,
    versions_json,
)
from app.api.asked.formats import Face, Shown
from app.api.description.operations import documented, id_of
from app.api.pages.document import readable
from app.api.pages.report import report_page
from app.api.services import Services, Wired
from app.store.read.reports import StoredReport, stored_report
from app.store.read.state import state_of

router = APIRouter(tags=["reports"])

ReportId = Annotated[str, id_of("report", "The property `report_id` of a feature.")]


@router.get("/reports/{id}", **documented(JSON, "The report.", 404, 406, 503, also=[HTML]))
async def report(request: Request, wired: Wired, key: ReportId, shown: Shown) -> Response:
    """A report: passages, mentions with their candidates, expressions, claims, and the features drawn from them.

    Of an edited page each state is a report of its own (`versions`); the newest alone has features.
    Of a publisher that lets nobody show a text whole (`whole_text`), the passages are told without their text."""
    return await _told(request, wired, key, _members, shown)


@router.get("/reports/{id}/passages", **documented(JSON, "The passages.", 404, 503))
async def passages(request: Request, wired: Wired, key: ReportId) -> Response:
    """The text of a report, in the passages it was read in; `text` is null where `whole_text` is false: its publisher
    lets nobody show it whole."""
    return await _told(
        request, wired, key, lambda stored: {"whole_text": stored.whole, "passages": passages_json(stored)}
    )


async def _told(
    request: Request, wired: Services, key: str, tell: Callable[[StoredReport], Json], shown: Face | None = None
) -> Response:
    """The whole report where it is shown to somebody, or else only what is told of it."""
    async with wired.engine.connect() as connection:
        state = await state_of(connection)
        tag = validator(request, wired.version, state.number, state.changed.isoformat())
        if known := unchanged(request, tag):
            return known
        stored = await connection.run_sync(stored_report, key)
    if stored is None:
        raise NotFound(f"report “{key}”")
    told = tell(stored)
    if shown is None:
        return await answer(request, compact(told), JSON, tag, changed=state.changed)
    bodies = stored.bodies

    def text() -> str:
        return spliced(told, "features", collection_text(bodies))

    drawn = [json.loads(body) for body in bodies]
    return await readable(request, shown, text, lambda home: report_page(told, drawn, home), tag, state.changed)


def _members(stored: StoredReport) -> Json:
    return {
        **report_json(stored),
        **versions_json(stored),
        "passages": passages_json(stored),
        "mentions": mentions_json(stored),
        "expressions": expressions_json(stored),
        "claims": claims_json(stored),
    }
