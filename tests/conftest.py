"""Fixtures of all tests. A database that cannot be had fails the tests that need one; none is skipped."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL, Connection, create_engine

from app.gazetteer.build import GEODATA, build
from app.gazetteer.inputs import inputs_digest
from app.gazetteer.open import Gazetteer, open_atlas
from app.settings import Settings
from app.store import schema
from tests.database import Server, enterable_folder, server

settings.register_profile("thorough", max_examples=2_000)


def pytest_configure() -> None:
    """Ended by a time limit, too, the tests stop what they started."""
    signal.signal(signal.SIGTERM, lambda number, _: pytest.exit(f"signal {number}", returncode=128 + number))


@pytest.fixture(scope="session", autouse=True)
def named_database_url() -> Iterator[str | None]:
    """What DATABASE_URL named from outside, if anything; the code under test sees neither it nor the user's data."""
    named = Settings().database_url
    with pytest.MonkeyPatch.context() as patch, enterable_folder() as folder:
        for name in [name for name in os.environ if name.startswith(("FRONTLINE_", "DATABASE_"))]:
            patch.delenv(name)
        patch.setenv("FRONTLINE_DATA_DIR", str(folder))
        yield named


@pytest.fixture(scope="session")
def database_server(named_database_url: str | None) -> Iterator[Server]:
    with server(named_database_url) as started:
        yield started


@pytest.fixture(scope="session")
def _migrated(database_server: Server) -> Iterator[URL]:
    """The pattern of all migrated databases; nothing connects to it, so it can be copied."""
    with database_server.database() as url:
        schema.upgrade(_text(url))
        yield url


@pytest.fixture(scope="session")
def database_url(database_server: Server, _migrated: URL) -> Iterator[str]:
    """A migrated database that all tests share: whoever writes to it rolls back (fixture `connection`)."""
    with database_server.database(_migrated) as url:
        yield _text(url)


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """A connection in a transaction that is rolled back; code under test may nest savepoints, not commit."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()
    engine.dispose()


@pytest.fixture
def own_database_url(database_server: Server, _migrated: URL) -> Iterator[str]:
    """A migrated database of the test's own, for what commits: other processes, the API, the job."""
    with database_server.database(_migrated) as url:
        yield _text(url)


@pytest.fixture
def empty_database_url(database_server: Server) -> Iterator[str]:
    """A database of the test's own with nothing in it, not even PostGIS: for the migrations."""
    with database_server.database() as url:
        yield _text(url)


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def gazetteer_path(request: pytest.FixtureRequest) -> Path:
    """The gazetteer of the checkout's own data; kept between sessions as long as it is what a build would give."""
    path = request.config.cache.mkdir("gazetteer") / f"{inputs_digest(GEODATA)}.sqlite"
    if not path.is_file():
        build(path)
    return path


@pytest.fixture(scope="session")
def atlas(gazetteer_path: Path) -> Gazetteer:
    return open_atlas(gazetteer_path)
