"""Counts say what the queries find."""

from dataclasses import replace
from datetime import date

import pytest
from shapely import Point
from sqlalchemy import Connection

from app.domain.feature import Understanding
from app.domain.interpretation import Resolution
from app.domain.vocabulary import Event, FeatureKind, MentionOutcome
from app.store.bounds import Days
from app.store.read.counts import Per, by_day, changes, coverage, swept, timeline
from app.store.read.query import Query, count
from app.store.write.reports import write
from tests.store.factories import RUN, a_report, stored, understood

JUNE_30 = date(2023, 6, 30)
OCCURRENCES = [
    (date(2023, 6, 30), date(2023, 6, 30)),
    (date(2023, 6, 30), date(2023, 7, 3)),
    (date(2023, 7, 1), date(2023, 7, 31)),
    (date(2023, 1, 1), date(2023, 12, 31)),
    (date(2023, 7, 12), date(2023, 7, 12)),
]


@pytest.mark.parametrize("per", Per)
@pytest.mark.parametrize(
    "asked", [None, Days(date(2023, 6, 29), date(2023, 7, 13)), Days(None, JUNE_30), Days(date(2023, 7, 13), None)]
)
def test_a_stretch_counts_what_a_query_for_its_days_finds(connection: Connection, per: Per, asked: Days | None) -> None:
    for start, end in OCCURRENCES:
        stored(connection, start=start, end=end, event=Event.SHELLING if start == end else Event.CLASH)
    bounds = asked or Days(None, None)
    told: dict[date, int] = {}
    for start, _event, number in connection.execute(timeline(Query(occurrence=asked), per)).all():
        told[start] = told.get(start, 0) + number
    assert told
    for start, number in told.items():
        days = Days(max(start, bounds.start or start), min(per.last_day(start), bounds.end or date.max))
        assert number == connection.execute(count(Query(occurrence=days))).scalar_one()
    assert list(told) == sorted(told)
    query = Query(occurrence=asked)
    kept = connection.execute(changes(query)).all()
    counted = connection.execute(timeline(query, per)).all()
    assert list(swept(kept, per, asked)) == [(start, str(event), number) for start, event, number in counted]
    if per is Per.WEEK:
        assert {start.weekday() for start in told} == {0}


def test_events_are_counted_apart_and_filters_hold(connection: Connection) -> None:
    day = date(2023, 7, 12)
    for event in (Event.SHELLING, Event.SHELLING, Event.CLASH):
        stored(connection, event=event, start=day, end=day)
    stored(connection, event=Event.CLASH, start=day, end=day, geometry=Point(30, 50))
    rows = connection.execute(timeline(Query(area=Point(38, 48.4).buffer(0.01)), Per.DAY)).all()
    assert [tuple(row) for row in rows] == [(day, Event.CLASH, 1), (day, Event.SHELLING, 2)]


def test_kept_counts_tell_kinds_and_events_apart(connection: Connection) -> None:
    stored(connection, event=Event.SHELLING, geometry=Point(38, 48.4), start=JUNE_30, end=date(2023, 7, 2))
    stored(connection, event=Event.SHELLING, start=JUNE_30, end=JUNE_30)
    stored(connection, event=Event.CLASH, start=date(2023, 7, 2), end=date(2023, 7, 2))
    for query in (
        Query(), Query(kind=(FeatureKind.POINT,)), Query(event=(Event.SHELLING,)), Query(only=FeatureKind.SECTOR),
        Query(event=(Event.AIR_STRIKE,)), Query(occurrence=Days(date(2023, 7, 1), date(2023, 7, 1))),
        Query(occurrence=Days(date(2025, 1, 1), None)), Query(occurrence=Days(None, date(2020, 1, 1))),
    ):  # fmt: skip
        assert by_day(query)
        for per in Per:
            kept = list(swept(connection.execute(changes(query)).all(), per, query.occurrence))
            counted = connection.execute(timeline(query, per)).all()
            assert kept == [(start, str(event), number) for start, event, number in counted]


@pytest.mark.parametrize(
    ("per", "start", "last"),
    [
        (Per.DAY, date(2024, 2, 28), date(2024, 2, 28)),
        (Per.WEEK, date(2024, 2, 26), date(2024, 3, 3)),
        (Per.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (Per.MONTH, date(2023, 12, 1), date(2023, 12, 31)),
    ],
)
def test_last_days(per: Per, start: date, last: date) -> None:
    assert per.last_day(start) == last


def test_coverage_tells_silence_from_trouble(connection: Connection) -> None:
    stored(connection)
    empty = understood(a_report(url="https://news.example/silent"))
    nothing = replace(empty.reading, mentions=(), expressions=(), claims=())
    write(connection, Understanding(empty.report, nothing, (), ()), (), RUN)
    troubled = understood(a_report(url="https://news.example/troubled"))
    unknown = (Resolution(MentionOutcome.UNKNOWN, None, ()),)
    write(connection, replace(troubled, resolutions=unknown, footprints=((),)), (), RUN)
    stored(connection, publisher="Front Gazette", published=date(2023, 7, 13))

    rows = [tuple(row) for row in connection.execute(coverage(None, None)).all()]
    assert rows == [
        (date(2023, 7, 13), "Front Gazette", 1, 0, 1, 1, 0, 0),
        (date(2023, 7, 12), "Testimony Daily", 3, 1, 2, 1, 1, 0),
    ]
    assert len(connection.execute(coverage(Days(None, date(2023, 7, 12)), None)).all()) == 1
    assert len(connection.execute(coverage(None, "Front Gazette")).all()) == 1
    assert connection.execute(coverage(Days(date(2023, 7, 14), None), None)).all() == []
