"""Who may read, and how connections for reading are had: they cannot write, wait or stay longer than they should."""

import logging
import select
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.store.tables.interpretation import metadata

READER = "frontline_reader"
"""The role that requests read as. It owns nothing and may write nothing."""
PRIVATE = frozenset({"api_key"})
"""Tables that no request shows anything of. Whatever is not ours (the job queue's own) is not granted either."""
POOL_SIZE, POOL_SECONDS = 10, 5
STATEMENT_SECONDS, LOCK_SECONDS, IDLE_SECONDS = 20, 5, 60
"""How long one statement may run, wait for a lock (of a migration), and how long a transaction may do nothing, as that
of a download whose client has stopped taking it."""
CONNECT_SECONDS, SILENCE_SECONDS = 5, 15
"""How long a connection may take to be made, and a network may swallow what is sent."""

log = logging.getLogger(__name__)

_LIMITS = {
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "lock_timeout": f"{LOCK_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
    # A plan for whatever may be asked for would have to look into every month.
    "plan_cache_mode": "force_custom_plan",
    # Months are told apart without it; it reads the checks of every table anew for every plan.
    "constraint_exclusion": "off",
    # Pages of the largest size are put in order in memory.
    "work_mem": "32MB",
    # Tiles have days as the database writes them.
    "datestyle": "ISO",
    # Compiling a statement takes longer than running it: those here are short.
    "jit": "off",
}
# Membership alone allows SET ROLE until PostgreSQL 15; from 16 on that is a right of its own.
_TAKE_ROLE = """
SELECT set_config('role', rolname, false) FROM pg_roles WHERE rolname = %s AND pg_has_role(oid,
    CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
"""
_MAY_MAKE_ROLES = text("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
_KNOWN = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")


def read_engine(url: str, pool_size: int = POOL_SIZE) -> AsyncEngine:
    """Connections that cannot write, see one state of the data for all statements of a request, and give up in time."""
    limits = {**_LIMITS, "default_transaction_read_only": "on"}
    engine = _engine(url, pool_size, "frontline-api", limits, isolation_level="REPEATABLE READ")
    event.listen(engine.sync_engine, "connect", _take_role)
    return engine


def write_engine(url: str, pool_size: int = 2) -> AsyncEngine:
    """Connections for what requests may hand in: a few short statements each."""
    return _engine(url, pool_size, "frontline-api-writer", _LIMITS)


def _engine(url: str, pool_size: int, name: str, limits: Mapping[str, str], **more: Any) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        hide_parameters=True,  # what people ask for stays out of the log
        connect_args={
            "options": " ".join(f"-c {setting}={value}" for setting, value in limits.items()),
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": SILENCE_SECONDS * 1000,
            "application_name": name,
            "client_encoding": "UTF8",  # texts are handed on as they come
        },
        **more,
    )
    event.listen(engine.sync_engine, "checkout", _refuse_dead)
    return engine


def grant_reading(connection: Connection) -> None:
    """Let READER read what requests show, and nothing else. The role is made where whoever is connected may do that;
    elsewhere it is left out, and requests read under the name they connect by, in read-only transactions."""
    if not connection.execute(_KNOWN, {"role": READER}).scalar_one() and not _made(connection):
        log.info("the role %s is not there, and may not be made: CREATE ROLE %s makes it", READER, READER)
        return
    held = set(inspect(connection).get_table_names())
    for table in sorted(held & (set(metadata.tables) - PRIVATE | {"alembic_version"})):
        connection.execute(text(f'GRANT SELECT ON "{table}" TO {READER}'))


def _made(connection: Connection) -> bool:
    if not connection.execute(_MAY_MAKE_ROLES).scalar_one():
        return False
    try:
        with connection.begin_nested():
            connection.execute(text(f"CREATE ROLE {READER}"))
            connection.execute(text(f"GRANT {READER} TO CURRENT_USER"))
    except DBAPIError as error:
        # Roles belong to all databases of a server: the migration of another one may have come first.
        if not connection.execute(_KNOWN, {"role": READER}).scalar_one():
            raise
        log.info("the role %s was made meanwhile: %s", READER, error.orig)
    return True


def _take_role(connection: Any, _record: object) -> None:
    """Once for each connection, so that requests do not wait for it."""
    cursor = connection.cursor()
    cursor.execute(_TAKE_ROLE, (READER,))
    cursor.close()
    connection.commit()


def _refuse_dead(connection: Any, _record: object, _proxy: object) -> None:
    if is_dead(connection.driver_connection):
        raise InvalidatePoolError


def is_dead(connection: Any) -> bool:
    """A server that went away has closed its end, which makes an idle connection readable: asking the kernel costs
    microseconds, where asking the server would cost every request a round trip. All others are as dead as this one."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
