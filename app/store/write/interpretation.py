"""What was resolved and drawn from a report, as rows of the interpretation tables. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from geoalchemy2 import WKBElement
from geoalchemy2.shape import from_shape
from shapely import MultiPolygon, Point, Polygon, make_valid, union_all
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import Range

from app.domain.feature import Feature, Understanding
from app.domain.interpretation import NoFootprint
from app.domain.wire import candidate_json
from app.drawing.plane import on_the_wire
from app.drawing.shapes import polar
from app.linking.keys import claim_keys
from app.store.properties import body
from app.store.tables import interpretation as tables
from app.store.tables.months import month_of

Values = dict[str, Any]


def interpretation(
    understanding: Understanding, features: Sequence[Feature], run_id: str, recorded: datetime
) -> list[tuple[Table, list[Values]]]:
    """The rows of every table; `recorded` is when the report was, so that redrawing changes nothing else."""
    of_report = {"report_id": understanding.report.id, "run_id": run_id}
    drawn = [of_report | _feature(feature, understanding, recorded) for feature in features]
    return [
        (tables.resolution, [of_report | row for row in _resolutions(understanding)]),
        (tables.issue, [of_report | row for row in _issues(understanding)]),
        (tables.feature_key, [{column.name: row[column.name] for column in tables.feature_key.c} for row in drawn]),
        (tables.feature, drawn),
        (tables.claim_key, [of_report | row for row in _keys(understanding, features)]),
    ]


def ground(features: Sequence[Feature]) -> WKBElement | None:
    """All that was drawn of a report as one area, a settlement as far as it reaches; None where nothing was."""
    # What is not valid, the database refuses where it is stored; here it is only no stumbling block.
    drawn = {_area(feature): None for feature in features}
    areas = [area if area.is_valid else make_valid(area) for area in drawn]
    if not areas:
        return None
    whole = on_the_wire(union_all(areas))
    return from_shape(MultiPolygon([whole]) if isinstance(whole, Polygon) else whole, srid=4326)


def _area(feature: Feature) -> BaseGeometry:
    shape, metres = feature.footprint.geometry, feature.footprint.uncertainty_m
    return polar((shape.x, shape.y), 0.0, metres / 1000).geometry if isinstance(shape, Point) else shape


def _resolutions(understanding: Understanding) -> list[Values]:
    return [
        {
            "mention": mention,
            "outcome": resolution.outcome,
            "place_id": resolution.place.id if resolution.place else None,
            "candidates": [candidate_json(candidate) for candidate in resolution.candidates],
        }
        for mention, resolution in enumerate(understanding.resolutions)
    ]


def _issues(understanding: Understanding) -> list[Values]:
    return [
        {"expression": expression, "position": position, "anchors": list(missing.anchors), "reason": missing.reason}
        for expression, footprints in enumerate(understanding.footprints)
        for position, missing in enumerate(footprints)
        if isinstance(missing, NoFootprint)
    ]


def _keys(understanding: Understanding, features: Sequence[Feature]) -> list[Values]:
    published, claims = understanding.report.published, understanding.reading.claims
    return [
        {"claim": claim, "key": key, "said": claims[claim].as_of or published}
        for claim, keys in claim_keys(understanding, features).items()
        for key in keys
    ]


def _feature(feature: Feature, understanding: Understanding, recorded: datetime) -> Values:
    report, reading = understanding.report, understanding.reading
    claim, footprint = feature.claim, feature.footprint
    return {
        "id": feature.id,
        "claim": reading.claims.index(claim),
        "claim_id": feature.claim_id,
        "expression": feature.expression_index,
        "kind": footprint.kind,
        "relation": feature.expression.relation,
        "event": claim.event,
        "outcome": claim.outcome,
        "actor": claim.actor,
        "claim_status": claim.claim_status,
        "unverified": claim.unverified,
        "speaker_side": claim.speaker.side,
        "start_on": claim.start,
        "month": month_of(claim.start, claim.end),
        "occurrence": Range(claim.start, claim.end, bounds="[]"),
        "as_of": claim.as_of or report.published,
        "published": report.published,
        "recorded": recorded,
        "place_id": feature.place.id if feature.place else None,
        "publisher": report.publisher,
        "lang": reading.lang,
        "uncertainty_m": footprint.uncertainty_m,
        "geo_precision": footprint.geo_precision,
        "probability": footprint.probability,
        "method": footprint.method,
        "rules_version": footprint.rules_version,
        "geom": from_shape(footprint.geometry, srid=4326),
        "body": body(feature, report, reading.lang, recorded),
    }
