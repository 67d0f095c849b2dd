"""The number of independent sources in the features of a real database, as reports come and go."""

import json
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.domain.feature import Understanding
from app.domain.reading import Speaker
from app.domain.vocabulary import SpeakerSide
from app.store.tables.evidence import claim
from app.store.tables.interpretation import feature
from app.store.tables.operations import revision
from app.store.write.ledger import claims_of, web
from app.store.write.reports import forget, redraw, write
from app.store.write.run import Run
from tests.store.factories import KUPIANSK, RECORDED, RUN, a_report, features_of, understood

TELLING = 'South of Bakhmut they said "independent_sources":7,"citation" and the fighting goes on.\n'


def told_by(publisher: str, text: str, side: SpeakerSide = SpeakerSide.MEDIA, **given: Any) -> Understanding:
    return understood(a_report(publisher=publisher, text=text), speaker=Speaker(publisher, side), **given)


ONE = told_by("Morning Courier", TELLING)
COPY = told_by("Steppe Radio", TELLING)
OTHER = told_by(
    "Institute of Maps", "South of Bakhmut drones filmed a long exchange of fire.\n", SpeakerSide.THIRD_PARTY
)
ELSEWHERE = told_by("Front Gazette", "South of Kupiansk drones filmed something.\n", place=KUPIANSK)


def put(connection: Connection, *understandings: Understanding) -> None:
    for each in understandings:
        assert write(connection, each, features_of(each), RUN, RECORDED)


def sources(connection: Connection) -> dict[str, int]:
    """By publisher, as the bodies say it."""
    bodies = connection.execute(select(feature.c.publisher, feature.c.body))
    return {row.publisher: json.loads(row.body)["properties"]["independent_sources"] for row in bodies}


def test_the_number_follows_what_comes(connection: Connection) -> None:
    put(connection, ONE, COPY)
    assert sources(connection) == {"Morning Courier": 1, "Steppe Radio": 1}
    put(connection, OTHER, ELSEWHERE)
    assert sources(connection) == {
        "Morning Courier": 2,
        "Steppe Radio": 2,
        "Institute of Maps": 2,
        "Front Gazette": 1,
    }


def test_words_that_look_like_the_number_are_left_alone(connection: Connection) -> None:
    put(connection, ONE)
    before = json.loads(connection.execute(select(feature.c.body)).scalar_one())
    put(connection, OTHER)
    body = connection.execute(select(feature.c.body).where(feature.c.publisher == "Morning Courier")).scalar_one()
    after = json.loads(body)
    assert after["properties"].pop("independent_sources") == 2
    assert before["properties"].pop("independent_sources") == 1
    assert after == before
    assert '"independent_sources":7,' in after["properties"]["quote"]


def test_the_number_follows_what_goes(connection: Connection) -> None:
    put(connection, ONE, COPY, OTHER)
    evidence = connection.execute(select(claim).where(claim.c.report_id == ONE.report.id)).all()
    forget(connection, OTHER.report.id)
    assert sources(connection) == {"Morning Courier": 1, "Steppe Radio": 1}
    assert connection.execute(select(claim).where(claim.c.report_id == ONE.report.id)).all() == evidence
    with pytest.raises(LookupError):
        forget(connection, OTHER.report.id)


def test_redrawn_elsewhere_a_claim_leaves_its_neighbours(connection: Connection) -> None:
    put(connection, ONE, OTHER)
    moved = told_by("Institute of Maps", OTHER.report.text, SpeakerSide.THIRD_PARTY, place=KUPIANSK)
    better = Run("test", "f" * 24, "2")
    redraw(connection, moved, features_of(moved), better)
    assert sources(connection) == {"Morning Courier": 1, "Institute of Maps": 1}
    redraw(connection, OTHER, features_of(OTHER), better)
    assert sources(connection) == {"Morning Courier": 2, "Institute of Maps": 2}


def test_a_claim_without_a_feature_is_linked_by_its_name(connection: Connection) -> None:
    put(connection, ONE)
    assert write(connection, COPY, (), RUN, RECORDED)
    [claim] = claims_of(connection, [COPY.report.id])
    assert [each.publisher for each in web(connection, [claim]).copies(claim)] == ["Morning Courier"]


def test_every_change_is_told_to_readers(connection: Connection) -> None:
    def number_now() -> int:
        number: int = connection.execute(select(revision.c.number)).scalar_one()
        return number

    put(connection, ONE)
    before = number_now()
    forget(connection, ONE.report.id)
    assert number_now() == before + 1
