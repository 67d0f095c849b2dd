"""Connections for reading: what they cannot do, how long they may take, and that they come back after a restart."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.store.access import PRIVATE, READER, read_engine
from app.store.tables.interpretation import metadata

Result = TypeVar("Result")


def read(url: str, what: Callable[[AsyncEngine], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        engine = read_engine(url, pool_size=2)
        try:
            return await what(engine)
        finally:
            await engine.dispose()

    return asyncio.run(run())


async def scalar(engine: AsyncEngine, statement: str) -> object:
    async with engine.connect() as connection:
        return (await connection.execute(text(statement))).scalar_one()


def test_requests_read_under_a_role_of_their_own(database_url: str) -> None:
    assert read(database_url, lambda engine: scalar(engine, "SELECT current_user")) == READER


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("default_transaction_read_only", "on"),
        ("transaction_isolation", "repeatable read"),
        ("statement_timeout", "20s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "1min"),
    ],
)
def test_every_connection_has_its_limits(database_url: str, name: str, value: str) -> None:
    assert read(database_url, lambda engine: scalar(engine, f"SHOW {name}")) == value


def test_what_undoes_read_only_gains_nothing(database_url: str) -> None:
    async def write(engine: AsyncEngine) -> None:
        async with engine.connect() as connection:
            await connection.execute(text("SET TRANSACTION READ WRITE"))
            await connection.execute(text("DELETE FROM feature"))

    with pytest.raises(DBAPIError, match="permission denied"):
        read(database_url, write)


def test_it_may_read_all_our_tables_but_the_private_ones(database_url: str) -> None:
    may = text("SELECT has_table_privilege(:role, :table, 'SELECT')")
    engine = create_engine(database_url)
    with engine.connect() as connection:
        readable = {
            table for table in metadata.tables if connection.execute(may, {"role": READER, "table": table}).scalar_one()
        }
    engine.dispose()
    assert readable == set(metadata.tables) - PRIVATE


def test_connections_that_the_server_closed_are_not_handed_out(database_url: str) -> None:
    async def two(engine: AsyncEngine) -> list[AsyncConnection]:
        async with engine.connect() as first, engine.connect() as second:
            return [first, second]

    async def ended_and_asked(engine: AsyncEngine) -> list[object]:
        await two(engine)
        before = await scalar(engine, "SELECT pg_backend_pid()")
        other = create_engine(database_url)
        with other.connect() as connection:
            everyone = text(
                "SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity WHERE usename <> ''"
                " AND application_name = 'frontline-api' AND datname = current_database()"
            )
            assert connection.execute(everyone).scalar_one() == 2
        other.dispose()
        return [before, *[await scalar(engine, "SELECT pg_backend_pid()") for _ in range(3)]]

    before, *after = read(database_url, ended_and_asked)
    assert before not in after
