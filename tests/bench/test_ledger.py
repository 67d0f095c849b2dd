"""How long a report takes to find its place among 100,000 claims: for `make bench` alone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import Connection, text

from app.domain.reading import Speaker
from app.domain.vocabulary import SpeakerSide
from app.store.write.ledger import claims_of, recount
from app.store.write.reports import write
from tests.store.factories import RECORDED, RUN, a_report, features_of, understood

REPORTS, CLAIMS_EACH = 10_000, 10
DAYS, PLACES = 1_000, 200
"""100 claims a day; every fifth of them at one place, as reports do name a few places most of the time."""

FILL = f"""
INSERT INTO source VALUES ('s', 'Some Agency');
INSERT INTO speaker
    SELECT 'p' || n, 'Speaker ' || n, (ARRAY['UA', 'RU', 'media'])[1 + n % 3] FROM generate_series(0, 9) n;
INSERT INTO run (id, code_version, gazetteer_digest, rules_version) VALUES ('r', 'c', 'g', '1');
INSERT INTO report (id, source_id, text, published, lang, claim_count)
    SELECT 'report' || n, 's', repeat('Troops advanced near place ' || n || ' and dug in there. ', {CLAIMS_EACH}),
           date '2021-01-01' + n % {DAYS}, 'en', {CLAIMS_EACH} FROM generate_series(0, {REPORTS - 1}) n;
INSERT INTO passage SELECT id, 0, 0, 300, 'paragraph' FROM report;
INSERT INTO claim
    SELECT id, n, md5(id || n), n * 30, n * 30 + 30, (ARRAY['advance', 'shelling', 'clash'])[1 + n % 3], 'success',
           'UA', 'p' || n, 'claimed', false, published, published, 'day', 'stated', NULL, 0
    FROM report, generate_series(0, {CLAIMS_EACH - 1}) n;
INSERT INTO interpretation SELECT id, 'r' FROM report;
INSERT INTO claim_key
    SELECT id, n, kind || place, published, 'r'
    FROM report, generate_series(0, {CLAIMS_EACH - 1}) n, (VALUES ('spot/bearing:S:'), ('name/')) AS kinds (kind),
         LATERAL (SELECT CASE WHEN n < 2 THEN :here ELSE 'place' || (hashtext(id || n) % {PLACES}) END AS place) AS at;
ANALYZE;
"""


@pytest.fixture
def filled(connection: Connection) -> Connection:
    for statement in FILL.split(";"):
        if statement.strip():
            connection.execute(text(statement), {"here": "UA14120030010086248"} if ":here" in statement else {})
    assert connection.execute(text("SELECT count(*) FROM claim")).scalar_one() == REPORTS * CLAIMS_EACH
    return connection


def test_adding_a_report(filled: Connection, benchmark: BenchmarkFixture) -> None:
    numbers = iter(range(1_000_000))

    def new() -> tuple[tuple[Any, ...], dict[str, Any]]:
        day = date(2022, 7, 1 + next(numbers) % 28)
        report = a_report(url=f"https://news.example/{next(numbers)}", published=day)
        understanding = understood(report, speaker=Speaker("A witness", SpeakerSide.MEDIA))
        return (filled, understanding, features_of(understanding), RUN, RECORDED), {}

    run: Callable[..., object] = benchmark.pedantic
    run(write, setup=new, rounds=50)


def test_the_ledger_alone(filled: Connection, benchmark: BenchmarkFixture) -> None:
    run: Callable[..., object] = benchmark.pedantic
    run(lambda: recount(filled, claims_of(filled, ["report5000"])), rounds=20)
