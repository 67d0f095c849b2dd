"""What words alone do not tell of a request: whether a place or a publisher is known, and which area a direction is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from fastapi import Request

from app.api.answer.responses import validator
from app.api.asked import parameters
from app.api.asked.filters import Asked
from app.api.direction import SearchArea
from app.api.services import Services
from app.domain.errors import BadParameter
from app.domain.place import Atlas
from app.store.bounds import Days
from app.store.read import query as store
from app.store.read.listing import Narrowing
from app.store.read.state import State

PUBLISHERS_TOLD = 20
Narrowed = TypeVar("Narrowed", store.Query, Narrowing)


def answer_tag(request: Request, wired: Services, state: State, asked: Asked, *more: str) -> str:
    """Names the answer to this filter over this state of the data, before the answer is made."""
    # The same words may mean another area tomorrow: operational directions are dated.
    words = (wired.atlas.digest, wired.today().isoformat()) if asked.direction else ()
    return validator(request, wired.version, state.number, state.changed.isoformat(), *words, *more)


async def in_area(wired: Services, asked: Asked, query: Narrowed) -> tuple[Narrowed, SearchArea | None]:
    """`query` within the area that is asked for, and that area; both as they are where no direction is. Raises as
    `find_area` does, and BadParameter for a place or a publisher that nobody knows: nothing found there would look as
    if nothing had happened."""
    check_places(wired.atlas, query)
    for publisher in _publishers_asked_for(query):
        await check_publisher(wired, publisher)
    if asked.direction is None:
        return query, None
    area = await find_area(wired, asked.direction, query.occurrence)
    return replace(query, area=area.geometry), area


def check_places(atlas: Atlas, query: store.Query | Narrowing) -> None:
    """BadParameter for a place that the gazetteer does not have."""
    for name, place_id in _places_asked_for(query):
        _check_place(atlas, name, place_id)


def _places_asked_for(query: store.Query | Narrowing) -> list[tuple[str, str]]:
    """Parameters that name a place by its id, with what they say."""
    if isinstance(query, store.Query):
        return [] if query.place is None else [("place", query.place)]
    named = {"place": "place_id", "oblast": "oblast_id"}
    return [(name, each) for name, held in named.items() for each in query.words.get(held, ())]


def _check_place(atlas: Atlas, name: str, place_id: str) -> None:
    try:
        atlas.place(place_id)
    except KeyError as error:
        raise BadParameter(
            name,
            f"the gazetteer has no id “{place_id[:100]}”",
            "an id such as UA14020010010059145, which /places?q=… tells; a name is asked for with direction=…",
        ) from error


def _publishers_asked_for(query: store.Query | Narrowing) -> Sequence[str]:
    if isinstance(query, store.Query):
        return () if query.publisher is None else (query.publisher,)
    return query.words.get("publisher", ())


async def check_publisher(wired: Services, name: str) -> None:
    """BadParameter for whom no report is of, and whom nobody was asked for."""
    if not await wired.publishers.knows(name):
        raise unknown_publisher(name, wired.publishers.names)


def unknown_publisher(name: str, names: Iterable[str]) -> BadParameter:
    known = sorted(names)
    wrong = f"nothing is known of a “{name[:100]}”{parameters.meant(name[:100], known)}"
    told = known if len(known) <= PUBLISHERS_TOLD else [*known[:PUBLISHERS_TOLD], "others that /coverage tells"]
    return BadParameter("publisher", wrong, f"one of {', '.join(told)}" if told else "nothing: no report is stored")


async def find_area(wired: Services, phrase: str, occurrence: Days | None) -> SearchArea:
    """With the operational directions of the first day asked for, or else the last, or else of today."""
    if not phrase.strip():
        raise BadParameter("direction", "nothing is said", "a part of the map, such as south of Bakhmut")
    return await wired.areas.find(phrase, day_of(occurrence) or wired.today())


def day_of(occurrence: Days | None) -> date | None:
    """The day whose operational directions are meant."""
    return (occurrence.start or occurrence.end) if occurrence else None
