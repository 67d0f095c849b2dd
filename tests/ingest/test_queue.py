"""The queue: what is handed in is done once, by whichever worker lives, and told of when it is through."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, func, select, text

from app.domain.report import Report
from app.domain.vocabulary import DateBasis, Language
from app.gazetteer.open import Gazetteer
from app.ingest import archive
from app.ingest.hand_in import (
    facts_of,
    facts_values,
    hand_in_address,
    hand_in_report,
    later,
    redraw_later,
    report_of,
    report_values,
)
from app.ingest.job import Known, Queued
from app.ingest.tasks import Workshop
from app.ingest.worker import work
from app.sources.draft import Facts
from app.sources.fetch import Fetcher
from app.sources.samples import sample_reports
from app.store.intake import jobs, keys
from app.store.tables.evidence import report
from tests.bench.chaos import crew, waiting
from tests.briefings import ALL, COURIER
from tests.database import Server
from tests.ingest.tables import differences, without_revision

SCHEMA = "c70ec4b400a60ad9"
"""Of the library's tables as migration 0004 made them."""


@pytest.fixture
def engine(own_database_url: str) -> Iterator[Engine]:
    made = create_engine(own_database_url)
    yield made
    made.dispose()


def do_all(engine: Engine, atlas: Gazetteer) -> None:
    """One worker, until no job is left."""
    work(engine.url.render_as_string(hide_password=False), lambda own: Workshop(atlas, own, Fetcher()), stay=False)


def stored(engine: Engine, job_id: int) -> jobs.StoredJob:
    with engine.connect() as connection:
        found = jobs.one_job(connection, job_id)
    assert found is not None
    return found


def handed_in(engine: Engine, given: Report) -> int:
    with engine.begin() as connection:
        return hand_in_report(connection, given)


def test_the_same_report_is_one_job_before_and_after(engine: Engine, atlas: Gazetteer) -> None:
    job = handed_in(engine, COURIER)
    assert stored(engine, job).status == "todo"
    assert handed_in(engine, COURIER) == job
    assert handed_in(engine, replace(COURIER, publisher="Another Courier")) != job
    do_all(engine, atlas)
    done = stored(engine, job)
    assert (done.status, done.outcome, done.report_ids) == ("succeeded", "read", [COURIER.id])
    assert handed_in(engine, COURIER) == job
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(report)).scalar_one() == 2
    assert [type(each) for each in later([COURIER], engine)] == [Known]


def test_the_queue_leads_to_the_rows_of_a_run_in_the_foreground(
    engine: Engine, atlas: Gazetteer, database_server: Server, _migrated: URL
) -> None:
    assert [type(each) for each in later([*ALL, *ALL], engine)] == [Queued] * 2 * len(ALL)
    do_all(engine, atlas)
    with database_server.database(_migrated) as url:
        other = create_engine(url)
        list(archive.ingest(ALL, atlas, other))
        other.dispose()
        urls = [each.render_as_string(hide_password=False) for each in (engine.url, url)]
        assert differences(urls[0], urls[1]) == {}


def test_redrawing_by_workers_changes_nothing(engine: Engine, atlas: Gazetteer) -> None:
    list(archive.ingest(ALL, atlas, engine))
    url = engine.url.render_as_string(hide_password=False)
    before = {table: found for table, found in without_revision(url).items() if table != "job_result"}
    assert redraw_later(engine) == len(ALL)
    do_all(engine, atlas)
    with engine.connect() as connection:
        assert jobs.counts(connection)["frontline:redraw"] == {"succeeded": 1}
    assert before.items() <= without_revision(url).items()


def test_what_fails_for_good_is_shown_and_can_be_done_again(engine: Engine, atlas: Gazetteer) -> None:
    with engine.begin() as connection:
        job = hand_in_address(connection, "http://127.0.0.1:9/page", Facts())
        assert hand_in_address(connection, "http://127.0.0.1:9/page", Facts()) == job
        assert hand_in_address(connection, "http://127.0.0.1:9/other", Facts()) != job
    do_all(engine, atlas)
    with engine.begin() as connection:
        [other, failed] = jobs.jobs_in(connection, ["failed"], 10)
        assert failed.id == job
        assert failed.outcome == "failed"
        assert "127.0.0.1" in str(failed.detail)
        assert jobs.counts(connection)["frontline:fetch"] == {"failed": 2}
        assert jobs.retry(connection, job)
        assert not jobs.retry(connection, job)
        assert stored(engine, other.id).status == "failed"
    assert stored(engine, job).status == "todo"


def test_jobs_of_the_dead_are_handed_over_and_given_up_in_the_end(engine: Engine) -> None:
    job = handed_in(engine, COURIER)
    for attempt in range(jobs.DEATHS + 1):
        with engine.begin() as connection:
            worker = connection.execute(text("SELECT procrastinate_register_worker_v1()")).scalar_one()
            fetched = text("SELECT id FROM procrastinate_fetch_job_v2(NULL, :worker)")
            assert connection.execute(fetched, {"worker": worker}).scalar_one() == job
            assert jobs.hand_over(connection, silence=60) == 0, "it lives"
        with engine.begin() as connection:
            moved = jobs.hand_over(connection, silence=0)
        assert moved == (attempt < jobs.DEATHS)
    assert stored(engine, job).status == "failed"
    assert "workers died" in str(stored(engine, job).detail)


def test_killed_workers_leave_the_rows_of_a_quiet_run(
    own_database_url: str, database_server: Server, _migrated: URL, gazetteer_path: Path, atlas: Gazetteer
) -> None:
    chance, kills = random.Random(7), 0
    reports = list(sample_reports())[:12]
    engine = create_engine(own_database_url)
    list(later(reports, engine))
    with crew(own_database_url, gazetteer_path, 2) as started:
        while waiting(own_database_url):
            time.sleep(1)
            kills += kills < 2 and started.kill_one(chance)
    assert kills == 2
    engine.dispose()
    with database_server.database(_migrated) as url:
        quiet = create_engine(url)
        list(archive.ingest(reports, atlas, quiet))
        quiet.dispose()
        assert differences(own_database_url, url.render_as_string(hide_password=False)) == {}


def test_what_goes_through_the_queue_comes_out_as_it_was() -> None:
    given = Report("Words.", date(2023, 7, 12), "P", "T", "https://e.example/", Language.UK, DateBasis.FEED)
    assert report_of(report_values(given)) == given
    assert report_of(report_values(given)).basis is DateBasis.FEED
    assert report_of(report_values(COURIER)) == COURIER
    for facts in (Facts(), Facts(date(2023, 7, 12), "P", "T", "https://e.example/", Language.RU, DateBasis.TEXT)):
        assert facts_of(facts_values(facts)) == facts


def test_old_jobs_go_with_their_results(engine: Engine, atlas: Gazetteer) -> None:
    job = handed_in(engine, COURIER)
    do_all(engine, atlas)
    with engine.begin() as connection:
        jobs.drop_old(connection, hours=1)
        assert jobs.one_job(connection, job) is not None
        connection.execute(text("UPDATE procrastinate_events SET at = at - interval '2 hours'"))
        jobs.drop_old(connection, hours=1)
        assert jobs.one_job(connection, job) is None
        assert connection.execute(text("SELECT count(*) FROM job_result")).scalar_one() == 0


def test_a_key_is_known_until_it_is_revoked(engine: Engine) -> None:
    with engine.begin() as connection:
        key_id, key = keys.add(connection, "a desk")
        assert keys.holder(connection, key) == "a desk"
        assert keys.holder(connection, key[:-1]) is None
        assert key not in str(connection.execute(text("SELECT * FROM api_key")).all())
        assert keys.revoke(connection, key_id)
        assert not keys.revoke(connection, key_id)
        assert keys.holder(connection, key) is None
        assert [(each.name, each.revoked is None) for each in keys.keys(connection)] == [("a desk", False)]


def test_the_library_has_the_tables_that_the_migration_made() -> None:
    """With another schema, it needs a migration of ours that brings the tables to it."""
    content = (files("procrastinate.sql") / "schema.sql").read_bytes()
    assert sha256(content).hexdigest()[:16] == SCHEMA
