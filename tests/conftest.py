"""Fixtures of all tests. A database that cannot be had fails the tests that need one; none is skipped."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL, Connection, create_engine

from app.store import schema
from tests.database import Server, private_or_named_server


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    with private_or_named_server() as server:
        yield server


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
