"""Puts what a gazetteer knows into the database, where it is asked for like all else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from geoalchemy2.shape import from_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, delete, exists, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.digest import digest
from app.store.tables.register import register, registered
from app.store.write.copy import copy_rows

KEPT = 3
"""The newest registers that stay: servers of an older version may still show theirs while a newer one starts."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A feature of a register."""

    collection: str
    id: str
    geometry: BaseGeometry | None
    body: str
    first: date | None = None
    last: date | None = None


def register_digest(gazetteer_digest: str, code_version: str) -> str:
    """Another gazetteer, or other code, may draw other areas."""
    return digest("register", gazetteer_digest, code_version)


def publish(connection: Connection, key: str, entries: Callable[[], Iterable[Registered]]) -> bool:
    """Whether the register is new; `entries` are made only then. All or nothing; any number may do so at once."""
    if connection.execute(select(exists().where(register.c.digest == key))).scalar_one():
        return False
    told = insert(register).values(digest=key, recorded=func.clock_timestamp()).on_conflict_do_nothing()
    if (
        connection.execute(told.returning(register.c.digest)).one_or_none() is None
    ):  # another was quicker, and has ended by now
        return False
    copy_rows(connection, registered, [_row(key, each) for each in entries()])
    connection.execute(text("ANALYZE registered"))  # or the planner would take it for empty, and sort all for a page
    newest = select(register.c.digest).order_by(register.c.recorded.desc()).limit(KEPT)
    connection.execute(delete(register).where(register.c.digest.not_in(newest)))
    return True


def _row(key: str, entry: Registered) -> dict[str, object]:
    return {
        "digest": key,
        "collection": entry.collection,
        "id": entry.id,
        "first_on": entry.first,
        "last_on": entry.last,
        "geom": None if entry.geometry is None else from_shape(entry.geometry, srid=4326),
        "body": entry.body,
    }


async def is_published(connection: AsyncConnection, key: str) -> bool:
    return bool((await connection.execute(select(exists().where(register.c.digest == key)))).scalar_one())
