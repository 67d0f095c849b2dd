"""The few shapes that all footprints are made of, on the map and with their uncertainty; pure, so results are kept."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, hypot, radians, sin

import numpy as np
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from app.drawing.plane import Plane, on_the_wire
from app.drawing.rules import ARC_STEP_DEGREES, EDGE_STEP_KM

Spot = tuple[float, float]
"""Longitude and latitude."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A geometry ready for the wire. `uncertainty_m`: from its best point to the farthest point that it holds."""

    geometry: BaseGeometry
    uncertainty_m: float


@lru_cache(maxsize=8192)
def point(spot: Spot, uncertainty_km: float) -> Shape:
    return Shape(on_the_wire(Point(spot)), float(ceil(uncertainty_km * 1000)))


@lru_cache(maxsize=8192)
def polar(
    spot: Spot,
    inner_km: float,
    outer_km: float,
    azimuth: float = 0.0,
    half_angle: float = 180.0,
    *,
    best_km: float = 0.0,
    blur_km: float = 0.0,
) -> Shape:
    """All within `half_angle` degrees of `azimuth` and between two distances of a place: disc, ring, wedge or arc.

    `best_km` is where on the azimuth the thing most likely is; `blur_km` widens all by the doubt about the place.
    """
    plane = Plane(*spot)
    shape = _polar_polygon(inner_km * 1000, outer_km * 1000, azimuth, half_angle)
    if blur_km:
        shape = shape.buffer(blur_km * 1000)
    x, y = best_km * 1000 * sin(radians(azimuth)), best_km * 1000 * cos(radians(azimuth))
    return finish(plane, shape, (x, y))


@lru_cache(maxsize=4096)
def corridor(start: Spot, end: Spot, half_width_km: float, trims_km: tuple[float, float]) -> Shape:
    """The strip from `start` to `end`, shortened by `trims_km` at its two ends unless nothing would be left."""
    plane = Plane(*midpoint(start, end))
    line = LineString([plane.xy(*start), plane.xy(*end)])
    first, last = trims_km[0] * 1000, line.length - trims_km[1] * 1000
    if first < last:
        line = LineString([line.interpolate(first), line.interpolate(last)])
    strip = line.buffer(half_width_km * 1000, cap_style="flat")
    return finish(plane, strip, (line.centroid.x, line.centroid.y))


def finish(plane: Plane, shape: BaseGeometry, best: tuple[float, float]) -> Shape:
    """From metres to the map. `best` is the likeliest point, in metres."""
    coordinates = shapely.get_coordinates(shape)
    reach = float(np.hypot(coordinates[:, 0] - best[0], coordinates[:, 1] - best[1]).max())
    edged = shape.segmentize(EDGE_STEP_KM * 1000)
    return Shape(on_the_wire(plane.to_degrees(edged)), float(ceil(reach)))


@lru_cache(maxsize=512)
def area(polygon: BaseGeometry) -> Shape:
    """An area given in degrees, about its centroid."""
    centre = polygon.centroid
    plane = Plane(centre.x, centre.y)
    metres = shapely.get_coordinates(plane.to_metres(polygon))
    return Shape(on_the_wire(polygon), float(ceil(np.hypot(metres[:, 0], metres[:, 1]).max())))


def midpoint(start: Spot, end: Spot) -> Spot:
    """Half way by degrees, the short way round; good enough to centre a plane on."""
    lon = start[0] + ((end[0] - start[0] + 180) % 360 - 180) / 2
    return (lon + 180) % 360 - 180, (start[1] + end[1]) / 2


def length_km(start: Spot, end: Spot) -> float:
    return hypot(*Plane(*start).xy(*end)) / 1000


def bearing(start: Spot, end: Spot) -> float:
    """Degrees clockwise from north, 0 to 360."""
    x, y = Plane(*start).xy(*end)
    return float(np.degrees(np.arctan2(x, y)) % 360)


def _polar_polygon(inner: float, outer: float, azimuth: float, half_angle: float) -> Polygon:
    if half_angle >= 180:
        hole = [_arc(inner, 0, 360)[:-1]] if inner > 0 else []
        return Polygon(_arc(outer, 0, 360)[:-1], hole)
    far = _arc(outer, azimuth - half_angle, azimuth + half_angle)
    near = _arc(inner, azimuth - half_angle, azimuth + half_angle) if inner > 0 else np.zeros((1, 2))
    return Polygon(np.vstack([far, near[::-1]]))


def _arc(radius: float, start: float, end: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    angles = np.radians(np.linspace(start, end, ceil((end - start) / ARC_STEP_DEGREES) + 1))
    return np.column_stack([radius * np.sin(angles), radius * np.cos(angles)])
