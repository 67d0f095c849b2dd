"""Keys of those who may write: made here, shown once, and kept as a hash only."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, func, select, update

from app.store.tables.jobs import api_key

PREFIX = "frontline_"
"""So that whoever finds one in a place where it should not be knows what it is."""


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    name: str
    created: datetime
    revoked: datetime | None


def add(connection: Connection, name: str) -> tuple[str, str]:
    """Id and the key itself: 256 random bits, which no hash needs to be slow for."""
    key_id, key = secrets.token_hex(4), PREFIX + secrets.token_urlsafe(32)
    connection.execute(api_key.insert().values(id=key_id, name=name, hash=_hash(key)))
    return key_id, key


def keys(connection: Connection) -> list[Key]:
    """All that were ever made, the oldest first."""
    rows = connection.execute(select(api_key).order_by(api_key.c.created, api_key.c.id))
    return [Key(row.id, row.name, row.created, row.revoked) for row in rows]


def revoke(connection: Connection, key_id: str) -> bool:
    """False where there is no such key in use."""
    in_use = (api_key.c.id == key_id) & api_key.c.revoked.is_(None)
    return connection.execute(update(api_key).where(in_use).values(revoked=func.now())).rowcount == 1


def holder(connection: Connection, key: str) -> str | None:
    """Whose key it is; None where it is none, or is none any more."""
    in_use = (api_key.c.hash == _hash(key)) & api_key.c.revoked.is_(None)
    name: str | None = connection.execute(select(api_key.c.name).where(in_use)).scalar_one_or_none()
    return name


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
