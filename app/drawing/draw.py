"""Which areas an expression means, once its anchors are resolved: one drawer for each relation, from a table."""

from datetime import date
from functools import lru_cache
from typing import Final

from app.domain.interpretation import NoFootprint, Resolution
from app.domain.place import Atlas, Place
from app.domain.reading import Reading, SpatialExpression
from app.domain.vocabulary import Relation
from app.drawing.anchor import BOUNDLESS, Settled, anchor, settled
from app.drawing.around import at, near, operational_direction, outskirts, toward
from app.drawing.bearings import bearing, distance
from app.drawing.corridors import along, axis, between
from app.drawing.parts import part
from app.drawing.scene import Drawer, Drawing, Scene, Wording
from app.drawing.told import places_told_of

DRAWERS: Final[dict[Relation, Drawer]] = {
    Relation.AT: at,
    Relation.NEAR: near,
    Relation.OUTSKIRTS: outskirts,
    Relation.PART: part,
    Relation.BEARING: bearing,
    Relation.DISTANCE: distance,
    Relation.BETWEEN: between,
    Relation.AXIS: axis,
    Relation.TOWARD: toward,
    Relation.ALONG: along,
    Relation.OPERATIONAL_DIRECTION: operational_direction,
}

ONE_BY_ONE: Final = frozenset(
    {
        *(Relation.AT, Relation.NEAR, Relation.OUTSKIRTS, Relation.BEARING, Relation.DISTANCE, Relation.TOWARD),
        Relation.OPERATIONAL_DIRECTION,
    }
)
"""What these say of a list they say of each of its places, as if it stood alone. Only of a river the others tell which
stretch of it is meant."""
REMEMBERED_ANCHORS: Final = 3
REMEMBERED_TOLD: Final = 12
"""Longer lists hardly come again as they are, and would fill the memory."""


def draw(
    expression: SpatialExpression,
    reading: Reading,
    resolutions: tuple[Resolution, ...],
    atlas: Atlas,
    on: date,
    *,
    asked: bool = False,
) -> tuple[Drawing, ...]:
    """Every footprint of `expression`, or why there is none, for each anchor (or pair of anchors) and bearing.

    `on` is the day whose operational directions apply. `asked` is for a phrase that somebody searches by: then even a
    sea or a country, which place no event, have their area. Never raises for what a report may say.
    """
    if not expression.anchors:
        return (NoFootprint((), "no place is named"),)
    wording = Wording(expression.relation, expression.compass, expression.distance_km, expression.part)
    places = [settled(resolutions[mention]) for mention in expression.anchors]
    told: tuple[Place, ...] = ()
    if any(isinstance(place, Place) and place.kind in BOUNDLESS for place in places):
        told = places_told_of(expression.passage, reading, resolutions, atlas)
    elif expression.relation in ONE_BY_ONE:
        return tuple(
            [
                _anchored(drawing, (mention,))
                for mention, place in zip(expression.anchors, places, strict=True)
                for drawing in _drawn_before(wording, (place,), told, atlas, on, asked=asked)
            ]
        )
    known = _drawn_before if len(places) <= REMEMBERED_ANCHORS and len(told) <= REMEMBERED_TOLD else _drawn
    drawings = known(wording, tuple(places), told, atlas, on, asked=asked)
    return tuple([_anchored(drawing, expression.anchors) for drawing in drawings])


def _drawn(
    wording: Wording,
    places: tuple[Settled, ...],
    told: tuple[Place, ...],
    atlas: Atlas,
    on: date,
    *,
    asked: bool,
) -> tuple[Drawing, ...]:
    """Anchors are told by their number in the expression."""
    anchors = tuple([anchor(number, place, atlas) for number, place in enumerate(places)])
    return tuple(DRAWERS[wording.relation](Scene(wording, anchors, atlas, on, asked, told)))


_drawn_before = lru_cache(maxsize=4096)(_drawn)
"""Reports say the same of the same places again and again."""


def _anchored(drawing: Drawing, mentions: tuple[int, ...]) -> Drawing:
    anchors = tuple([mentions[number] for number in drawing.anchors])
    return drawing if anchors == drawing.anchors else drawing.anchored(anchors)
