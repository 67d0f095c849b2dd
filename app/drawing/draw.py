"""Which areas an expression means, once its anchors are resolved: one drawer for each relation, from a table."""

from datetime import date
from typing import Final

from app.domain.interpretation import NoFootprint, Resolution
from app.domain.place import Atlas
from app.domain.reading import Reading, SpatialExpression
from app.domain.vocabulary import Relation
from app.drawing.anchor import anchor
from app.drawing.around import at, near, operational_direction, outskirts, toward
from app.drawing.bearings import bearing, distance
from app.drawing.corridors import along, axis, between
from app.drawing.parts import part
from app.drawing.scene import Drawer, Drawing, Scene

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
    anchors = tuple(anchor(i, resolutions[i], atlas) for i in expression.anchors)
    scene = Scene(expression, anchors, reading, resolutions, atlas, on, asked)
    return tuple(DRAWERS[expression.relation](scene))
