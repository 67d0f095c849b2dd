"""The embedded database: a private PostgreSQL with PostGIS in a folder of the user's, on a unix socket.

It never touches another PostgreSQL: it finds the programs by full path, keeps its own data folder and listens on no
network address. A folder belongs to one cluster; any number of processes may bring it up or down at once.
"""

import logging
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from app.domain.errors import ClusterError
from app.store.access import READER
from app.store.cluster.account import Account, account_for
from app.store.cluster.binaries import Binaries, find_binaries
from app.store.cluster.files import PORT, Files

ROLE = "frontline"
DATABASE = "frontline"
START_SECONDS, STOP_SECONDS = 60, 60
_LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"  # lower() has to know Cyrillic
_CONFIGURATION = "frontline.conf"
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "256MB",
    "jit": "off",  # compiling a query costs more than any of ours takes
}
_ENVIRONMENT = {
    "MALLOC_TOP_PAD_": "4194304",
    "MALLOC_TRIM_THRESHOLD_": "33554432",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
}
"""The C library gives memory back to the kernel after every statement, and gets it back page by page: a sixth of the
time of a page of features."""

log = logging.getLogger(__name__)


class State(StrEnum):
    ABSENT = "absent"
    STOPPED = "stopped"
    RUNNING = "running"


@dataclass(frozen=True)
class Status:
    """`major` is PostgreSQL's major version, `pid` that of the running server."""

    state: State
    folder: Path
    url: str
    major: int | None
    pid: int | None


def url(folder: Path, database: str = DATABASE, role: str = ROLE) -> str:
    """Where the cluster of `folder` is reached while it runs, as SQLAlchemy takes it."""
    return f"postgresql+psycopg://{role}@/{database}?host={quote(str(Files(folder).socket_folder), safe='/')}"


def up(folder: Path, settings: Mapping[str, str] | None = None) -> str:
    """Have the cluster of `folder` running, made anew where there is none, and return its url.

    `settings` are PostgreSQL's own, beside those above; they hold from the next start.
    Raises MissingPackages where PostgreSQL with PostGIS is not installed, ClusterError where it cannot be started.
    """
    folder = folder.absolute()
    files = Files(folder)
    binaries = find_binaries(files.major())
    account = account_for(folder)
    with files.locked():
        if files.server_pid() is None:
            if files.major() is None:
                _make(files, binaries, account)
            _configure(files, settings or {})
            _start(files, binaries, account)
        _prepare(files)
    return url(folder)


def down(folder: Path) -> bool:
    """Have the cluster of `folder` stopped; True where it was running."""
    files = Files(folder.absolute())
    if not files.folder.is_dir():
        return False
    with files.locked():
        pid = files.server_pid()
        if pid is None:
            return False
        log.info("stopping the database in %s", files.folder)
        _stop(files, find_binaries(files.major()), account_for(files.folder))
        files.remove_leavings()
        files.socket_folder.rmdir()
    return True


def status(folder: Path) -> Status:
    """What is there now; nothing is changed."""
    files = Files(folder.absolute())
    major, pid = files.major(), files.server_pid()
    state = State.RUNNING if pid else State.STOPPED if major else State.ABSENT
    return Status(state, files.folder, url(files.folder), major, pid)


def _make(files: Files, binaries: Binaries, account: Account) -> None:
    _clear(files)
    log.info("making a PostgreSQL %d database in %s", binaries.major, files.folder)
    made = account.run(
        binaries.program("initdb"), "--pgdata", str(files.making), "--username", ROLE, "--auth", "trust",
        "--encoding", "UTF8", "--locale", _LOCALE, "--no-instructions",
    )  # fmt: skip
    if made.returncode != 0:
        raise ClusterError(f"initdb failed: {made.stderr.strip()}")
    with (files.making / "postgresql.conf").open("a") as configuration:
        configuration.write(f"\ninclude '{_CONFIGURATION}'\n")
    files.making.rename(files.data)


def _clear(files: Files) -> None:
    """Make room: an initdb that was cut short is removed, a cluster that lost vital files is put aside."""
    shutil.rmtree(files.making, ignore_errors=True)
    if files.data.exists():
        aside = files.data.with_name(f"data.broken-{time.time_ns()}")
        files.data.rename(aside)
        log.warning("%s held no whole database; moved to %s", files.data, aside)


def _configure(files: Files, settings: Mapping[str, str]) -> None:
    values = {**_SETTINGS, "unix_socket_directories": str(files.socket_folder), **settings}
    lines = (f"{name} = {_quoted(value)}\n" for name, value in values.items())
    (files.data / _CONFIGURATION).write_text("".join(lines))


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _start(files: Files, binaries: Binaries, account: Account) -> None:
    log.info("starting the database in %s", files.folder)
    files.make_socket_folder(account.owner)
    files.remove_leavings()
    files.log.unlink(missing_ok=True)
    started = account.run(
        binaries.program("pg_ctl"), "start", "--pgdata", str(files.data), "--log", str(files.log),
        "--wait", "--timeout", str(START_SECONDS), timeout=START_SECONDS + 10, environment=_ENVIRONMENT,
    )  # fmt: skip
    if started.returncode != 0:
        said = files.log.read_text(errors="replace").strip() if files.log.exists() else started.stderr.strip()
        raise ClusterError(f"the database in {files.folder} did not start: {said[-2000:]}")


def _stop(files: Files, binaries: Binaries, account: Account) -> None:
    for mode in ("fast", "immediate"):
        stopped = account.run(
            binaries.program("pg_ctl"), "stop", "--pgdata", str(files.data), "--mode", mode,
            "--wait", "--timeout", str(STOP_SECONDS), timeout=STOP_SECONDS + 10,
        )  # fmt: skip
        if stopped.returncode == 0 or files.server_pid() is None:
            return
    raise ClusterError(f"the database in {files.folder} did not stop: {stopped.stderr.strip()}")


def _prepare(files: Files) -> None:
    """The database, its PostGIS, and who reads it; made at the first start, completed where that was cut short."""
    with _connect(files, "postgres") as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [READER]).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(READER)))
    with _connect(files, DATABASE) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")


def _connect(files: Files, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(files.socket_folder), port=PORT, user=ROLE, dbname=database, autocommit=True, connect_timeout=30
    )
