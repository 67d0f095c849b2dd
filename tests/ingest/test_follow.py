"""Feeds of a site that does all that a site can do: what is good arrives once, what is bad is named in /coverage."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, select

from app.api.services import Services
from app.gazetteer.open import Gazetteer
from app.main import create_app
from app.store import feeds
from app.store.access import read_engine
from app.store.tables import report, source
from tests.ingest.hostile_site import BAD_FEEDS, BAD_PAGES, GOOD, HostileSite, hostile_site

MEMORY_MB = 500
Poll = Callable[[], tuple[dict[str, object], int]]
"""What `frontline feeds poll --json` printed, and how much memory it held at most, in MB."""


@pytest.fixture(scope="module")
def site() -> Iterator[HostileSite]:
    with hostile_site() as site:
        yield site


@pytest.fixture
def poll(own_database_url: str, gazetteer_path: Path) -> Poll:
    environment = {
        **os.environ,
        "DATABASE_URL": own_database_url,
        "FRONTLINE_GAZETTEER_PATH": str(gazetteer_path),
        "FRONTLINE_ALLOWED_NETWORKS": "127.0.0.0/8",
        "FRONTLINE_FETCH_SECONDS": "3",
        "FRONTLINE_FETCH_MAX_BYTES": "20000000",
    }

    def run() -> tuple[dict[str, object], int]:
        command = [sys.executable, "-c", "from app.cli import main; main()", "feeds", "poll", "--json"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            printed = process.stdout.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return json.loads(printed), used.ru_maxrss // 1024

    return run


@pytest.fixture
def coverage(own_database_url: str, atlas: Gazetteer) -> Callable[[], dict[str, list[dict[str, object]]]]:
    def ask() -> dict[str, list[dict[str, object]]]:
        services = Services(read_engine(own_database_url), atlas, lambda report: {}, lambda name, limit: [], "test")
        with TestClient(create_app(services)) as client:
            told: dict[str, list[dict[str, object]]] = client.get("/coverage").json()
        return told

    return ask


def test_all_that_is_good_arrives_once_and_all_that_is_bad_is_named(
    site: HostileSite,
    poll: Poll,
    coverage: Callable[[], dict[str, list[dict[str, object]]]],
    own_database_url: str,
) -> None:
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        for feed in site.feeds():
            feeds.add(connection, feed)
    _, memory = poll()
    sys.stdout.write(f"peak memory of the poll: {memory} MB\n")
    with engine.connect() as connection:
        stored = connection.execute(select(report.c.url, report.c.published, source.c.publisher).join(source)).all()
    engine.dispose()

    arrived = [row.url.removeprefix(f"{site.base}/page/") for row in stored]
    assert sorted(arrived) == sorted(GOOD)
    assert {row.publisher for row in stored} == {"Test Wire"}
    days = {row.url.rpartition("/")[2]: row.published.isoformat() for row in stored}
    assert days["good-1"] == "2023-07-13", "22:30 in Greenwich is the next day in Kyiv"
    assert days["atom-1"] == "2023-07-11"
    assert days["map-1"] == "2023-07-12", "of the page, since the sitemap does not say"

    told = coverage()
    failed = {(row["target"], row["reason"]) for row in told["failures"]}
    for path, reason in (BAD_FEEDS | BAD_PAGES).items():
        assert (site.base + path, reason) in failed
    assert ("http://127.0.0.1:9/", "bad_address") in failed or ("http://127.0.0.1:9/", "unreachable") in failed
    targets = {row["target"] for row in told["failures"]}
    assert {"javascript:alert(1)", "http://10.0.0.1/", "http://[::1]:22/"} <= targets
    assert any(str(target).startswith("file:") for target in targets)
    assert "secret@" not in json.dumps(told)
    [total] = [
        {name: sum(int(str(row[name])) for row in told["fetching"]) for name in ("read", "known", "failed", "polled")}
    ]
    assert total["read"] == len(GOOD)
    assert total["polled"] == 6
    assert total["failed"] == sum(int(str(row["times"])) for row in told["failures"])
    healthy = {row["name"] for row in told["feeds"] if row["failures"] == 0}
    assert healthy == {"good-rss", "again-rss", "good-atom", "map-xml", "lying-good", "bad-pages-rss"}
    assert memory < MEMORY_MB

    again, _ = poll()
    assert again["read"] == [], "nothing is due yet"
