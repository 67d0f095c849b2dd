"""Reports, readings and features made by hand; everything has a default, so a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from shapely import Point, box, orient_polygons, set_precision
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from app.domain.feature import Feature, Understanding, claim_id, feature_id
from app.domain.interpretation import Candidate, Footprint, NoFootprint, Resolution
from app.domain.place import NameReference, Place
from app.domain.reading import Claim, Mention, Reading, SpatialExpression, Speaker
from app.domain.report import Passage, Report
from app.domain.text import Span
from app.domain.vocabulary import (
    Actor,
    ClaimStatus,
    Compass,
    Event,
    FeatureKind,
    GeoPrecision,
    Language,
    MentionOutcome,
    NameKind,
    Outcome,
    PassageKind,
    PlaceKind,
    Relation,
    SpeakerSide,
    TimeBasis,
    TimePrecision,
    Use,
)
from app.store.write.reports import write
from app.store.write.run import Run

RUN = Run("test", "0" * 24, "1")
RECORDED = datetime(2023, 7, 12, 9, 30, tzinfo=UTC)
BAKHMUT = Place("UA14120030010086248", "Bakhmut", "Бахмут", "Бахмут", PlaceKind.CITY, 37.999, 48.595, "UA")
KUPIANSK = Place("UA63080090010026457", "Kupiansk", "Куп'янськ", "Купянск", PlaceKind.CITY, 37.616, 49.711, "UA")
GENERAL_STAFF = Speaker("the General Staff", SpeakerSide.UA)
SOUTH = orient_polygons(box(37.85, 48.35, 38.1, 48.55))


def a_report(**given: Any) -> Report:
    values: dict[str, Any] = {
        "text": "South of Bakhmut the fighting goes on.\n",
        "published": date(2023, 7, 12),
        "publisher": "Testimony Daily",
        "title": "A day at the front",
        "url": "https://news.example/1",
    }
    return Report(**values | given)


def a_reading(report: Report, **given: Any) -> Reading:
    """One paragraph, one mention, one expression over the first three words, one claim: `given` is about the claim."""
    end = len(report.text.rstrip())
    surface = report.text.split()[2]
    start = report.text.index(surface)
    claim: dict[str, Any] = {
        "span": Span(0, end),
        "event": Event.CLASH,
        "outcome": Outcome.ONGOING,
        "actor": Actor.UNKNOWN,
        "speaker": GENERAL_STAFF,
        "claim_status": ClaimStatus.CLAIMED,
        "unverified": False,
        "start": report.published,
        "end": report.published,
        "time_precision": TimePrecision.DAY,
        "time_basis": TimeBasis.STATED,
        "expressions": (0,),
        "passage": 0,
    }
    return Reading(
        lang=report.lang or Language.EN,
        passages=(Passage(Span(0, end), PassageKind.PARAGRAPH),),
        mentions=(a_mention(Span(start, start + len(surface)), surface),),
        expressions=(
            SpatialExpression(
                Span(0, start + len(surface)), Relation.BEARING, anchors=(0,), passage=0, compass=(Compass.S,)
            ),
        ),
        claims=(Claim(**claim | given),),
    )


def a_mention(span: Span, surface: str) -> Mention:
    return Mention(span, surface, Use.LITERAL, (NameReference(BAKHMUT.id, NameKind.ENGLISH, Language.EN),), passage=0)


def a_footprint(geometry: BaseGeometry = SOUTH, **given: Any) -> Footprint:
    is_point = isinstance(geometry, Point)
    values: dict[str, Any] = {
        "kind": FeatureKind.POINT if is_point else FeatureKind.SECTOR,
        "uncertainty_m": 4000.0,
        "geo_precision": GeoPrecision.EXACT if is_point else GeoPrecision.RELATIVE,
        "probability": None if is_point else 0.75,
        "method": "point" if is_point else "wedge",
        "rules_version": "1",
        "anchors": (0,),
        "compass": Compass.S,
    }
    return Footprint(geometry, **values | given)


def understood(
    report: Report | None = None,
    *,
    geometry: BaseGeometry = SOUTH,
    place: Place = BAKHMUT,
    footprint: dict[str, Any] | None = None,
    **claim: Any,
) -> Understanding:
    """A report of one claim at one place."""
    report = report or a_report()
    reading = a_reading(report, **claim)
    resolution = Resolution(MentionOutcome.RESOLVED, place, (Candidate(place, 0.0, ("the only one",)),))
    return Understanding(report, reading, (resolution,), ((a_footprint(geometry, **footprint or {}),),))


def features_of(understanding: Understanding) -> tuple[Feature, ...]:
    """Every footprint of every claim."""
    reading = understanding.reading
    features: dict[str, Feature] = {}
    for claim in reading.claims:
        said = claim_id(understanding.report, reading, claim)
        for index in claim.expressions:
            for footprint in understanding.footprints[index]:
                if not isinstance(footprint, NoFootprint):
                    expression = reading.expressions[index]
                    place = understanding.resolutions[footprint.anchors[0]].place
                    key = feature_id(said, reading, expression, footprint)
                    features[key] = Feature(key, said, claim, index, expression, footprint, place, None)
    return tuple(features.values())


def stored(connection: Connection, report: Report | None = None, **given: Any) -> str:
    """Writes a report of one feature, of which `given` is told as in `understood`; the feature's id.

    Reports are told apart by a number in their address, so that the same words can be stored many times.
    """
    given_report = {key: given.pop(key) for key in ("publisher", "published", "lang", "url", "title") if key in given}
    recorded = given.pop("recorded", RECORDED)
    understanding = understood(report or numbered_report(connection, **given_report), **given)
    features = features_of(understanding)
    assert write(connection, understanding, features, RUN, recorded)
    return features[0].id


def numbered_report(connection: Connection, **given: Any) -> Report:
    number = connection.exec_driver_sql("SELECT count(*) FROM report").scalar_one()
    return a_report(**{"url": f"https://news.example/{number}"} | given)


def grid(drawing: str, west: float = 37.0, north: float = 49.0, step: float = 0.1) -> dict[str, Point]:
    """Letters of a drawing as points, `step` degrees apart; the first lies at `west` and `north`."""
    rows = [row for row in drawing.splitlines() if row.strip()]
    return {
        letter: set_precision(Point(west + column * step, north - line * step), 1e-6)
        for line, row in enumerate(rows)
        for column, letter in enumerate(row)
        if letter.isalnum()
    }


def again(understanding: Understanding, **changed: Any) -> Understanding:
    return replace(understanding, **changed)
