"""A report is stored once, whole or not at all, and comes back from evidence as it was."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from shapely import Point, Polygon, box
from sqlalchemy import Connection, Table, create_engine, delete, select
from sqlalchemy.exc import IntegrityError

from app.domain.feature import Understanding
from app.domain.interpretation import Candidate, NoFootprint, Resolution
from app.domain.place import NameReference
from app.domain.reading import Claim, Mention, SpatialExpression, Speaker
from app.domain.report import Passage
from app.domain.text import Span
from app.domain.vocabulary import (
    Actor,
    ClaimStatus,
    Compass,
    Event,
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
from app.store.read.load import is_known, load_reading, report_ids, stale_report_ids
from app.store.tables import evidence, interpretation, operations
from app.store.tables.interpretation import metadata
from app.store.write.reports import redraw, write
from app.store.write.run import Run
from tests.store.factories import (
    BAKHMUT,
    KUPIANSK,
    RECORDED,
    RUN,
    a_footprint,
    a_report,
    features_of,
    understood,
)

BETTER = Run("test", "f" * 24, "2")


def put(connection: Connection, understanding: Understanding, run: Run = RUN) -> bool:
    return write(connection, understanding, features_of(understanding), run, RECORDED)


def rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key)).all()]


def everything(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    own_clock = {"run", "revision"}
    return {name: rows(connection, table) for name, table in metadata.tables.items() if name not in own_clock}


def intricate() -> Understanding:
    """A report that uses every field of the domain, each with a value that is not its default."""
    text = "Bakhmut direction\nNorth and south of Opytne (4 km south of Bakhmut) they advanced, and «Ґ𝒳» said so."
    report = a_report(text=text, lang=Language.EN)
    place = text.index("Opytne")
    gloss = text.index("4 km")
    reading_mentions = (
        Mention(
            Span(0, 7), "Bakhmut", Use.LITERAL, (NameReference("a", NameKind.FORMER, Language.RU),), 0,
            frozenset({PlaceKind.CITY, PlaceKind.RAION}), fuzzy=True,
        ),
        Mention(Span(place, place + 6), "Opytne", Use.ASSOCIATIVE, (), 1),
    )  # fmt: skip
    expressions = (
        SpatialExpression(Span(0, 17), Relation.OPERATIONAL_DIRECTION, (0,), 0),
        SpatialExpression(Span(18, place + 6), Relation.BEARING, (1,), 1, (Compass.N, Compass.S), part="left_bank"),
        SpatialExpression(Span(gloss, gloss + 21), Relation.BEARING, (0,), 1, (Compass.S,), 4.0, gloss_of=1),
    )
    common: dict[str, Any] = {
        "span": Span(18, len(text)),
        "event": Event.ADVANCE,
        "actor": Actor.UA,
        "claim_status": ClaimStatus.DENIED,
        "start": date(2023, 7, 1),
        "end": date(2023, 7, 31),
        "time_precision": TimePrecision.MONTH,
        "passage": 1,
    }
    base = understood(report)
    reading = replace(
        base.reading,
        passages=(
            Passage(Span(0, 17), PassageKind.HEADING),
            Passage(Span(18, len(text)), PassageKind.ITEM, heading=0),
        ),
        mentions=reading_mentions,
        expressions=expressions,
        claims=(
            Claim(
                **common, outcome=Outcome.SUCCESS, speaker=Speaker("Z", SpeakerSide.RU), unverified=True,
                time_basis=TimeBasis.AS_OF, expressions=(1, 0), as_of=date(2023, 7, 11),
            ),
            Claim(
                **common, outcome=Outcome.NO_SUCCESS, speaker=Speaker("A", SpeakerSide.MEDIA), unverified=False,
                time_basis=TimeBasis.STATED, expressions=(),
            ),
        ),
    )  # fmt: skip
    losers = (Candidate(BAKHMUT, 0.25, ("near",)), Candidate(KUPIANSK, 3.0, ("far", "large")))
    return Understanding(
        report,
        reading,
        (Resolution(MentionOutcome.AMBIGUOUS, None, losers), Resolution(MentionOutcome.RESOLVED, BAKHMUT, losers)),
        (
            (NoFootprint((0,), "two places go by that name"),),
            (a_footprint(anchors=(1,)), a_footprint(box(37.9, 48.6, 38, 48.7), anchors=(1,), compass=Compass.N)),
            (NoFootprint((0,), "as above"),),
        ),
    )


def test_a_reading_comes_back_equal(connection: Connection) -> None:
    understanding = intricate()
    put(connection, understanding)
    report, reading = load_reading(connection, understanding.report.id)
    assert (report, reading) == (understanding.report, understanding.reading)
    assert report.id == understanding.report.id


@pytest.mark.parametrize("kind", [Mention, SpatialExpression, Claim, Passage])
def test_every_field_of_the_domain_is_tried(kind: type) -> None:
    """A field added to the domain has to be stored too: the report above must give it a value to tell."""
    reading = intricate().reading
    held = [*reading.passages, *reading.mentions, *reading.expressions, *reading.claims]
    for field in fields(kind):
        values = {repr(getattr(each, field.name)) for each in held if isinstance(each, kind)}
        assert values != {repr(field.default)}, f"{kind.__name__}.{field.name} always has its default"


def test_a_known_report_is_not_written_again(connection: Connection) -> None:
    understanding = intricate()
    assert put(connection, understanding)
    before, revision = everything(connection), rows(connection, operations.revision)
    assert not put(connection, understanding, BETTER)
    assert everything(connection) == before
    assert rows(connection, operations.revision) == revision
    assert is_known(connection, understanding.report.id)
    assert not is_known(connection, a_report(title="another").id)


def test_the_same_reports_in_another_order_are_the_same_rows(connection: Connection) -> None:
    reports = [intricate(), understood(), understood(a_report(publisher="Front Gazette"), actor=Actor.RU)]
    stored = []
    for order in (reports, reports[::-1]):
        with connection.begin_nested() as savepoint:
            for understanding in order:
                put(connection, understanding)
            stored.append(everything(connection))
            savepoint.rollback()
    assert stored[0] == stored[1]


def test_a_report_that_held_nothing_is_recorded(connection: Connection) -> None:
    report = a_report(text="The weather was fine.")
    base = understood()
    empty = replace(base.reading, passages=(), mentions=(), expressions=(), claims=())
    assert put(connection, Understanding(report, empty, (), ()))
    assert connection.execute(select(evidence.report.c.claim_count)).scalar_one() == 0
    assert not put(connection, Understanding(report, empty, (), ()))
    assert load_reading(connection, report.id) == (report, empty)


def test_what_could_not_be_drawn_empties_nothing_and_is_named(connection: Connection) -> None:
    put(connection, intricate())
    issue = interpretation.issue.c
    reasons = connection.execute(select(issue.reason).order_by(issue.expression)).scalars().all()
    assert reasons == ["two places go by that name", "as above"]
    assert len(rows(connection, interpretation.feature)) == 2


def test_every_mention_has_an_outcome_and_its_candidates(connection: Connection) -> None:
    put(connection, intricate())
    kept = connection.execute(select(interpretation.resolution).order_by(interpretation.resolution.c.mention)).all()
    assert [(row.outcome, row.place_id) for row in kept] == [("ambiguous", None), ("resolved", BAKHMUT.id)]
    assert [c["id"] for c in kept[0].candidates] == [BAKHMUT.id, KUPIANSK.id]
    assert kept[0].candidates[1]["reasons"] == ["far", "large"]


def test_redrawing_with_the_same_run_gives_the_same_bytes(connection: Connection) -> None:
    understanding = intricate()
    put(connection, understanding)
    before = everything(connection)
    redraw(connection, understanding, features_of(understanding), RUN)
    assert everything(connection) == before


def test_redrawing_changes_interpretation_and_no_evidence(connection: Connection) -> None:
    understanding, bystander = understood(), understood(a_report(url="https://news.example/2", title="a bystander"))
    put(connection, understanding)
    put(connection, bystander)
    before = everything(connection)
    assert stale_report_ids(connection, BETTER) == report_ids(connection)
    moved = replace(understanding, footprints=((a_footprint(box(37.9, 48.3, 38.0, 48.4)),),))
    redraw(connection, moved, features_of(moved), BETTER)
    after = everything(connection)
    evidence = {"source", "report", "passage", "speaker", "mention", "spatial_expression", "claim", "claim_expression"}
    assert {name: after[name] for name in evidence} == {name: before[name] for name in evidence}
    assert set(before["feature"]) & set(after["feature"]), "the bystander's feature is untouched"
    assert len(after["feature"]) == 2
    assert before["feature"] != after["feature"]
    assert stale_report_ids(connection, BETTER) == [bystander.report.id]


def test_a_report_that_is_not_stored_cannot_be_redrawn(connection: Connection) -> None:
    understanding = understood()
    with pytest.raises(LookupError, match=understanding.report.id):
        redraw(connection, understanding, features_of(understanding), RUN)
    with pytest.raises(LookupError):
        load_reading(connection, understanding.report.id)


def test_every_change_moves_the_revision(connection: Connection) -> None:
    understanding = understood()
    seen = [rows(connection, operations.revision)[0][1]]
    put(connection, understanding)
    seen.append(rows(connection, operations.revision)[0][1])
    redraw(connection, understanding, features_of(understanding), RUN)
    seen.append(rows(connection, operations.revision)[0][1])
    assert seen == [seen[0], seen[0] + 1, seen[0] + 2]


IMPOSSIBLE: dict[str, dict[str, Any]] = {
    "not_null_island": {"geometry": Point(0, 0)},
    "valid": {"geometry": Polygon([(37, 48), (38, 49), (38, 48), (37, 49)])},
    "valid, wound the wrong way": {"geometry": Polygon([(37, 48), (37, 49), (38, 49), (38, 48)])},
    "on_earth, empty": {"geometry": Polygon()},
    "on_earth": {"geometry": Point(48.5, 97.9)},
    "uncertainty": {"footprint": {"uncertainty_m": 0.0}},
    "uncertainty, not a number": {"footprint": {"uncertainty_m": float("inf")}},
    "probability": {"footprint": {"probability": 1.5}},
    "kind_of_geometry": {"geometry": Point(38, 48), "footprint": {"kind": "sector"}},
}


@pytest.mark.parametrize("rule", IMPOSSIBLE)
def test_the_database_refuses_what_cannot_be_and_keeps_nothing_of_it(connection: Connection, rule: str) -> None:
    before = everything(connection)
    with pytest.raises((IntegrityError, ValueError)) as refused:
        put(connection, understood(**IMPOSSIBLE[rule]))
    if isinstance(refused.value, IntegrityError):
        assert f"ck_feature_{rule.split(',', maxsplit=1)[0]}" in str(refused.value)
    assert everything(connection) == before


def test_a_claim_told_twice_is_kept_twice_as_evidence_and_drawn_once(connection: Connection) -> None:
    once = understood()
    claim = once.reading.claims[0]
    twice = replace(once, reading=replace(once.reading, claims=(claim, replace(claim, span=Span(0, 20)))))
    put(connection, twice)
    assert len(rows(connection, evidence.claim)) == 2
    assert len({row.id for row in connection.execute(select(evidence.claim)).all()}) == 1
    assert len(rows(connection, interpretation.feature)) == 1
    assert load_reading(connection, twice.report.id)[1] == twice.reading


def test_many_writers_of_the_same_reports_leave_the_rows_of_one(own_database_url: str) -> None:
    reports = [understood(a_report(title=str(number)), actor=Actor.RU) for number in range(6)] + [intricate()]
    engine = create_engine(own_database_url)

    def put_all(order: list[Understanding]) -> list[bool]:
        with engine.connect() as connection:
            return [put(connection, understanding) for understanding in order]

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(put_all, [reports, reports[::-1], reports[3:] + reports[:3], reports]))
    with engine.connect() as connection:
        assert sum(map(sum, told)) == len(reports) == len(rows(connection, evidence.report))
        assert rows(connection, operations.revision)[0][1] == len(reports)
        together = everything(connection)
        connection.execute(delete(interpretation.interpretation))
        for table in reversed(metadata.sorted_tables):
            if table is not operations.revision:
                connection.execute(delete(table))
        for understanding in reports:
            put(connection, understanding)
        assert everything(connection) == together
    engine.dispose()
