"""Which places tell what stretch of a river, coast or border is meant: those told of with it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from app.domain.interpretation import Resolution
from app.domain.place import Atlas, Place
from app.domain.reading import Mention, Reading
from app.domain.vocabulary import Use
from app.drawing.anchor import settled
from app.drawing.rivers import ground_of

PASSAGES_BACK = 3
"""A river told of on its own is still by the places told of just before."""


def places_told_of(
    passage: int, reading: Reading, resolutions: tuple[Resolution, ...], atlas: Atlas
) -> tuple[Place, ...]:
    """The places of a passage, else of a heading above it, else of the nearest passage before it; of the first of them
    that names a settlement or an oblast."""
    for each in _passages(passage, reading):
        places = tuple(_told_in(each, reading, resolutions))
        if places and ground_of(places, atlas) is not None:
            return places
    return ()


def _passages(here: int, reading: Reading) -> Iterator[int]:
    """The passage of the phrase, the headings above it, and a few passages before it."""
    above: int | None = here
    for _ in range(3):
        if above is not None:
            yield above
            above = reading.passages[above].heading
    yield from range(here - 1, max(-1, here - 1 - PASSAGES_BACK), -1)


def _told_in(passage: int, reading: Reading, resolutions: tuple[Resolution, ...]) -> Iterator[Place]:
    mentions = reading.mentions
    first = bisect_left(mentions, passage, key=_passage)
    for index in range(first, bisect_right(mentions, passage, lo=first, key=_passage)):
        place = settled(resolutions[index])
        if isinstance(place, Place) and mentions[index].use is Use.LITERAL:
            yield place


def _passage(mention: Mention) -> int:
    """Mentions stand in the order of the text, and so by passage."""
    return mention.passage
