"""All features that are asked for, and how many they are, however many."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from app.store.read import query as statements
from app.store.read.query import Query

PIECE = 500
"""Features that are held at a time where all are sent."""


async def every(connection: AsyncConnection, query: Query) -> AsyncIterator[Sequence[str]]:
    """Bodies of all features in pieces, through a cursor of the server, so that any number fits in memory."""
    result = await connection.stream(statements.every(query), execution_options={"yield_per": PIECE})
    async for rows in result.partitions():
        yield [row.body for row in rows]


async def matched(connection: AsyncConnection, query: Query) -> int:
    return (await connection.execute(statements.count(query))).scalar_one()
