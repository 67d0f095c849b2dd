"""What a list is made of, whatever it lists: pages, single entries, everything at once."""

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from fastapi import HTTPException, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from app.api.answer.errors import RETRY
from app.api.answer.links import Link, at
from app.api.answer.responses import JSON
from app.api.answer.stored import claim_path, report_path
from app.api.services import Services
from app.domain.vocabulary import FeatureKind
from app.store.read import listing
from app.store.read.features import every, matched
from app.store.read.listing import Listing
from app.store.read.pages import Counting, Page
from app.store.read.state import Extent, State, extent, state_of
from app.store.write.register import is_published

Rows = AsyncIterator[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A single entry."""

    state: State
    body: bytes
    links: tuple[Link, ...]


class Holding(Protocol):
    """A query is whatever the holding's own filters make."""

    @property
    def noun(self) -> str:
        """What one of its entries is called."""
        ...

    @property
    def title(self) -> str:
        """Of its page for people."""
        ...

    @property
    def layer(self) -> str:
        """The name of a file with its entries, and of the table that tells their properties."""
        ...

    @property
    def heads(self) -> Mapping[str, str]:
        """Columns of its page for people: by property."""
        ...

    @property
    def bounds(self) -> Mapping[str, Any]:
        """What of a query does not depend on what is asked."""
        ...

    @property
    def words(self) -> tuple[str, ...]:
        """What answers depend on besides the state of the database."""
        ...

    async def page(self, query: Any, counting: Counting) -> Page: ...

    async def single(self, request: Request, key: str) -> Found | None: ...

    async def count(self, connection: AsyncConnection, query: Any) -> int: ...

    async def ready(self, connection: AsyncConnection) -> None:
        """Raises 503 where there is nothing to list yet: an empty list would be taken for one that holds nothing."""
        ...

    def every(self, connection: AsyncConnection, query: Any) -> Rows: ...

    async def extent(self, connection: AsyncConnection) -> Extent | None: ...

    def address(self, request: Request) -> str:
        """Under which its entries are, by id."""
        ...


FEATURE_HEADS = {
    "start": "From",
    "end": "To",
    "event": "Event",
    "actor": "Who",
    "phrase": "Where, as told",
    "quote": "Quote",
    "speaker": "Speaker",
    "claim_status": "Status",
    "outcome": "Outcome",
    "place_name": "Place",
    "uncertainty_m": "Uncertainty",
    "citation": "Source",
}


@dataclass(frozen=True, slots=True)
class FeatureHolding:
    wired: Services
    only: FeatureKind | None = None
    noun = "feature"
    title = "What was reported"
    layer = "features"
    heads = FEATURE_HEADS
    words = ()

    @property
    def bounds(self) -> Mapping[str, Any]:
        return {"only": self.only}

    async def page(self, query: Any, counting: Counting) -> Page:
        return await self.wired.pages.page(query, counting)

    async def single(self, request: Request, key: str) -> Found | None:
        stored = await self.wired.pages.single(key, self.only)
        if stored is None:
            return None
        links = (
            Link(href=at(request, claim_path(stored.claim_id)), rel="via", type=JSON, title="the claim"),
            Link(href=at(request, report_path(stored.report_id)), rel="via", type=JSON, title="the report"),
        )
        return Found(stored.state, stored.body, links)

    async def count(self, connection: AsyncConnection, query: Any) -> int:
        return await matched(connection, query)

    async def ready(self, connection: AsyncConnection) -> None:
        """Features are there, or there are none."""

    def every(self, connection: AsyncConnection, query: Any) -> Rows:
        return every(connection, query)

    async def extent(self, connection: AsyncConnection) -> Extent | None:
        return await extent(connection, self.only)

    def address(self, request: Request) -> str:
        return str(request.url_for("features"))


Onward = Callable[[Request, str, Mapping[str, Any]], Link]
"""From an entry's id and properties to where more of it is told."""


@dataclass(frozen=True, slots=True)
class ListHolding:
    """Of what the database lists besides features."""

    wired: Services
    noun: str
    title: str
    listing: Listing
    pages: str
    """The path, below the address of the API, under which each entry has its page."""
    heads: Mapping[str, str]
    onward: Onward
    bounds: Mapping[str, Any] = field(default_factory=dict)

    @property
    def layer(self) -> str:
        return self.listing.name

    @property
    def words(self) -> tuple[str, ...]:
        return (self.wired.register,)

    async def page(self, query: Any, counting: Counting) -> Page:
        async with self.wired.engine.connect() as connection:
            await self.ready(connection)
            return await listing.page(connection, self.listing, self.wired.register, query, counting)

    async def single(self, request: Request, key: str) -> Found | None:
        async with self.wired.engine.connect() as connection:
            await self.ready(connection)
            body = await listing.single(connection, self.listing, self.wired.register, key)
            state = await state_of(connection)
        if body is None:
            return None
        return Found(state, body.encode(), (self.onward(request, key, json.loads(body)["properties"]),))

    async def count(self, connection: AsyncConnection, query: Any) -> int:
        return await listing.count(connection, self.listing, self.wired.register, query)

    def every(self, connection: AsyncConnection, query: Any) -> Rows:
        return listing.every(connection, self.listing, self.wired.register, query)

    async def extent(self, connection: AsyncConnection) -> Extent | None:
        return await listing.extent(connection, self.listing, self.wired.register)

    def address(self, request: Request) -> str:
        return f"{request.base_url}{self.pages}"

    async def ready(self, connection: AsyncConnection) -> None:
        if self.listing.always is not None and not await is_published(connection, self.wired.register):
            detail = "this server's gazetteer is not in the database; `frontline serve` puts it there when it starts"
            raise HTTPException(503, detail, RETRY)
