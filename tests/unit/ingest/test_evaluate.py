"""The measures of the evaluation, on readings of one marked report that are right, or wrong on purpose."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.feature import Understanding
from app.domain.interpretation import Resolution
from app.domain.place import Place
from app.domain.reading import Claim, Mention, Reading, SpatialExpression, Speaker
from app.domain.report import Report
from app.domain.text import Span
from app.domain.vocabulary import (
    Actor,
    ClaimStatus,
    Compass,
    Event,
    Language,
    MentionOutcome,
    Outcome,
    PlaceKind,
    Relation,
    SpeakerSide,
    TimeBasis,
    TimePrecision,
    Use,
)
from app.gazetteer.open import Gazetteer
from app.ingest.compare import read_atoms, same_anchor
from app.ingest.evaluate import Tally, score
from app.ingest.marks import Anchor, Marked, read_marked
from app.ingest.pipeline import understand

TEXT = "Moscow said that troops attacked near Torske (6km east of Lyman) and between Terny and Lyman."
TORSKE, LYMAN, TERNY = (49.01, 37.97), (48.99, 37.81), (49.09, 37.96)


def mention_json(surface: str, point: tuple[float, float] | None, start: int) -> dict[str, object]:
    place = {"name": surface, "lat": point[0], "lon": point[1], "confidence": "high"} if point else None
    told = {"surface": surface, "start": start, "end": start + len(surface), "literal": point is not None}
    return {**told, "type": "settlement", "place": place}


def phrase(
    relation: str, *anchors: str, bearing: list[float] | None = None, km: float | None = None
) -> dict[str, object]:
    return {
        "relation": relation,
        "anchors": [{"place": anchor} for anchor in anchors],
        "bearing_deg": bearing,
        "distance_km": km,
    }


@pytest.fixture
def marked(tmp_path: Path) -> Marked:
    annotation = {
        "mentions": [
            mention_json("Moscow", None, 0),
            mention_json("Torske", TORSKE, TEXT.index("Torske")),
            mention_json("Lyman", LYMAN, TEXT.index("Lyman")),
            mention_json("Terny", TERNY, TEXT.index("Terny")),
            mention_json("Lyman", LYMAN, TEXT.rindex("Lyman")),
        ],
        "spatial": [
            phrase("near", "Torske"),
            phrase("distance_direction", "Lyman", bearing=[90.0], km=6.0),
            phrase("between", "Terny", "Lyman"),
        ],
        "claims": [
            {
                "event_type": "ground_assault/clashes",
                "actor": "RU",
                "spatial": [0, 1],
                "date_from": "2023-08-31",
                "date_to": "2023-08-31",
                "date_precision": "day",
                "claimed_by": {"name": "Moscow", "side": "RU"},
                "verification": "claimed",
            }
        ],
    }
    given = {"id": "1", "lang": "en", "text": TEXT, "published": "2023-09-01", "outlet": None}
    for folder, content in (("reports", given), ("annotations", annotation)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.json").write_text(json.dumps(content))
    (one,) = read_marked(tmp_path)
    return one


def mention(surface: str, start: int, use: Use = Use.LITERAL) -> Mention:
    return Mention(Span(start, start + len(surface)), surface, use, (), 0)


def settled(name: str, point: tuple[float, float]) -> Resolution:
    place = Place(name, name, None, None, PlaceKind.SETTLEMENT, point[1], point[0], "UA")
    return Resolution(MentionOutcome.RESOLVED, place, ())


UNSETTLED = Resolution(MentionOutcome.AMBIGUOUS, None, ())
WHOLE = Span(0, len(TEXT))
CLAIM = Claim(
    span=WHOLE,
    event=Event.ASSAULT,
    outcome=Outcome.UNKNOWN,
    actor=Actor.RU,
    speaker=Speaker("Moscow", SpeakerSide.RU),
    claim_status=ClaimStatus.CLAIMED,
    unverified=False,
    start=date(2023, 8, 31),
    end=date(2023, 8, 31),
    time_precision=TimePrecision.DAY,
    time_basis=TimeBasis.STATED,
    expressions=(0, 1),
    passage=0,
)


@pytest.fixture
def right(marked: Marked) -> Understanding:
    mentions = (
        mention("Moscow", 0, Use.ASSOCIATIVE),
        mention("Torske", TEXT.index("Torske")),
        mention("Lyman", TEXT.index("Lyman")),
        mention("Terny", TEXT.index("Terny")),
        mention("Lyman", TEXT.rindex("Lyman")),
    )
    expressions = (
        SpatialExpression(WHOLE, Relation.NEAR, (1,), 0),
        SpatialExpression(WHOLE, Relation.BEARING, (2,), 0, (Compass.E,), 6, gloss_of=1),
        SpatialExpression(WHOLE, Relation.BETWEEN, (3, 4), 0),
    )
    resolutions = (UNSETTLED, settled("T", TORSKE), settled("L", LYMAN), settled("R", TERNY), settled("L", LYMAN))
    reading = Reading(Language.EN, (), mentions, expressions, (CLAIM,))
    return Understanding(marked.report, reading, resolutions, ((), (), ()))


def changed(
    understanding: Understanding, index: int, *, mention: Mention | None = None, resolution: Resolution | None = None
) -> Understanding:
    mentions, resolutions = list(understanding.reading.mentions), list(understanding.resolutions)
    mentions[index] = mention or mentions[index]
    resolutions[index] = resolution or resolutions[index]
    reading = replace(understanding.reading, mentions=tuple(mentions))
    return replace(understanding, reading=reading, resolutions=tuple(resolutions))


def with_expressions(understanding: Understanding, *expressions: SpatialExpression) -> Understanding:
    reading = replace(understanding.reading, expressions=expressions, claims=())
    return replace(understanding, reading=reading, footprints=((),) * len(expressions))


def with_claim(understanding: Understanding, claim: Claim) -> Understanding:
    return replace(understanding, reading=replace(understanding.reading, claims=(claim,)))


def test_a_right_reading_has_full_marks(marked: Marked, right: Understanding) -> None:
    figures = score(marked, right).figures()
    assert figures.pop("wrong point") == 0
    assert figures.pop("unresolved") == 0
    assert set(figures.values()) == {1.0}
    assert not score(marked, right).errors


def test_a_missed_name_costs_recall_and_a_spurious_one_precision(marked: Marked, right: Understanding) -> None:
    elsewhere = mention("troops", TEXT.index("troops"))
    tally = score(marked, changed(right, 1, mention=elsewhere))
    assert tally.recall("mention") == tally.precision("mention") == 3 / 4
    assert sum("mention" in error for error in tally.errors) == 2


def test_a_government_taken_for_a_place_is_a_wrong_use_and_a_spurious_name(
    marked: Marked, right: Understanding
) -> None:
    tally = score(marked, changed(right, 0, mention=mention("Moscow", 0)))
    assert tally.recall("use") == 4 / 5
    assert tally.precision("mention") == 4 / 5
    assert tally.recall("mention") == 1


@pytest.mark.parametrize(
    ("resolution", "expected"),
    [
        (settled("near by", (49.01, 38.06)), {"place<=5km": 3, "place<=10km": 4, "wrong point": 0, "unresolved": 0}),
        (settled("far", (48.0, 37.97)), {"place<=5km": 3, "place<=10km": 3, "wrong point": 1, "unresolved": 0}),
        (UNSETTLED, {"place<=5km": 3, "place<=10km": 3, "wrong point": 0, "unresolved": 1}),
    ],
)
def test_places_are_told_right_wrong_or_open(
    marked: Marked, right: Understanding, resolution: Resolution, expected: dict[str, int]
) -> None:
    tally = score(marked, changed(right, 1, resolution=resolution))
    assert {measure: tally.hits[measure] for measure in expected} == expected


@pytest.mark.parametrize(
    ("expression", "found", "blurred"),
    [
        (SpatialExpression(WHOLE, Relation.NEAR, (1,), 0), 1, 1),
        (SpatialExpression(WHOLE, Relation.AT, (1,), 0), 0, 1),
        (SpatialExpression(WHOLE, Relation.NEAR, (3,), 0), 0, 0),
        (SpatialExpression(WHOLE, Relation.BEARING, (2,), 0, (Compass.ENE,), 6.5), 1, 1),
        (SpatialExpression(WHOLE, Relation.BEARING, (2,), 0, (Compass.NE,), 6), 0, 0),
        (SpatialExpression(WHOLE, Relation.BEARING, (2,), 0, (Compass.E,), 8), 0, 0),
        (SpatialExpression(WHOLE, Relation.BEARING, (2,), 0, (Compass.E,)), 0, 0),
        (SpatialExpression(WHOLE, Relation.BETWEEN, (3, 2), 0), 1, 1),
        (SpatialExpression(WHOLE, Relation.AXIS, (3, 2), 0), 0, 0),
    ],
)
def test_an_expression_is_its_relation_anchor_bearing_and_distance(
    marked: Marked, right: Understanding, expression: SpatialExpression, found: int, blurred: int
) -> None:
    tally = score(marked, with_expressions(right, expression))
    assert (tally.hits["expression"], tally.hits["expression~"]) == (found, blurred)
    assert (tally.marked["expression"], tally.read["expression"]) == (3, 1)


def test_what_may_be_found_or_not_counts_neither_way(marked: Marked, right: Understanding) -> None:
    lenient = replace(marked, atoms=tuple(replace(atom, optional=i == 0) for i, atom in enumerate(marked.atoms)))
    assert score(lenient, right).precision("expression") == 1
    without = with_expressions(right, *right.reading.expressions[1:])
    assert score(lenient, without).recall("expression") == 1


def test_a_gloss_is_no_place_of_the_claim(marked: Marked, right: Understanding) -> None:
    assert len(marked.claims) == 1
    assert score(marked, right).precision("claim") == 1


@pytest.mark.parametrize(
    ("measure", "claim"),
    [
        ("actor", replace(CLAIM, actor=Actor.UNKNOWN)),
        ("side", replace(CLAIM, speaker=Speaker("Kyiv", SpeakerSide.UA))),
        ("status", replace(CLAIM, claim_status=ClaimStatus.DENIED)),
        ("date", replace(CLAIM, end=date(2023, 9, 1))),
    ],
)
def test_what_a_claim_says_is_told_right_or_wrong(
    marked: Marked, right: Understanding, measure: str, claim: Claim
) -> None:
    tally = score(marked, with_claim(right, claim))
    assert tally.recall("claim") == 1
    assert {name: tally.recall(name) for name in ("actor", "side", "status", "date")} == {
        name: float(name != measure) for name in ("actor", "side", "status", "date")
    }


def test_a_claim_of_another_event_is_another_claim(marked: Marked, right: Understanding) -> None:
    tally = score(marked, with_claim(right, replace(CLAIM, event=Event.SHELLING)))
    assert tally.hits["claim"] == 0
    assert len([error for error in tally.errors if "claim" in error]) == 2


def test_tallies_add_up(marked: Marked, right: Understanding) -> None:
    whole = Tally()
    whole.merge(score(marked, right))
    whole.merge(score(marked, with_expressions(right)))
    assert whole.recall("expression") == 0.5
    assert whole.precision("expression") == 1
    assert whole.f1("expression") == pytest.approx(2 / 3)


def test_areas_are_compared_by_name_whatever_their_middle(atlas: Gazetteer) -> None:
    report = Report("Drones flew over Kharkiv Oblast.", date(2024, 5, 1), "The desk")
    [[atom]] = read_atoms(understand(report, atlas))
    marked_elsewhere = Anchor(frozenset({"kharkiv"}), 49.0, 34.0)
    assert same_anchor(marked_elsewhere, atom.anchors[0])
    assert not same_anchor(Anchor(frozenset({"poltava"}), 49.9, 36.9), atom.anchors[0])
