"""A small drawing of a few areas and points, to see at a glance what shape they have. The map is `/map`."""

from collections.abc import Mapping, Sequence
from html import escape
from math import cos, radians
from typing import Any

from shapely import LineString, Point, Polygon, unary_union
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

WIDTH, MARGIN = 420, 30
"""Pixels; the height follows from the shape, within bounds."""
HEIGHTS = 160, 420
LEAST_DEGREES = 0.05


class _Frame:
    """Degrees to pixels: as the land is in the middle, where a degree of longitude is shorter."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        west, south, east, north = bounds
        self.squeeze = cos(radians((south + north) / 2))
        wide, high = max((east - west) * self.squeeze, LEAST_DEGREES), max(north - south, LEAST_DEGREES)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHTS[1] - 2 * MARGIN) / high)
        self.height = max(HEIGHTS[0], round(high * self.scale) + 2 * MARGIN)
        self.middle = (west + east) / 2, (south + north) / 2

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        x = WIDTH / 2 + (lon - self.middle[0]) * self.squeeze * self.scale
        return x, self.height / 2 - (lat - self.middle[1]) * self.scale


def sketch(geometries: Sequence[dict[str, Any]], names: Mapping[str, tuple[float, float]]) -> str:
    """SVG of GeoJSON geometries with named places, each at its longitude and latitude. Empty where nothing is drawn."""
    shapes = [shape(each) for each in geometries]
    if not shapes:
        return ""
    frame = _Frame(unary_union([*shapes, *(Point(each) for each in names.values())]).bounds)
    drawn = "".join(_drawn(each, frame) for each in shapes)
    labels = "".join(_label(name, *frame.at(*at)) for name, at in names.items())
    size = f'width="{WIDTH}" height="{frame.height}" viewBox="0 0 {WIDTH} {frame.height}"'
    return f'<p><svg role="img" aria-label="a sketch of the area" {size}>{drawn}{labels}</svg></p>'


def _drawn(geometry: BaseGeometry, frame: _Frame) -> str:
    match geometry:
        case Point():
            x, y = frame.at(geometry.x, geometry.y)
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#b5482a" fill-opacity=".6"/>'
        case Polygon():
            path = "".join(_path(ring.coords, frame) + "Z" for ring in (geometry.exterior, *geometry.interiors))
            return f'<path d="{path}" fill="#b5482a" fill-opacity=".25" fill-rule="evenodd" stroke="#b5482a"/>'
        case LineString():
            return f'<path d="{_path(geometry.coords, frame)}" fill="none" stroke="#b5482a"/>'
    return "".join(_drawn(part, frame) for part in getattr(geometry, "geoms", ()))


def _path(positions: Any, frame: _Frame) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (frame.at(lon, lat) for lon, lat in positions))


def _label(name: str, x: float, y: float) -> str:
    end = ' text-anchor="end" dx="-12"' if x > WIDTH * 0.7 else ""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#222"/>'
        f'<text x="{x + 6:.1f}" y="{y - 6:.1f}" font-size="13"{end}>{escape(name)}</text>'
    )
