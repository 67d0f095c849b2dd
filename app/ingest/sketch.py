"""A footprint as a small drawing in characters, so that an area can be judged in a terminal."""

from collections.abc import Sequence
from math import cos, radians

from shapely import contains_xy
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from app.domain.place import Place

COLUMNS, ROWS = 44, 16
CELL_ASPECT = 2.0  # a terminal's character cell is about twice as high as it is wide


def sketch(areas: Sequence[BaseGeometry], places: Sequence[Place]) -> list[str]:
    """Lines of text, north up: `·` where an area holds the cell's middle, `◉` for each place; a scale below."""
    points = [(p.lon, p.lat) for p in places if p.lon is not None and p.lat is not None]
    drawn = unary_union(list(areas))
    west, south, east, north = _frame(drawn, points)
    step_lon, step_lat = (east - west) / COLUMNS, (north - south) / ROWS
    grid = [
        [
            "·" if contains_xy(drawn, west + (c + 0.5) * step_lon, north - (r + 0.5) * step_lat) else " "
            for c in range(COLUMNS)
        ]
        for r in range(ROWS)
    ]
    for lon, lat in points:
        row, column = int((north - lat) / step_lat), int((lon - west) / step_lon)
        grid[min(max(row, 0), ROWS - 1)][min(max(column, 0), COLUMNS - 1)] = "◉"
    width_km = (east - west) * 111.32 * cos(radians((north + south) / 2))
    return ["".join(row).rstrip() for row in grid] + [f"└{'─' * (COLUMNS - 2)}┘ {width_km:.0f} km, north up"]


def _frame(drawn: BaseGeometry, points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """West, south, east, north of a frame around everything, of the drawing's own proportions."""
    bounds = [drawn.bounds, *((x, y, x, y) for x, y in points)]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    squeeze = cos(radians((north + south) / 2))
    width, height = (east - west) * squeeze, north - south
    side = max(width, height * COLUMNS / (ROWS * CELL_ASPECT), 0.02) * 1.08
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    half_lon, half_lat = side / 2 / squeeze, side * ROWS * CELL_ASPECT / COLUMNS / 2
    return middle_lon - half_lon, middle_lat - half_lat, middle_lon + half_lon, middle_lat + half_lat
