"""Between A and B, on the A-B direction or line, along a river, road, coast or border: strips."""

from collections.abc import Iterator
from itertools import pairwise

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from app.domain.interpretation import NoFootprint
from app.domain.vocabulary import GeoPrecision
from app.drawing import rules, shapes
from app.drawing.anchor import BOUNDLESS, Anchor, Course, Spot, Tract, Unanchored
from app.drawing.around import near
from app.drawing.rivers import area_told_of, reach
from app.drawing.scene import Drawing, Scene, Style, footprint, refuse
from app.drawing.tracts import border, common_border, widened

LINES = frozenset({"line", "frontline", "road", "highway", "railway"})
"""Parts of an axis that are lines on the ground, no wider the longer they are."""
SAME_PLACE_KM = 0.05


def between(scene: Scene) -> Iterator[Drawing]:
    """From the edge of one to the edge of the other."""
    for start, end in pairwise(scene.anchors):
        yield _strip(scene, start, end, "corridor_between", trimmed=True)
    yield from _alone(scene)


def axis(scene: Scene) -> Iterator[Drawing]:
    for start, end in pairwise(scene.anchors):
        yield _strip(scene, start, end, "corridor", trimmed=False)
    yield from _alone(scene)


def along(scene: Scene) -> Iterator[Drawing]:
    courses = [a for a in scene.anchors if isinstance(a, Course)]
    spots = [a for a in scene.anchors if isinstance(a, Spot)]
    tracts = [a for a in scene.anchors if isinstance(a, Tract)]
    if courses:
        yield from (reach(scene, course, rules.ALONG_KM) for course in courses)
    elif len(spots) > 1:
        yield from (_road(start, end) for start, end in pairwise(spots))
    elif spots:
        yield from near(scene)
    else:
        yield from _edges(scene, tracts)
    yield from (refuse(a, a.reason) for a in scene.anchors if isinstance(a, Unanchored) and not spots)


def _edges(scene: Scene, tracts: list[Tract]) -> Iterator[Drawing]:
    """One outline's border, the border that two have in common, or the coast by the places told of with a sea."""
    whole = [tract for tract in tracts if tract.place.kind in BOUNDLESS]
    bounded = [tract for tract in tracts if tract.place.kind not in BOUNDLESS]
    if whole:
        yield from (_coast(scene, tract) for tract in whole)
    elif len(bounded) > 1:
        yield from (_common(one, other) for one, other in pairwise(bounded))
    else:
        for tract in bounded:
            shape = shapes.area(border(tract.polygon, rules.ALONG_KM))
            yield footprint(shape, (tract.number,), Style("edge_of_area", GeoPrecision.BETWEEN))


def _coast(scene: Scene, sea: Tract) -> Drawing:
    told = area_told_of(scene)
    if told is None:
        return refuse(sea, "nothing tells which stretch of the coast or border is meant")
    kept = widened(sea.polygon.boundary, rules.ALONG_KM).intersection(widened(told, rules.ALONG_KM))
    if kept.is_empty:
        return refuse(sea, "the coast or border does not run by the places named with it")
    return footprint(shapes.area(kept), (sea.number,), Style("reach", GeoPrecision.BETWEEN))


def _alone(scene: Scene) -> Iterator[Drawing]:
    if len(scene.anchors) == 1:
        yield refuse(scene.anchors[0], "only one end is named")


def _strip(scene: Scene, start: Anchor, end: Anchor, method: str, *, trimmed: bool) -> Drawing:
    numbers = (start.number, end.number)
    for anchor in (start, end):
        if isinstance(anchor, Unanchored):
            return NoFootprint(numbers, anchor.reason)
    if isinstance(start, Spot) and isinstance(end, Spot):
        if scene.wording.part in LINES:
            return _road(start, end)
        return _corridor(start, end, method, trimmed=trimmed)
    if isinstance(start, Tract) and isinstance(end, Tract):
        return _common(start, end)
    return _to_edge(start, end)


def _corridor(start: Spot, end: Spot, method: str, *, trimmed: bool) -> Drawing:
    numbers = (start.number, end.number)
    length = shapes.length_km(start.at, end.at)
    if (unfit := _unfit(length)) is not None:
        return NoFootprint(numbers, unfit)
    blur = max(start.blur_km, end.blur_km)
    trims = (start.radius_km, end.radius_km) if trimmed else (0.0, 0.0)
    shape = shapes.corridor(start.at, end.at, rules.corridor_half_width_km(length) + blur, trims)
    probability = None if blur else rules.CORRIDOR_PROBABILITY
    return footprint(shape, numbers, Style(method, GeoPrecision.BETWEEN, probability))


def _road(start: Spot, end: Spot) -> Drawing:
    numbers = (start.number, end.number)
    if (unfit := _unfit(shapes.length_km(start.at, end.at))) is not None:
        return NoFootprint(numbers, unfit)
    width = rules.LINE_HALF_WIDTH_KM + max(start.blur_km, end.blur_km)
    shape = shapes.corridor(start.at, end.at, width, (0.0, 0.0))
    return footprint(shape, numbers, Style("line", GeoPrecision.BETWEEN))


def _unfit(length_km: float) -> str | None:
    if length_km < SAME_PLACE_KM:
        return "both ends are one place"
    if length_km > rules.CORRIDOR_MAX_KM:
        return "the two ends are too far apart to mean the ground between them"
    return None


def _common(one: Tract, other: Tract) -> Drawing:
    numbers = (one.number, other.number)
    shape = common_border(one.polygon, other.polygon)
    if shape.is_empty:
        return NoFootprint(numbers, "the two have no border in common")
    return footprint(shapes.area(shape), numbers, Style("common_border", GeoPrecision.BETWEEN))


def _to_edge(start: Anchor, end: Anchor) -> Drawing:
    """Between a settlement and the nearest of a river or an outline."""
    numbers = (start.number, end.number)
    one, other = _geometry(start), _geometry(end)
    if one is None or other is None:
        return NoFootprint(numbers, "no course is known of this river")
    if one.intersects(other):
        return NoFootprint(numbers, "one of the two holds the other")
    near_one, near_other = shapely.shortest_line(one, other).coords
    from_spot, to_spot = (near_one[0], near_one[1]), (near_other[0], near_other[1])
    length = shapes.length_km(from_spot, to_spot)
    if (unfit := _unfit(length)) is not None:
        return NoFootprint(numbers, unfit)
    shape = shapes.corridor(from_spot, to_spot, rules.corridor_half_width_km(length), (0.0, 0.0))
    return footprint(shape, numbers, Style("corridor_to_edge", GeoPrecision.BETWEEN))


def _geometry(anchor: Anchor) -> BaseGeometry | None:
    if isinstance(anchor, Spot):
        return Point(anchor.at) if anchor.blur_km == 0 else widened(Point(anchor.at), anchor.blur_km)
    if isinstance(anchor, Tract):
        return anchor.polygon
    return anchor.line if isinstance(anchor, Course) else None
