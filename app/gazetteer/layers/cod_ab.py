"""Layer 4: OCHA's common operational dataset (COD-AB), every settlement of Ukraine with a point, read from its xlsx."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl.reader.excel import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from app.domain.errors import GazetteerError
from app.domain.vocabulary import CoordinatePrecision
from app.gazetteer.entry import Draft

LAYER = "cod-ab"
SHEET = "Admin 4"
_COLUMNS = ("Settlement UKR", "Admin4 Pcode", "LAT", "LON")
_PCODE = 12
LEAST_ROWS = 20_000
"""Fewer settlements than this are no complete file: the country has close to thirty thousand."""


@dataclass(frozen=True, slots=True)
class Point:
    """A settlement's P-code (the first twelve characters of its KATOTTG code), name and coordinate."""

    pcode: str
    name_uk: str
    lon: float
    lat: float


def read(path: Path) -> list[Point]:
    """Raises GazetteerError when the file is broken, cut short, or not of this kind."""
    try:
        points = list(_points(path))
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException, SyntaxError) as error:
        raise GazetteerError(f"it cannot be read as a COD-AB workbook: {error}") from error
    if len(points) < LEAST_ROWS:
        raise GazetteerError(f"it holds {len(points)} settlements only; a whole COD-AB file has about 29,700.")
    return points


def _points(path: Path) -> Iterator[Point]:
    with path.open("rb") as stream:
        yield from _sheet_points(stream)


def _sheet_points(stream: BinaryIO) -> Iterator[Point]:
    workbook = load_workbook(stream, read_only=True)
    if SHEET not in workbook.sheetnames:
        raise ValueError(f"it has no sheet {SHEET!r}")
    rows = workbook[SHEET].iter_rows(values_only=True)
    header = [str(cell).strip() for cell in next(rows)]
    name, pcode, lat, lon = (header.index(column) for column in _COLUMNS)
    for row in rows:
        if row[pcode]:
            yield _point(row[pcode], row[name], row[lon], row[lat])


def _point(pcode: Any, name: Any, lon: Any, lat: Any) -> Point:
    point = Point(str(pcode), str(name).strip(), round(float(lon), 5), round(float(lat), 5))
    if not (22 <= point.lon <= 41 and 44 <= point.lat <= 53):
        raise ValueError(f"{point.pcode} lies outside Ukraine at {point.lon}, {point.lat}")
    return point


def add(draft: Draft, points: list[Point]) -> int:
    """Gives every settlement an exact point that has none from a layer checked by hand; returns how many it did."""
    by_pcode = {place_id[:_PCODE]: place_id for place_id, p in draft.places.items() if p.is_settlement}
    moved = 0
    for point in points:
        place_id = by_pcode.get(point.pcode)
        if place_id and draft.places[place_id].precision is not CoordinatePrecision.EXACT:
            draft.locate(
                place_id, LAYER, lon=point.lon, lat=point.lat, precision=CoordinatePrecision.EXACT, uncertainty_m=0.0
            )
            moved += 1
    return moved
