"""Feeds of a site that does all that a site can do: what is good arrives once, what is bad is named in /coverage."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, select

from app.api.services import Services
from app.domain.feed import Feed
from app.gazetteer.open import Gazetteer
from app.ingest import follow
from app.ingest.job import Read
from app.ingest.tasks import Workshop, poll_job
from app.ingest.worker import work
from app.main import create_app
from app.sources.address import Reach
from app.sources.fetch import Fetcher
from app.store.access import read_engine
from app.store.intake import feeds, jobs
from app.store.tables.evidence import report, source
from app.store.tables.operations import fetch_log
from tests.ingest.hostile_site import BAD_FEEDS, BAD_PAGES, GOOD, GOOD_FEEDS, HostileSite, hostile_site

MEMORY_MB = 500
MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-c", "from app.cli import main; main()", "feeds", "poll", "--json"])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""
"""A process begins with the peak of the one that starts it: this one is small."""
NEARBY = Reach((ip_network("127.0.0.0/8"),))
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
        "FRONTLINE_FETCH_SECONDS": "2",
        "FRONTLINE_FETCH_MAX_BYTES": "20000000",
    }

    def run() -> tuple[dict[str, object], int]:
        command = [sys.executable, "-c", MEASURED]
        done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
        return json.loads(done.stdout), int(done.stderr.splitlines()[-1]) // 1024

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


def addresses(site: HostileSite, engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [url.removeprefix(f"{site.base}/page/") for url in connection.execute(select(report.c.url)).scalars()]


def register(site: HostileSite, engine: Engine) -> list[Feed]:
    """The good feeds, in the register."""
    good = [feed for feed in site.feeds() if feed.address.removeprefix(site.base) in GOOD_FEEDS[:5]]
    with engine.begin() as connection:
        for feed in good:
            feeds.add(connection, feed)
    return good


def test_workers_follow_feeds(site: HostileSite, own_database_url: str, atlas: Gazetteer) -> None:
    engine = create_engine(own_database_url)
    good = register(site, engine)
    for _ in range(2):
        with engine.begin() as connection:
            for feed in good:
                jobs.hand_in(connection, poll_job(feed.name))
        work(own_database_url, lambda own: Workshop(atlas, own, Fetcher(reach=NEARBY)), stay=False)
        assert sorted(addresses(site, engine)) == sorted(GOOD)
    engine.dispose()


def test_stopped_anywhere_nothing_is_lost(site: HostileSite, own_database_url: str, atlas: Gazetteer) -> None:
    """An item leaves the line when its report is stored, and not before; what is edited comes back into it."""
    engine = create_engine(own_database_url)
    names = [feed.name for feed in register(site, engine)]
    clock = iter(range(10_000))

    def now() -> datetime:
        return datetime(2023, 7, 14, tzinfo=UTC) + timedelta(seconds=next(clock))

    with Fetcher(reach=NEARBY) as fetcher:
        polled = follow.poll(engine, "good-rss", fetcher, now())
        assert (polled.outcome, polled.new) == ("polled", 4)
        draft = follow.take(engine, f"{site.base}/page/good-1", fetcher, now())
        assert isinstance(draft, follow.Draft)  # and the process ends here
        assert follow.poll(engine, "good-rss", fetcher, now()).outcome == "unchanged"
        outcomes = list(follow.follow(engine, names, atlas, fetcher, now))
        assert len([each for each in outcomes if isinstance(each, Read)]) == len(GOOD)
        assert sorted(addresses(site, engine)) == sorted(GOOD)
        later = now() + timedelta(hours=2)
        assert follow.read_due(engine, f"{site.base}/page/good-1", atlas, fetcher, later) is None
    with engine.connect() as connection:
        attempts = select(fetch_log.c.outcome).where(fetch_log.c.target.endswith("good-1")).order_by(fetch_log.c.id)
        assert list(connection.execute(attempts).scalars()) == ["fetched", "fetched", "read", "unchanged"]
    engine.dispose()
