"""What is stored of a report and its claims, as JSON."""

from collections.abc import Iterable

from app.api.answer.responses import Json
from app.domain.feature import claim_id
from app.domain.text import Span
from app.store.properties import citation, timestamp
from app.store.read.reports import StoredReport


def claim_path(claim: str) -> str:
    return f"/claims/{claim}"


def report_path(report: str) -> str:
    return f"/reports/{report}"


def collection_text(bodies: Iterable[str]) -> str:
    """A FeatureCollection of features as they were baked."""
    return f'{{"type":"FeatureCollection","features":[{",".join(bodies)}]}}'


def report_json(stored: StoredReport) -> Json:
    """What a report is known by, without what was read from it."""
    report = stored.report
    return {
        "id": report.id,
        "publisher": report.publisher,
        "title": report.title,
        "url": report.url,
        "published": report.published.isoformat(),
        "recorded": timestamp(stored.recorded),
        "lang": stored.reading.lang,
        "citation": citation(report),
        "whole_text": stored.whole,
    }


def versions_json(stored: StoredReport) -> Json:
    """The states of an edited page. Only the newest is on the map; what the older ones said stays here."""
    versions = stored.revisions or [(stored.report.id, stored.recorded)]
    newest, _ = versions[-1]
    return {
        "superseded_by": None if newest == stored.report.id else report_path(newest),
        "versions": [
            {"id": each, "href": report_path(each), "recorded": timestamp(when), "newest": each == newest}
            for each, when in versions
        ],
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def passages_json(stored: StoredReport) -> list[Json]:
    """Without their text where the publisher lets nobody show it whole: what is quoted stands with the claims."""
    text = stored.report.text
    return [
        {
            "span": _span(each.span),
            "kind": each.kind,
            "heading": each.heading,
            "text": each.span.of(text) if stored.whole else None,
        }
        for each in stored.reading.passages
    ]


def mentions_json(stored: StoredReport) -> list[Json]:
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


def expressions_json(stored: StoredReport) -> list[Json]:
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


def claims_json(stored: StoredReport) -> list[Json]:
    report, reading = stored.report, stored.reading
    return [
        {
            "id": (said := claim_id(report, reading, claim)),
            "href": claim_path(said),
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
