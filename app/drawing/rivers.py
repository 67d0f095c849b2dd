"""Reaches of rivers and their banks: never the whole river, only what lies by the places told of with it."""

from functools import lru_cache

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from app.domain.place import Atlas, Place
from app.domain.vocabulary import GeoPrecision, PlaceKind
from app.drawing import rules, shapes
from app.drawing.anchor import BOUNDLESS, Course, Spot, Tract, anchor, outline_named
from app.drawing.scene import Drawing, Scene, Style, footprint, refuse
from app.drawing.tracts import left_of, widened

BANKS = {"left_bank": True, "right_bank": False}
BANKS_OF = "Дніпро"
"""The river whose banks are meant where a report names none: left-bank Kherson, правобережжя."""


def reach(scene: Scene, course: Course, width_km: float) -> Drawing:
    """The course within the area told of, `width_km` to both sides, or to the side named."""
    if course.line is None:
        return refuse(course, "no course is known of this river")
    area = area_told_of(scene)
    if area is None:
        return refuse(course, "nothing tells which reach of the river is meant")
    kept = reach_of(course.line, area, width_km, _bank(scene, course.line))
    if kept.is_empty:
        return refuse(course, "the river does not run by the places named with it")
    compass = scene.wording.compass[0] if scene.wording.compass else None
    return footprint(shapes.area(kept), (course.number,), Style("reach", GeoPrecision.BETWEEN, compass=compass))


@lru_cache(maxsize=512)
def reach_of(line: BaseGeometry, area: BaseGeometry, width_km: float, left: bool | None) -> BaseGeometry:
    """`left` None keeps both banks."""
    course = line.intersection(area)
    if course.is_empty:
        return course
    strip = widened(course, width_km)
    return strip if left is None else bank_of(strip, line, left)


def bank_of(polygon: BaseGeometry, line: BaseGeometry, left: bool) -> BaseGeometry:
    side = left_of(_one_line(line))
    return polygon.intersection(side) if left else polygon.difference(side)


def bank_of_tract(scene: Scene, tract: Tract) -> BaseGeometry | None:
    """The part of a tract on the bank named; None where no river with a known course is meant."""
    return _on_bank(scene, tract.polygon.simplify(rules.SIMPLIFY_DEGREES))


def bank_of_spot(scene: Scene, spot: Spot) -> BaseGeometry | None:
    """The same for a town, taken as the disc of its radius; None too where the river does not divide it."""
    disc = shapes.polar(spot.at, 0.0, spot.radius_km + spot.blur_km).geometry
    part = _on_bank(scene, disc)
    return None if part is None or part.is_empty or part.equals(disc) else part


def _on_bank(scene: Scene, polygon: BaseGeometry) -> BaseGeometry | None:
    rivers = [a.line for a in scene.anchors if isinstance(a, Course) and a.line is not None]
    line = rivers[0] if rivers else outline_named(scene.atlas, BANKS_OF, PlaceKind.RIVER)
    if line is None or scene.wording.part not in BANKS:
        return None
    return bank_of(polygon, line, BANKS[scene.wording.part])


def _bank(scene: Scene, line: BaseGeometry) -> bool | None:
    """Whether the left bank is meant, by its name or by the bearing from the river; None for both."""
    if scene.wording.part in BANKS:
        return BANKS[scene.wording.part]
    if not scene.wording.compass:
        return None
    first, last = _one_line(line).coords[0], _one_line(line).coords[-1]
    downstream = shapes.bearing((first[0], first[1]), (last[0], last[1]))
    return (downstream - scene.wording.compass[0].degrees) % 360 < 180


@lru_cache(maxsize=64)
def _one_line(line: BaseGeometry) -> LineString:
    """A river mapped in pieces as one line: its longest stretch. Lines run downstream."""
    pieces: list[LineString] = list(shapely.get_parts(shapely.line_merge(line, directed=True)))
    return max(pieces, key=lambda piece: piece.length)


def area_told_of(scene: Scene) -> BaseGeometry | None:
    """Where on the river: the oblasts of the phrase, else the ground of the places told of with it."""
    named = [a.polygon for a in scene.anchors if isinstance(a, Tract) and a.place.kind not in BOUNDLESS]
    return shapely.union_all(named) if named else ground_of(scene.told, scene.atlas)


@lru_cache(maxsize=1024)
def ground_of(places: tuple[Place, ...], atlas: Atlas) -> BaseGeometry | None:
    """What the settlements among some places lie in, else what the oblasts are; None where there is neither."""
    told = [anchor(number, place, atlas) for number, place in enumerate(places)]
    spots = [_disc(a.at) for a in told if isinstance(a, Spot)]
    tracts = [a.polygon for a in told if isinstance(a, Tract) and a.place.kind not in BOUNDLESS]
    return shapely.union_all(spots or tracts) if spots or tracts else None


@lru_cache(maxsize=1024)
def _disc(at: tuple[float, float]) -> BaseGeometry:
    return widened(shapely.Point(at), rules.REACH_KM)
