"""One statement, one row: for the answers that are asked for most, on the driver's own connections.

What a session brings (a transaction, a round trip for its beginning and its end, rows made into objects) costs such an
answer more than its statement does. Measured: an answer of 200 kB takes 2.2 ms of processor time through a session, 0.3
ms so. A single statement sees one state of the data without any transaction.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from sqlalchemy import Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.store.access import POOL_SECONDS, is_dead

Row = tuple[Any, ...]
TEXTS_MAX = 500
"""Of statements, in all the orders and combinations that clients may think of; the one used longest ago goes first."""


class Lane:
    """A few connections of an engine, which stay what its settings made them; given back when they break."""

    def __init__(self, engine: AsyncEngine, size: int, *, one_plan: bool = False) -> None:
        """With `one_plan`, a statement is planned once, whatever its values are: for those that one index answers."""
        self._engine = engine
        self._plans = "force_generic_plan" if one_plan else "force_custom_plan"
        self._turns = asyncio.Semaphore(size)
        self._idle: list[_Taken] = []
        self._texts: OrderedDict[Hashable, str] = OrderedDict()

    async def row(self, key: Hashable, build: Callable[[], Select[Any]], values: Mapping[str, Any]) -> Row | None:
        """The only row of the statement that `build` builds, or None.

        The same `key` is the same text, with other `values` for the names of its parameters; all its parameters have
        to be there, so that a value that was built into a statement cannot stay in it. Raises what a session
        would: sqlalchemy's TimeoutError where all connections are taken, DBAPIError for what the database says.
        """
        statement = self._text(key, build)
        async with self._taken() as taken:
            try:
                await taken.cursor.execute(statement, values, prepare=True)
                return await taken.cursor.fetchone()
            except psycopg.Error as error:
                raise DBAPIError.instance(statement, None, error, psycopg.Error) from error

    def _text(self, key: Hashable, build: Callable[[], Select[Any]]) -> str:
        text = self._texts.pop(key, None)
        self._texts[key] = text = text or str(build().compile(dialect=self._engine.dialect))
        if len(self._texts) > TEXTS_MAX:
            self._texts.popitem(last=False)
        return text

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().connection.invalidate()

    @asynccontextmanager
    async def _taken(self) -> AsyncIterator["_Taken"]:
        await self._turn()
        try:
            taken = await self._alive()
            try:
                yield taken
            except BaseException:  # what is left half done on a connection, nobody else should find
                await taken.connection.invalidate()
                await taken.connection.close()
                raise
            self._idle.append(taken)
        finally:
            self._turns.release()

    async def _turn(self) -> None:
        if not self._turns.locked():  # then it does not wait, and a limit to its waiting would cost more than itself
            await self._turns.acquire()
            return
        try:
            await asyncio.wait_for(self._turns.acquire(), POOL_SECONDS)
        except TimeoutError as error:
            raise PoolTimeout("all connections are taken") from error

    async def _alive(self) -> "_Taken":
        while self._idle:
            taken = self._idle.pop()
            if not is_dead(taken.driver):
                return taken
            await taken.connection.invalidate()
            await taken.connection.close()
        return await _Taken.of(await self._engine.connect(), self._plans)


class _Taken:
    def __init__(self, connection: AsyncConnection, driver: psycopg.AsyncConnection[Row]) -> None:
        self.connection, self.driver = connection, driver
        self.cursor = driver.cursor(binary=True)

    @classmethod
    async def of(cls, connection: AsyncConnection, plans: str) -> "_Taken":
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.set_autocommit(True)
        await driver.execute("SELECT set_config('plan_cache_mode', %s, false)", (plans,))
        return cls(connection, driver)
