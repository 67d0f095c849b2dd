"""Metres around a place: the azimuthal equidistant plane of an anchor, and the way from it to RFC 7946 coordinates."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely import MultiPolygon, Point, Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from app.drawing.rules import DECIMALS

GEOD = Geod(ellps="WGS84")
Coordinates = NDArray[np.float64]
POLE_LIMIT = 85.0
"""Degrees of latitude beyond which a disc may hold a pole, which longitude and latitude cannot outline."""


@dataclass(frozen=True, slots=True)
class Plane:
    """x east, y north in metres. Bearings and distances from the origin are those of the ellipsoid, exactly."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not abs(self.lat) <= POLE_LIMIT:
            raise ValueError(f"no plane at latitude {self.lat}")

    def to_metres(self, geometry: BaseGeometry) -> BaseGeometry:
        return shapely.transform(geometry, self._forward)

    def to_degrees(self, geometry: BaseGeometry) -> BaseGeometry:
        """WGS 84; longitudes run on past 180 where the plane lies across the antimeridian."""
        return shapely.transform(geometry, self._inverse)

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        [[x, y]] = self._forward(np.array([[lon, lat]]))
        return float(x), float(y)

    def _forward(self, degrees: Coordinates) -> Coordinates:
        lon, lat = np.full(len(degrees), self.lon), np.full(len(degrees), self.lat)
        azimuth, _, distance = GEOD.inv(lon, lat, degrees[:, 0], degrees[:, 1])
        angle = np.radians(azimuth)
        return np.column_stack([distance * np.sin(angle), distance * np.cos(angle)])

    def _inverse(self, metres: Coordinates) -> Coordinates:
        azimuth = np.degrees(np.arctan2(metres[:, 0], metres[:, 1]))
        lon, lat = np.full(len(metres), self.lon), np.full(len(metres), self.lat)
        lon, lat, _ = GEOD.fwd(lon, lat, azimuth, np.hypot(metres[:, 0], metres[:, 1]))
        return np.column_stack([self.lon + (lon - self.lon + 180) % 360 - 180, lat])


def on_the_wire(degrees: BaseGeometry) -> BaseGeometry:
    """As RFC 7946 wants it: cut at the antimeridian, six decimals, valid, exterior rings counter-clockwise.

    Raises ValueError where nothing is left of it, or it is neither a point nor an area.
    """
    if isinstance(degrees, Point):
        return Point(round(degrees.x, DECIMALS), round(degrees.y, DECIMALS))
    snapped = shapely.set_precision(_cut_at_antimeridian(degrees), 10.0**-DECIMALS)
    rounded = shapely.transform(snapped, lambda xy: np.round(xy, DECIMALS))
    polygons = sorted(_polygons(rounded), key=lambda part: part.bounds)
    if not polygons:
        raise ValueError(f"nothing to draw in {degrees.geom_type}")
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    parts = shapely.get_parts(geometry)
    return [shapely.orient_polygons(part) for part in parts if isinstance(part, Polygon) and not part.is_empty]


def _cut_at_antimeridian(geometry: BaseGeometry) -> BaseGeometry:
    west, _, east, _ = geometry.bounds
    if west >= -180 and east <= 180:
        return geometry
    world = shapely.box(-180, -90, 180, 90)
    turns = (translate(geometry, xoff=turn).intersection(world) for turn in (-360, 0, 360))
    return shapely.union_all([part for part in turns if not part.is_empty])
