"""Which features a query finds, on the real database."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point, box, orient_polygons, unary_union
from sqlalchemy import Connection, func, select

from app.domain.reading import Speaker
from app.domain.vocabulary import Actor, ClaimStatus, Event, FeatureKind, Language, SpeakerSide
from app.store.bounds import Box, Days, Moments
from app.store.read import pages
from app.store.read.counts import kept
from app.store.read.order import Key
from app.store.read.pages import Counting
from app.store.read.query import Query, count, values
from app.store.tables.interpretation import LASTING, LASTING_DAYS, feature
from tests.store.factories import BAKHMUT, KUPIANSK, grid, stored

DAY = date(2023, 7, 12)


def found(connection: Connection, query: Query) -> set[str]:
    ids = [feature for _, feature in listed(connection, query)]
    assert len(ids) == len(set(ids)) == connection.execute(count(query)).scalar_one()
    return set(ids)


def listed(connection: Connection, query: Query, counting: Counting = Counting.EXACT) -> list[tuple[str, str]]:
    """Days and ids on the page, in its order, by the statement that pages are made by."""
    asked = pages.statement(query, counting), values(query) | pages.place(query)
    _, _, there, text, matched, *key = connection.execute(*asked).one()
    features = json.loads(f"[{bytes(text).decode()}]")
    found = [(each["properties"]["start"], each["id"]) for each in features]
    assert there == len(found) or (there == len(found) + 1 and (str(key[0]), key[1]) == found[-1])
    assert matched is None or matched >= there
    return found


def day(number: int) -> date:
    return DAY + timedelta(days=number)


# Days

ALLEN = {
    "before": (1, 2, 4, 6, False),
    "meets": (1, 3, 4, 6, False),
    "overlaps": (2, 4, 4, 6, True),
    "starts": (4, 5, 4, 6, True),
    "during": (5, 5, 4, 6, True),
    "finishes": (5, 6, 4, 6, True),
    "equals": (4, 6, 4, 6, True),
    "finished by": (2, 6, 4, 6, True),
    "contains": (2, 8, 4, 6, True),
    "started by": (4, 8, 4, 6, True),
    "overlapped by": (6, 8, 4, 6, True),
    "met by": (7, 8, 4, 6, False),
    "after": (8, 9, 4, 6, False),
}
"""Allen 1983: first and last day of what happened, of what is asked for, and whether they share a day."""


# From DAY, the twelfth of July: the last and the first days of a month, and what lies within one.
STARTS = (-12, -11, 0, 1, 19, 20)
LENGTHS = (1, 2, 3, LASTING_DAYS - 1, LASTING_DAYS, LASTING_DAYS + 1, 400)


@pytest.mark.parametrize("relation", ALLEN)
def test_all_relations_of_allen(connection: Connection, relation: str) -> None:
    start, end, asked_start, asked_end, shares = ALLEN[relation]
    feature = stored(connection, start=day(start), end=day(end))
    stored(connection, start=day(40), end=day(41))
    hits = found(connection, Query(occurrence=Days(day(asked_start), day(asked_end))))
    assert hits == ({feature} if shares else set())


def shares_a_day(occurrence: tuple[int, int], asked: tuple[int | None, int | None]) -> bool:
    """The model: two sets of days, the asked one cut to where anything happens."""
    first, last = asked[0] if asked[0] is not None else -999, asked[1] if asked[1] is not None else 999
    return bool(set(range(occurrence[0], occurrence[1] + 1)) & set(range(first, last + 1)))


ENDS = sorted({start + length + beside for start in STARTS for length in LENGTHS for beside in (-2, -1, 0, 1)})
"""Of what is asked for: on, beside and between the ends of what happened."""


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ends=st.tuples(st.none() | st.sampled_from(ENDS), st.none() | st.sampled_from(ENDS)))
def test_days_in_the_database_are_days_in_the_model(
    every_occurrence: tuple[Connection, dict[str, tuple[int, int]]], ends: tuple[int | None, int | None]
) -> None:
    """All relations of Allen, with open ends, beside every boundary: of days, of months and of what lasts."""
    connection, occurrences = every_occurrence
    first, last = ends
    if first is not None and last is not None and last < first:
        with pytest.raises(ValueError, match="before it starts"):
            Days(day(first), day(last))
        return
    asked = Days(None if first is None else day(first), None if last is None else day(last))
    expected = {feature for feature, occurrence in occurrences.items() if shares_a_day(occurrence, ends)}
    query = Query(occurrence=asked)
    assert found(connection, query) == expected
    assert connection.execute(kept(query)).scalar_one() == len(expected)


@pytest.fixture
def every_occurrence(connection: Connection) -> tuple[Connection, dict[str, tuple[int, int]]]:
    intervals = [(start, start + length - 1) for start in STARTS for length in LENGTHS]
    held = {stored(connection, start=day(a), end=day(b)): (a, b) for a, b in intervals}
    drawn = connection.execute(select(feature.c.month, func.count()).group_by(feature.c.month)).all()
    assert {month for month, _ in drawn} == {LASTING, date(2023, 6, 1), date(2023, 7, 1), date(2023, 8, 1)}
    return connection, held


def test_publication_and_recording_are_clocks_of_their_own(connection: Connection) -> None:
    noon = datetime(2023, 7, 20, 12, tzinfo=UTC)
    feature = stored(connection, published=DAY, start=day(-30), end=day(-30), recorded=noon)
    stored(connection, published=day(1), start=day(-30), end=day(-30), recorded=noon + timedelta(seconds=1))
    assert found(connection, Query(published=Days(DAY, DAY))) == {feature}
    assert found(connection, Query(published=Days(None, DAY))) == {feature}
    assert found(connection, Query(recorded=Moments(None, noon))) == {feature}
    assert found(connection, Query(recorded=Moments(noon, noon))) == {feature}
    assert found(connection, Query(occurrence=Days(DAY, DAY))) == set()


# Areas

MAP = """
a...b
.cde.
f...g
"""


def test_an_area_finds_what_lies_in_it(connection: Connection) -> None:
    at = grid(MAP)
    ids = {letter: stored(connection, geometry=point) for letter, point in at.items()}
    inner = box(at["c"].x - 0.01, at["c"].y - 0.01, at["e"].x + 0.01, at["e"].y + 0.01)
    assert found(connection, Query(area=inner)) == {ids["c"], ids["d"], ids["e"]}
    assert found(connection, Query(area=inner, occurrence=Days(day(99), None))) == set()


def test_areas_that_only_touch_do_not_match(connection: Connection) -> None:
    middle = box(37.2, 48.2, 37.4, 48.4)
    neighbours = {
        "edge": box(37.4, 48.2, 37.6, 48.4),
        "corner": box(37.4, 48.4, 37.6, 48.6),
        "on the edge": Point(37.4, 48.3),
        "apart": box(38.4, 48.2, 38.6, 48.4),
    }
    inside = {
        "overlap": box(37.39, 48.2, 37.6, 48.4),
        "within": box(37.25, 48.25, 37.3, 48.3),
        "around": box(37, 48, 38, 49),
        "equal": middle,
        "point": Point(37.3, 48.3),
    }
    for shape in neighbours.values():
        stored(connection, geometry=orient_polygons(shape))
    matches = {stored(connection, geometry=orient_polygons(shape)) for shape in inside.values()}
    assert found(connection, Query(area=middle)) == matches


def test_an_area_of_several_parts(connection: Connection) -> None:
    at = grid(MAP)
    ids = {letter: stored(connection, geometry=point) for letter, point in at.items()}
    parts = unary_union([at["a"].buffer(0.02), at["g"].buffer(0.02)])
    assert found(connection, Query(area=parts)) == {ids["a"], ids["g"]}


def test_a_box_finds_what_it_touches_and_crosses_the_antimeridian(connection: Connection) -> None:
    edge = stored(connection, geometry=Point(37.4, 48.3))
    east, west = stored(connection, geometry=Point(179.5, 48.3)), stored(connection, geometry=Point(-179.5, 48.3))
    assert found(connection, Query(box=Box(37.2, 48.2, 37.4, 48.4))) == {edge}
    assert found(connection, Query(box=Box(179, 48, -179, 49))) == {east, west}
    assert found(connection, Query(box=Box(37.4, 48.3, 37.4, 48.3))) == {edge}


@pytest.mark.parametrize("edges", [(0, 50, 1, 49), (-181, 0, 1, 1), (0, 0, 1, 91), (float("nan"), 0, 1, 1)])
def test_impossible_boxes(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="lie between"):
        Box(*edges)


# Words

CASES: dict[str, tuple[dict[str, Any], dict[str, Any], Query]] = {
    "kind": ({"geometry": Point(38, 48)}, {}, Query(kind=(FeatureKind.POINT,))),
    "event": ({"event": Event.SHELLING}, {"event": Event.ASSAULT}, Query(event=(Event.SHELLING, Event.OTHER))),
    "actor": ({"actor": Actor.RU}, {"actor": Actor.UA}, Query(actor=(Actor.RU,))),
    "speaker_side": ({"speaker": Speaker("S", SpeakerSide.RU)}, {}, Query(speaker_side=(SpeakerSide.RU,))),
    "claim_status": (
        {"claim_status": ClaimStatus.DENIED},
        {"claim_status": ClaimStatus.CLAIMED},
        Query(claim_status=(ClaimStatus.DENIED,)),
    ),
    "lang": ({"lang": Language.UK}, {"lang": Language.RU}, Query(lang=(Language.UK,))),
    "publisher": ({"publisher": "Front Gazette"}, {"publisher": "front gazette"}, Query(publisher="Front Gazette")),
    "place": ({"place": KUPIANSK}, {"place": BAKHMUT}, Query(place=KUPIANSK.id)),
    "min_probability": (
        {"footprint": {"probability": 0.8}},
        {"footprint": {"probability": None}},
        Query(min_probability=0.8),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_word_finds_its_feature_and_no_other(connection: Connection, name: str) -> None:
    wanted, other, query = CASES[name]
    feature = stored(connection, **wanted)
    irrelevant = stored(connection, **other)
    assert found(connection, query) == {feature}
    assert found(connection, Query()) == {feature, irrelevant}


# Pages


def test_pages_hold_every_feature_once_latest_first(connection: Connection) -> None:
    for number in (3, 1, 2, 1, 1, 0, 3):
        stored(connection, start=day(number), end=day(number + 1))
    seen: list[tuple[date, str]] = []
    query = Query(limit=2)
    while page := listed(connection, query):
        seen += [(date.fromisoformat(start), feature) for start, feature in page]
        query = Query(limit=2, after=Key((seen[-1][0],), seen[-1][1]))
    assert len(set(seen)) == len(seen) == 7
    assert all(a > b for a, b in pairwise(seen))
