"""Once and only once: ingesting again, or being killed at any point and run again, leaves the rows of one clean run."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, func, select

from app.store.tables.evidence import report
from tests.database import Server
from tests.ingest.tables import rows, without_revision

KILLS = 10
Ingest = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def ingest(gazetteer_path: Path) -> Ingest:
    """Starts `frontline ingest --samples` on a database."""

    def start(url: str) -> "subprocess.Popen[str]":
        environment = {**os.environ, "DATABASE_URL": url, "FRONTLINE_GAZETTEER_PATH": str(gazetteer_path)}
        command = [sys.executable, "-c", "from app.cli import main; main()", "ingest", "--samples", "--json"]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


@pytest.fixture
def other_database_url(database_server: Server, _migrated: URL) -> Iterator[str]:
    with database_server.database(_migrated) as url:
        yield url.render_as_string(hide_password=False)


def finish(process: "subprocess.Popen[str]") -> str:
    out, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return out


def test_twice_is_once(ingest: Ingest, own_database_url: str) -> None:
    first = finish(ingest(own_database_url))
    before = rows(own_database_url)
    second = finish(ingest(own_database_url))
    assert '"known": 0' in first
    assert '"read": []' in second
    assert len(before["report"]) > 15
    assert len(before["feature"]) > 50
    assert rows(own_database_url) == before


def test_killed_at_any_point_and_run_again(ingest: Ingest, own_database_url: str, other_database_url: str) -> None:
    finish(ingest(own_database_url))
    clean = rows(own_database_url)
    assert not clean["uncounted"]
    chance = random.Random(20230712)
    struck = []
    for reports in sorted(chance.sample(range(len(clean["report"])), KILLS)):
        process = ingest(other_database_url)
        kill_after(process, other_database_url, reports, seconds=chance.uniform(0, 0.3))
        struck.append(len(rows(other_database_url)["report"]))
    assert any(0 < stored < len(clean["report"]) for stored in struck), "no kill struck in the middle of the work"
    finish(ingest(other_database_url))
    assert without_revision(other_database_url) == without_revision(own_database_url)


def kill_after(process: "subprocess.Popen[str]", url: str, reports: int, seconds: float) -> None:
    """SIGKILL some time after so many reports are stored, in the middle of whatever is being done then."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        while (
            process.poll() is None
            and connection.execute(select(func.count()).select_from(report)).scalar_one() < reports
        ):
            time.sleep(0.002)
    engine.dispose()
    time.sleep(seconds)
    process.kill()
    process.communicate()
