"""Whose reports are stored, or were asked for."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.store.tables.evidence import source

NAMES = select(source.c.publisher)


class Publishers:
    """Who is not remembered is looked for, so that whoever was stored a moment ago is known; nobody is ever removed."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.names = frozenset[str]()

    async def knows(self, name: str) -> bool:
        if name not in self.names:
            async with self._engine.connect() as connection:
                self.names = frozenset((await connection.execute(NAMES)).scalars())
        return name in self.names
