"""One understood report as the JSON object that `frontline read --jsonl` prints and `POST /read` answers."""

from typing import Any

from shapely.geometry import mapping

from app.domain.feature import Understanding
from app.domain.interpretation import Footprint, NoFootprint, Resolution
from app.domain.reading import Claim, Mention, SpatialExpression
from app.domain.text import Span
from app.domain.wire import candidate_json, place_json

Json = dict[str, Any]


def reading_json(understanding: Understanding, report_id: str | None = None) -> Json:
    """CONTRACT's reading format; offsets are code points into the report's text."""
    reading = understanding.reading
    return {
        "id": report_id or understanding.report.id,
        "lang": reading.lang,
        "mentions": [_mention(m, r) for m, r in zip(reading.mentions, understanding.resolutions, strict=True)],
        "expressions": [_expression(e, f) for e, f in zip(reading.expressions, understanding.footprints, strict=True)],
        "claims": [_claim(c) for c in reading.claims],
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _mention(mention: Mention, resolution: Resolution) -> Json:
    return {
        "span": _span(mention.span),
        "surface": mention.surface,
        "use": mention.use,
        "outcome": resolution.outcome,
        "place": place_json(resolution.place) if resolution.place else None,
        "candidates": [candidate_json(c) for c in resolution.candidates],
    }


def _expression(expression: SpatialExpression, footprints: tuple[Footprint | NoFootprint, ...]) -> Json:
    return {
        "span": _span(expression.span),
        "relation": expression.relation,
        "anchors": list(expression.anchors),
        "compass": _one_or_list(expression.compass),
        "distance_km": expression.distance_km,
        "footprints": [_footprint(f) for f in footprints if isinstance(f, Footprint)],
        "not_drawn": [f.reason for f in footprints if isinstance(f, NoFootprint)],
    }


def _one_or_list(winds: tuple[str, ...]) -> str | list[str] | None:
    if len(winds) > 1:
        return list(winds)
    return winds[0] if winds else None


def _footprint(footprint: Footprint) -> Json:
    return {
        "geometry": mapping(footprint.geometry),
        "kind": footprint.kind,
        "uncertainty_m": footprint.uncertainty_m,
        "geo_precision": footprint.geo_precision,
        "probability": footprint.probability,
        "method": footprint.method,
    }


def _claim(claim: Claim) -> Json:
    return {
        "span": _span(claim.span),
        "event": claim.event,
        "outcome": claim.outcome,
        "actor": claim.actor,
        "speaker": {"name": claim.speaker.name, "side": claim.speaker.side},
        "claim_status": claim.claim_status,
        "unverified": claim.unverified,
        "start": claim.start.isoformat(),
        "end": claim.end.isoformat(),
        "time_precision": claim.time_precision,
        "time_basis": claim.time_basis,
        "as_of": claim.as_of.isoformat() if claim.as_of else None,
        "expressions": list(claim.expressions),
    }
