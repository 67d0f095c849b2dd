"""Oblasts, raions, regions and seas: the whole, halves, banks, borders and surroundings of an outline."""

from functools import lru_cache

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from app.domain.vocabulary import Compass
from app.drawing import rules, shapes
from app.drawing.plane import Coordinates, Plane

FAR_DEGREES = 30.0
"""Wider than any oblast and any river of Ukraine."""
BESIDE_DEGREES = 1e-4
"""So close to a river that nothing lies between."""


@lru_cache(maxsize=256)
def whole(outline: BaseGeometry) -> shapes.Shape:
    """The outline simplified for the wire; a line gets the width of its banks."""
    if outline.geom_type in ("LineString", "MultiLineString"):
        return shapes.area(widened(outline, rules.ALONG_KM))
    return shapes.area(outline.simplify(rules.SIMPLIFY_DEGREES))


@lru_cache(maxsize=1024)
def half(outline: BaseGeometry, compass: Compass) -> BaseGeometry:
    """Outline within the half of its bounding box on that side; the quarter for north-east and its like."""
    west, south, east, north = outline.bounds
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    winds = _main_winds(compass)
    box = shapely.box(
        middle_lon if "E" in winds else west,
        middle_lat if "N" in winds else south,
        middle_lon if "W" in winds else east,
        middle_lat if "S" in winds else north,
    )
    return outline.simplify(rules.SIMPLIFY_DEGREES).intersection(box)


def _main_winds(compass: Compass) -> str:
    """N, NE …; the sixteen winds' "NNE" is taken by its main wind: nobody quarters an oblast finer."""
    return compass.value if compass.winds < 16 else compass.value[0]


@lru_cache(maxsize=256)
def middle(outline: BaseGeometry) -> BaseGeometry:
    west, south, east, north = outline.bounds
    margin = (1 - rules.CENTRAL_SHARE) / 2
    dx, dy = (east - west) * margin, (north - south) * margin
    box = shapely.box(west + dx, south + dy, east - dx, north - dy)
    return outline.simplify(rules.SIMPLIFY_DEGREES).intersection(box)


@lru_cache(maxsize=256)
def border(outline: BaseGeometry, depth_km: float = rules.BORDER_KM) -> BaseGeometry:
    """The strip of an outline that lies within `depth_km` of its edge."""
    plain = outline.simplify(rules.SIMPLIFY_DEGREES)
    return plain.intersection(widened(plain.boundary, depth_km))


@lru_cache(maxsize=256)
def common_border(one: BaseGeometry, other: BaseGeometry, depth_km: float = rules.BORDER_KM) -> BaseGeometry:
    """What lies within `depth_km` of both outlines; empty where they are no neighbours."""
    return widened(one.simplify(rules.SIMPLIFY_DEGREES), depth_km).intersection(
        widened(other.simplify(rules.SIMPLIFY_DEGREES), depth_km)
    )


@lru_cache(maxsize=256)
def surroundings(outline: BaseGeometry, depth_km: float) -> BaseGeometry:
    plain = outline.simplify(rules.SIMPLIFY_DEGREES)
    return widened(plain, depth_km).difference(plain)


@lru_cache(maxsize=512)
def widened(geometry: BaseGeometry, by_km: float) -> BaseGeometry:
    """All within `by_km` of a geometry in degrees."""
    centre = geometry.envelope.centroid
    plane = Plane(centre.x, centre.y)
    return plane.to_degrees(plane.to_metres(geometry).buffer(by_km * 1000, quad_segs=4))


@lru_cache(maxsize=64)
def left_of(line: LineString) -> BaseGeometry:
    """The land to the left hand of one who goes down `line`: the left bank, where lines run downstream.

    Both ends are drawn out straight ahead, so that it divides the country; a stretch of land is on the left
    where more of the line has it to the left than to the right.
    """
    points = shapely.get_coordinates(line)
    drawn_out = LineString([_ahead(points[1], points[0]), *points[1:-1], _ahead(points[-2], points[-1])])
    country = line.envelope.buffer(FAR_DEGREES / 2, join_style="mitre")
    lands = shapely.get_parts(shapely.polygonize([shapely.union(country.boundary, drawn_out)]))
    return shapely.union_all([land for land in lands if _is_left(land, points)])


def _ahead(before: Coordinates, end: Coordinates) -> Coordinates:
    along: Coordinates = end - before
    return end + FAR_DEGREES * along / max(float(np.hypot(*along)), 1e-9)


def _is_left(land: BaseGeometry, points: Coordinates) -> bool:
    middles, steps = (points[:-1] + points[1:]) / 2, np.diff(points, axis=0)
    aside = BESIDE_DEGREES * np.column_stack([-steps[:, 1], steps[:, 0]]) / np.hypot(*steps.T)[:, None]
    left, right = middles + aside, middles - aside
    return bool(shapely.contains_xy(land, left).sum() > shapely.contains_xy(land, right).sum())
