"""One statement, one row: for the answers that are asked for most, on the driver's own connections.

What a session brings (a transaction, a round trip for its beginning and its end, rows made into objects) costs such an
answer more than its statement does. Measured: an answer of 200 kB takes 2.2 ms of processor time through a session, 0.3
ms so. A single statement sees one state of the data without any transaction.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from sqlalchemy import Select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.domain.lately import Lately
from app.store.access import POOL_SECONDS, is_dead

Row = tuple[Any, ...]
Build = Callable[[], Select[Any]]
Values = Mapping[str, Any]
TEXTS_MAX = 500
"""Of statements, in all the orders and combinations that clients may think of; the one used longest ago goes first."""
_PLANS = text("SELECT set_config('plan_cache_mode', :plans, false)")


class Lane:
    """A few connections of an engine, which stay what its settings made them; given back when they break."""

    def __init__(self, engine: AsyncEngine, size: int, *, one_plan: bool = False) -> None:
        """With `one_plan`, a statement is planned once, whatever its values are: for those that one index answers."""
        self._engine = engine
        self._plans = "force_generic_plan" if one_plan else "force_custom_plan"
        self._turns = asyncio.Semaphore(size)
        self._idle: list[Turn] = []
        self._texts = Lately[Hashable, str](TEXTS_MAX)

    async def row(self, key: Hashable, build: Build, values: Values) -> Row | None:
        """The only row of one statement, as `Turn.row` tells it."""
        async with self.turn() as turn:
            return await turn.row(key, build, values)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator["Turn"]:
        """A connection for statements that belong together. Raises sqlalchemy's TimeoutError where all are taken."""
        await self._wait()
        try:
            turn = await self._alive()
            try:
                yield turn
            except BaseException:  # what is left half done on a connection, nobody else should find
                await _drop(turn.connection)
                raise
            self._idle.append(turn)
        finally:
            self._turns.release()

    def text(self, key: Hashable, build: Build) -> str:
        held = self._texts.get(key)
        self._texts[key] = held = held or str(build().compile(dialect=self._engine.dialect))
        return held

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().connection.invalidate()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(POOL_SECONDS):
                await self._turns.acquire()
        except TimeoutError as error:
            raise PoolTimeout("all connections are taken") from error

    async def _alive(self) -> "Turn":
        while self._idle:
            turn = self._idle.pop()
            if not is_dead(turn.driver):
                return turn
            await _drop(turn.connection)
        connection = await self._engine.connect()
        try:
            await connection.execute(_PLANS, {"plans": self._plans})
            await connection.commit()
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.set_autocommit(True)
        except BaseException:
            await _drop(connection)
            raise
        return Turn(self, connection, driver)


class Turn:
    """One of a lane's connections, for as long as nobody else has it."""

    def __init__(self, lane: Lane, connection: AsyncConnection, driver: psycopg.AsyncConnection[Row]) -> None:
        self._lane, self.connection, self.driver = lane, connection, driver
        self._cursor = driver.cursor(binary=True)

    async def row(self, key: Hashable, build: Build, values: Values) -> Row | None:
        """The only row of the statement that `build` builds, or None.

        The same `key` is the same text, with other `values` for the names of its parameters; all its parameters have
        to be there, so that a value that was built into a statement cannot stay in it. Raises what a session
        would: sqlalchemy's DBAPIError for what the database says.
        """
        statement = self._lane.text(key, build)
        try:
            await self._cursor.execute(statement, values, prepare=True)
            return await self._cursor.fetchone()
        except psycopg.Error as error:
            raise DBAPIError.instance(statement, None, error, psycopg.Error) from error


async def _drop(connection: AsyncConnection) -> None:
    """Of a connection that is no good any more, another one takes the place."""
    await connection.invalidate()
    await connection.close()
