"""Databases for tests, on a real PostgreSQL with PostGIS: a private one, or a server that is named from outside.

Never the user's data: on a named server every database is made anew beside the named one, and dropped afterwards.
"""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from app.store.cluster import embedded

# A test database may be lost in a power cut; it need not wait for the disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


@dataclass(frozen=True)
class Server:
    """Makes and drops databases beside the one that `url` names."""

    url: URL

    @contextmanager
    def database(self, template: URL | None = None) -> Iterator[URL]:
        """A new database, empty or a copy of `template` (to which nothing may be connected); dropped in the end."""
        name = f"frontline_test_{secrets.token_hex(6)}"
        source = f' TEMPLATE "{template.database}"' if template else ""
        self._execute(f'CREATE DATABASE "{name}"{source}')
        try:
            yield self.url.set(database=name)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def server(named: str | None) -> Iterator[Server]:
    """The server of the url `named`, or else a private one."""
    if named:
        yield Server(make_url(named))
        return
    with enterable_folder() as folder:
        try:
            yield Server(make_url(embedded.up(folder / "postgres", CARELESS)))
        finally:
            embedded.down(folder / "postgres")


@contextmanager
def enterable_folder() -> Iterator[Path]:
    """A temporary folder that the account which runs PostgreSQL for root can enter, as it cannot pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="frontline-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
