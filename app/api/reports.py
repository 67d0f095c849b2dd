"""A report as it was received, with everything that was read, resolved and drawn from it."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.docs import documented, id_of
from app.api.errors import NotFound
from app.api.responses import JSON, answer, compact, spliced, unchanged, validator
from app.api.services import Services, Wired
from app.domain.feature import claim_id
from app.domain.text import Span
from app.store import read
from app.store.properties import citation, timestamp
from app.store.read import StoredReport

router = APIRouter(tags=["reports"])

Json = dict[str, Any]
ReportId = Annotated[str, id_of("report", "The property `report_id` of a feature.")]


@router.get("/reports/{id}", **documented(JSON, "The report.", 404, 503))
async def report(request: Request, wired: Wired, key: ReportId) -> Response:
    """A report: passages, mentions with their candidates, expressions, claims, and the features drawn from them."""
    return await _told(request, wired, key, _whole)


@router.get("/reports/{id}/passages", **documented(JSON, "The passages.", 404, 503))
async def passages(request: Request, wired: Wired, key: ReportId) -> Response:
    """The text of a report, in the passages it was read in."""
    return await _told(request, wired, key, lambda stored: compact({"passages": _passages(stored)}))


async def _told(request: Request, wired: Services, key: str, tell: Callable[[StoredReport], str]) -> Response:
    async with wired.engine.connect() as connection:
        state = await read.state(connection)
        tag = validator(request, wired.version, state.number, state.changed.isoformat())
        if known := unchanged(request, tag):
            return known
        stored = await connection.run_sync(read.stored_report, key)
    if stored is None:
        raise NotFound(f"report {key}")
    return await answer(request, tell(stored), JSON, tag, changed=state.changed)


def _whole(stored: StoredReport) -> str:
    report = stored.report
    members: Json = {
        "id": report.id,
        "publisher": report.publisher,
        "title": report.title,
        "url": report.url,
        "published": report.published.isoformat(),
        "recorded": timestamp(stored.recorded),
        "lang": stored.reading.lang,
        "citation": citation(report),
        "passages": _passages(stored),
        "mentions": _mentions(stored),
        "expressions": _expressions(stored),
        "claims": _claims(stored),
    }
    return spliced(members, "features", f'{{"type":"FeatureCollection","features":[{",".join(stored.bodies)}]}}')


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _passages(stored: StoredReport) -> list[Json]:
    text = stored.report.text
    return [
        {"span": _span(each.span), "kind": each.kind, "heading": each.heading, "text": each.span.of(text)}
        for each in stored.reading.passages
    ]


def _mentions(stored: StoredReport) -> list[Json]:
    return [
        {
            "span": _span(mention.span),
            "surface": mention.surface,
            "use": mention.use,
            "passage": mention.passage,
            "outcome": resolution.outcome,
            "place_id": resolution.place_id,
            "candidates": resolution.candidates,
        }
        for mention, resolution in zip(stored.reading.mentions, stored.resolutions, strict=True)
    ]


def _expressions(stored: StoredReport) -> list[Json]:
    missing: dict[int, list[str]] = {}
    for issue in stored.issues:
        missing.setdefault(issue.expression, []).append(issue.reason)
    return [
        {
            "span": _span(expression.span),
            "phrase": expression.span.of(stored.report.text),
            "relation": expression.relation,
            "anchors": list(expression.anchors),
            "compass": list(expression.compass),
            "distance_km": expression.distance_km,
            "passage": expression.passage,
            "not_drawn": missing.get(ordinal, []),
        }
        for ordinal, expression in enumerate(stored.reading.expressions)
    ]


def _claims(stored: StoredReport) -> list[Json]:
    report, reading = stored.report, stored.reading
    return [
        {
            "id": claim_id(report, reading, claim),
            "span": _span(claim.span),
            "quote": claim.span.of(report.text),
            "event": claim.event,
            "outcome": claim.outcome,
            "actor": claim.actor,
            "speaker": claim.speaker.name,
            "speaker_side": claim.speaker.side,
            "claim_status": claim.claim_status,
            "unverified": claim.unverified,
            "start": claim.start.isoformat(),
            "end": claim.end.isoformat(),
            "time_precision": claim.time_precision,
            "time_basis": claim.time_basis,
            "as_of": (claim.as_of or report.published).isoformat(),
            "passage": claim.passage,
            "expressions": list(claim.expressions),
        }
        for claim in reading.claims
    ]
