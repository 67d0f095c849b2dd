"""Archives: any number of lines, by several processes, stopped and begun again, with lines that are none."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, func, select

from app.domain.errors import ReportError
from app.domain.report import Report
from app.gazetteer.open import Gazetteer
from app.ingest import archive, job
from app.ingest.pipeline import interpret
from app.sources.draft import Facts
from app.sources.paths import read_stream
from app.store.tables.evidence import report
from app.store.tables.jobs import uncounted
from app.store.write import count
from tests.bench.synthetic import archive as synthetic
from tests.briefings import ALL, COURIER, DENIED
from tests.database import Server
from tests.ingest.tables import differences, rows

LINES = [json.dumps(line, ensure_ascii=False) for line in synthetic(80)]
BROKEN = {7: "{", 20: '{"text": ""}', 33: '{"text": "No day is told."}', 50: "plain words"}


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "archive.jsonl"
    told = [BROKEN.get(number, line) for number, line in enumerate(LINES, 1)]
    path.write_text("\n".join(told), encoding="utf-8")
    return path


@pytest.fixture
def other_url(database_server: Server, _migrated: URL) -> Iterator[str]:
    with database_server.database(_migrated) as url:
        yield url.render_as_string(hide_password=False)


def start(url: str, gazetteer: Path, *words: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "DATABASE_URL": url, "FRONTLINE_GAZETTEER_PATH": str(gazetteer)}
    command = [sys.executable, "-c", "from app.cli import main; main()", "ingest", "--json", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


def test_two_processes_leave_the_rows_of_one(
    own_database_url: str, other_url: str, gazetteer_path: Path, lines: Path
) -> None:
    """The second is killed with all its helpers first, and run again."""
    alone, killed = (start(url, gazetteer_path, str(lines)) for url in (own_database_url, other_url))
    wait_for(other_url, reports=1)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    told, errors = alone.communicate(timeout=300)
    assert alone.returncode == 1
    for number in BROKEN:
        assert f"{lines}, line {number}: " in errors
    told_again, _ = start(other_url, gazetteer_path, str(lines), "-j", "2").communicate(timeout=300)
    assert differences(own_database_url, other_url) == {}
    first, second = (json.loads(each)["counts"] for each in (told, told_again))
    assert first["read"] + first["known"] + first["failed"] == len(LINES)
    assert first["failed"] == len(BROKEN)
    assert 0 < second["read"] < first["read"]
    before = rows(other_url)
    told_again, _ = start(other_url, gazetteer_path, str(lines), "-j", "2").communicate(timeout=300)
    assert json.loads(told_again)["counts"]["read"] == 0
    assert rows(other_url) == before


def wait_for(url: str, reports: int) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        while connection.execute(select(func.count()).select_from(report)).scalar_one() < reports:
            time.sleep(0.01)
    engine.dispose()


def test_lines_are_read_as_they_are_asked_for() -> None:
    stream = BytesIO("\n".join(LINES * 1000).encode())
    reports = read_stream("a stream", stream, Facts())
    assert isinstance(next(reports), Report)
    assert stream.tell() < 10_000


def test_one_report_on_which_the_reader_trips_keeps_no_other_out(
    own_database_url: str, atlas: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trips(given: Report, *rest: object) -> object:
        if given == COURIER:
            raise ZeroDivisionError
        return interpret(given, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(job, "interpret", trips)
    engine = create_engine(own_database_url)
    taken = list(archive.ingest(ALL, atlas, engine))
    assert [isinstance(each, ReportError) for each in taken] == [given == COURIER for given in ALL]
    assert "ZeroDivisionError" in str(taken[0])
    monkeypatch.undo()
    assert [type(each) for each in archive.ingest(ALL, atlas, engine)] == [job.Read, *[job.Known] * (len(ALL) - 1)]
    engine.dispose()


def test_one_report_that_the_database_refuses_keeps_no_other_out(
    own_database_url: str, atlas: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(given: Report, *rest: object) -> object:
        understanding, features = interpret(given, *rest)  # type: ignore[arg-type]
        if given != COURIER:
            return understanding, features
        return understanding, [
            replace(each, footprint=replace(each.footprint, uncertainty_m=-1.0)) for each in features
        ]

    monkeypatch.setattr(job, "interpret", wrong)
    engine = create_engine(own_database_url)
    taken = list(archive.ingest(ALL, atlas, engine))
    assert [isinstance(each, ReportError) for each in taken] == [given == COURIER for given in ALL]
    assert "CheckViolation" in str(taken[0])
    assert len(rows(own_database_url)["report"]) == len(ALL) - 1
    engine.dispose()


def test_what_was_stored_and_not_counted_is_counted_by_whoever_comes_next(
    own_database_url: str, other_url: str, atlas: Gazetteer
) -> None:
    one, other = (create_engine(url) for url in (own_database_url, other_url))
    list(archive.ingest(ALL, atlas, one))
    job.take([job.received(each) for each in ALL[:-1]], atlas, other)
    with other.connect() as connection:
        assert connection.execute(select(func.count()).select_from(uncounted)).scalar_one() == len(ALL) - 1
    list(archive.ingest([DENIED], atlas, other))
    assert differences(own_database_url, other_url) == {}
    with other.connect() as connection:
        assert not count.is_due(connection)
    one.dispose()
    other.dispose()


def test_whoever_does_not_have_the_turn_leaves_the_counting_to_whoever_has(
    own_database_url: str, atlas: Gazetteer
) -> None:
    engine = create_engine(own_database_url)
    job.take([job.received(each) for each in ALL], atlas, engine)
    with engine.connect() as holder:
        count.wait_for_turn(holder)
        count.count_due(engine)
        assert count.is_due(holder)
        holder.rollback()
    count.count_due(engine)
    with engine.connect() as connection:
        assert not count.is_due(connection)
    engine.dispose()
