"""What the world is told of a feature: the flat properties of CONTRACT, and the GeoJSON text that holds them."""

import json
from datetime import UTC, datetime

from shapely.geometry import mapping

from app.domain.feature import Feature
from app.domain.report import Report
from app.domain.vocabulary import Compass, Language

Scalar = str | float | bool | None

ALONE = 1
"""A claim's independent sources before its neighbours are asked (`ledger.recount`)."""
BAKED_SOURCES = r'"independent_sources":\d+,'
"""Where a body holds that number: the quotes of any text inside a body are escaped, so no text can look like it."""


def body(feature: Feature, report: Report, lang: Language, recorded: datetime) -> str:
    """The whole GeoJSON feature (RFC 7946) as it is served, in one line."""
    members = {
        "type": "Feature",
        "id": feature.id,
        "geometry": mapping(feature.footprint.geometry),
        "properties": properties(feature, report, lang, recorded),
    }
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def baked_sources(number: int) -> str:
    return f'"independent_sources":{number},'


def properties(feature: Feature, report: Report, lang: Language, recorded: datetime) -> dict[str, Scalar]:
    """Scalars only, so that map styles, QGIS and spreadsheets can use them; dates and times as in RFC 3339."""
    claim, expression, footprint, place = feature.claim, feature.expression, feature.footprint, feature.place
    anchor_lon, anchor_lat = (place and place.point) or (None, None)
    return {
        "kind": footprint.kind,
        "relation": expression.relation,
        "phrase": expression.span.of(report.text),
        "event": claim.event,
        "outcome": claim.outcome,
        "actor": claim.actor,
        "claim_status": claim.claim_status,
        "unverified": claim.unverified,
        "speaker": claim.speaker.name,
        "speaker_side": claim.speaker.side,
        "start": claim.start.isoformat(),
        "end": claim.end.isoformat(),
        "time_precision": claim.time_precision,
        "time_basis": claim.time_basis,
        "as_of": (claim.as_of or report.published).isoformat(),
        "published": report.published.isoformat(),
        "recorded": timestamp(recorded),
        "place_id": place.id if place else None,
        "place_name": place.name if place else None,
        "place_name_uk": place.name_uk if place else None,
        "anchor_lon": anchor_lon,
        "anchor_lat": anchor_lat,
        "compass": _compass(feature),
        "distance_km": expression.distance_km,
        "direction_name": feature.direction_name,
        "uncertainty_m": footprint.uncertainty_m,
        "geo_precision": footprint.geo_precision,
        "probability": footprint.probability,
        "method": footprint.method,
        "quote": claim.span.of(report.text),
        "quote_start": claim.span.start,
        "quote_end": claim.span.end,
        "lang": lang,
        "report_id": report.id,
        "report_url": report.url,
        "report_title": report.title,
        "publisher": report.publisher,
        "independent_sources": ALONE,
        "citation": citation(report),
        "claim_id": feature.claim_id,
    }


def citation(report: Report) -> str:
    """Publisher, title, day and address, as a journalist would write them under a map."""
    title = f"“{report.title}”" if report.title else None
    return ", ".join(part for part in (report.publisher, title, report.published.isoformat(), report.url) if part)


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC, to the microsecond, ending in Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _compass(feature: Feature) -> Compass | None:
    """The bearing drawn, or else the only one that was said."""
    said = feature.expression.compass
    return feature.footprint.compass or (said[0] if len(said) == 1 else None)
