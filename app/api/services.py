"""What the routes work with, handed over when the application is made."""

from asyncio import Semaphore
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import wraps
from typing import Annotated, ParamSpec, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection, QueuePool
from sqlalchemy.ext.asyncio import AsyncEngine

from app.api.answer.errors import Busy
from app.api.answer.responses import Json
from app.api.direction import Areas
from app.domain.place import Atlas, Place
from app.domain.report import Report
from app.sources.draft import Facts
from app.store.read.pages import Pages
from app.store.read.publishers import Publishers
from app.store.read.state import Extent, State
from app.store.write.register import register_digest

Given = ParamSpec("Given")
Result = TypeVar("Result")
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
    pages: Pages = field(init=False)
    """The answers that are asked for most, on two thirds of the engine's connections."""
    areas: Areas = field(init=False)
    publishers: Publishers = field(init=False)
    extents: dict[State, dict[str, Extent | None]] = field(default_factory=dict)
    """Of each collection, in the latest state of the data that was asked for."""
    submissions: Submissions | None = None
    """None where no reports are taken."""
    register: str = field(init=False)
    """Which of the registers in the database is that of this gazetteer."""

    def __post_init__(self) -> None:
        pool = self.engine.pool
        connections = pool.size() if isinstance(pool, QueuePool) else 2
        object.__setattr__(self, "areas", Areas(self.atlas))
        object.__setattr__(self, "publishers", Publishers(self.engine))
        object.__setattr__(self, "register", register_digest(self.atlas.digest, self.version))
        third = connections // 3
        object.__setattr__(self, "pages", Pages(self.engine, max(1, third), third))

    @asynccontextmanager
    async def download(self) -> AsyncIterator[None]:
        """A turn to send everything; Busy where all are taken."""
        if self.downloads.locked():
            raise Busy
        async with self.downloads:
            yield


def at_once(function: Callable[Given, Result]) -> Callable[Given, Awaitable[Result]]:
    """For a dependency that only computes: the framework would hand it to a thread, which takes longer than itself."""

    @wraps(function)
    async def called(*given: Given.args, **named: Given.kwargs) -> Result:
        return function(*given, **named)

    return called


def _services(request: Request) -> Services:
    held: Services = request.app.state.services
    return held


Wired = Annotated[Services, Depends(at_once(_services))]
