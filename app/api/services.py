"""What the routes work with, handed over when the application is made."""

from asyncio import Semaphore
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from app.api.errors import Busy
from app.domain.place import Atlas, Place
from app.domain.report import Report
from app.sources.draft import Facts
from app.store.read import Extent, State

Json = dict[str, Any]
DOWNLOADS_MAX = 4


def utc_today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Submissions:
    """Where reports are handed in."""

    engine: AsyncEngine
    """May write to the queue, and read whose key a key is."""
    report: Callable[[Connection, Report], int]
    """Puts a report into the queue: the job."""
    address: Callable[[Connection, str, Facts], int]
    """The same for what stands at an address."""


@dataclass(frozen=True, slots=True)
class Services:
    engine: AsyncEngine
    """Reads only."""
    atlas: Atlas
    read: Callable[[Report], Json]
    """What a text says, in CONTRACT's reading format."""
    find_places: Callable[[str, int], Sequence[tuple[Place, str]]]
    """Places whose name begins as a text does, in any language, with what they lie in; so many at most, best first."""
    version: str
    """Of the code: another one may answer the same request in other words."""
    today: Callable[[], date] = utc_today
    downloads: Semaphore = field(default_factory=lambda: Semaphore(DOWNLOADS_MAX))
    """Each download keeps a connection for as long as its client takes; the rest is for short answers."""
    extents: dict[State, dict[str, Extent | None]] = field(default_factory=dict)
    """Of each collection, in the latest state of the data that was asked for."""
    submissions: Submissions | None = None
    """None where no reports are taken."""

    @asynccontextmanager
    async def download(self) -> AsyncIterator[None]:
        """A turn to send everything; Busy where all are taken."""
        if self.downloads.locked():
            raise Busy
        async with self.downloads:
            yield


def _services(request: Request) -> Services:
    held: Services = request.app.state.services
    return held


Wired = Annotated[Services, Depends(_services)]
