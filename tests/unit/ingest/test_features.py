"""Which footprints of a claim become features."""

from datetime import date

from shapely.geometry import Point, box

from app.domain.feature import Understanding
from app.domain.interpretation import Footprint, NoFootprint, Resolution
from app.domain.place import Place
from app.domain.reading import Claim, Mention, Reading, SpatialExpression, Speaker
from app.domain.report import Passage, Report
from app.domain.text import Span
from app.domain.vocabulary import (
    Actor,
    ClaimStatus,
    Event,
    FeatureKind,
    GeoPrecision,
    Language,
    MentionOutcome,
    Outcome,
    PassageKind,
    PlaceKind,
    Relation,
    SpeakerSide,
    TimeBasis,
    TimePrecision,
    Use,
)
from app.ingest.features import build_features

TEXT = "Lyman direction: shelling near Torske (12 km east of Lyman), Donetsk Oblast, and in Sumy Oblast."
NAMES = ("Lyman", "Torske", "Lyman", "Donetsk Oblast", "Sumy Oblast")
DIRECTION, VILLAGE, GLOSS, OBLAST, OTHER_OBLAST = range(5)
RELATIONS = (Relation.OPERATIONAL_DIRECTION, Relation.NEAR, Relation.DISTANCE, Relation.AT, Relation.AT)


def understanding(used: tuple[int, ...], undrawn: tuple[int, ...] = (), claims: int = 1) -> Understanding:
    span = Span(0, len(TEXT))
    mentions = tuple(Mention(span, name, Use.LITERAL, (), 0) for name in NAMES)
    expressions = tuple(
        SpatialExpression(span, relation, (i,), 0, gloss_of=VILLAGE if i == GLOSS else None)
        for i, relation in enumerate(RELATIONS)
    )
    claim = Claim(
        span=span,
        event=Event.SHELLING,
        outcome=Outcome.UNKNOWN,
        actor=Actor.UNKNOWN,
        speaker=Speaker("Sumy police", SpeakerSide.UA),
        claim_status=ClaimStatus.CLAIMED,
        unverified=False,
        start=date(2024, 5, 1),
        end=date(2024, 5, 1),
        time_precision=TimePrecision.DAY,
        time_basis=TimeBasis.AS_OF,
        expressions=used,
        passage=0,
    )
    reading = Reading(Language.EN, (Passage(span, PassageKind.PARAGRAPH),), mentions, expressions, (claim,) * claims)
    areas = (
        box(37.7, 48.9, 37.9, 49.1),
        box(37.9, 48.9, 38, 49),
        box(37.9, 48.9, 38.1, 49),
        box(36, 47, 39, 50),
        box(33, 50, 35, 52),
    )
    precision = (
        GeoPrecision.RELATIVE,
        GeoPrecision.NEAR,
        GeoPrecision.RELATIVE,
        GeoPrecision.OBLAST,
        GeoPrecision.OBLAST,
    )
    footprints = tuple(
        (NoFootprint((i,), "two candidates"),)
        if i in undrawn
        else (Footprint(area, FeatureKind.SECTOR, 5000.0, p, None, "test", "1", (i,)),)
        for i, (area, p) in enumerate(zip(areas, precision, strict=True))
    )
    place = Place("UA1", "Lyman", "Лиман", "Лиман", PlaceKind.CITY, 37.8, 48.99, "UA")
    resolved = Resolution(MentionOutcome.RESOLVED, place, ())
    return Understanding(Report(TEXT, date(2024, 5, 1), "Sample desk"), reading, (resolved,) * 5, footprints)


def drawn(*used: int, undrawn: tuple[int, ...] = ()) -> list[int]:
    return [f.expression_index for f in build_features(understanding(used, undrawn))]


def test_a_direction_frames_the_village_said_in_it() -> None:
    assert drawn(DIRECTION, VILLAGE) == [VILLAGE]


def test_a_direction_alone_is_the_place() -> None:
    assert drawn(DIRECTION) == [DIRECTION]


def test_a_direction_stands_in_for_a_village_that_could_not_be_settled() -> None:
    assert drawn(DIRECTION, VILLAGE, undrawn=(VILLAGE,)) == [DIRECTION]


def test_an_oblast_frames_what_lies_in_it_and_no_other() -> None:
    assert drawn(VILLAGE, OBLAST, OTHER_OBLAST) == [VILLAGE, OTHER_OBLAST]


def test_a_gloss_is_no_place_of_the_event() -> None:
    assert drawn(VILLAGE, GLOSS) == [VILLAGE]


def test_a_gloss_stands_in_for_the_village_it_explains() -> None:
    assert drawn(DIRECTION, VILLAGE, GLOSS, undrawn=(VILLAGE,)) == [GLOSS]


def test_the_same_claim_twice_is_one_feature() -> None:
    assert len(build_features(understanding((VILLAGE,), claims=2))) == 1


def test_the_direction_is_named_on_the_feature() -> None:
    (feature,) = build_features(understanding((DIRECTION, VILLAGE)))
    assert feature.direction_name == "Lyman"
    assert feature.place is not None


def test_ids_hold_what_was_said_not_where_it_was_found() -> None:
    here = build_features(understanding((VILLAGE,)))[0]
    moved = understanding((VILLAGE,))
    elsewhere = Footprint(Point(30, 50), FeatureKind.POINT, 10.0, GeoPrecision.EXACT, None, "other", "2", (VILLAGE,))
    moved = Understanding(
        moved.report, moved.reading, moved.resolutions, (*moved.footprints[:1], (elsewhere,), *moved.footprints[2:])
    )
    assert build_features(moved)[0].id == here.id
