"""Features as rows of a spreadsheet (RFC 4180): the properties, then longitude and latitude, then WKT."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from shapely import from_geojson, to_wkt

from app.domain.properties import Property

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine, and Cyrillic for noise."""
FORMULA = tuple("=+-@＝＋－＠")  # wide forms are taken for the narrow ones in East Asian settings
"""A text that begins so is computed by spreadsheets (OWASP, CSV injection)."""


def names(properties: Mapping[str, Property]) -> tuple[str, ...]:
    """Outlines last: they are long, and for programs."""
    return ("id", *properties, "lon", "lat", "wkt")


def head(properties: Mapping[str, Property]) -> str:
    columns = names(properties)
    return BYTE_ORDER_MARK + _lines([{name: name for name in columns}], columns)


def rows(bodies: Sequence[str], properties: Mapping[str, Property]) -> str:
    """One line for each feature. `lon` and `lat` are of the point, or of one that lies inside the area."""
    return _lines([_row(json.loads(body), body) for body in bodies], names(properties))


def safe(text: str) -> str:
    """The text as a spreadsheet shows it and never computes it: an apostrophe goes before what looks like a formula,
    also behind blanks and line breaks, which some programs pass over."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text[:1] in {"\t", "\r", "\n"} else text


def _row(feature: dict[str, object], body: str) -> dict[str, object]:
    properties = feature["properties"]
    assert isinstance(properties, dict)
    cells = {name: safe(value) if isinstance(value, str) else value for name, value in properties.items()}
    return {"id": feature["id"], **(_place(body) if feature["geometry"] else {}), **cells}


def _place(body: str) -> dict[str, object]:
    shape = from_geojson(body)
    dot = shape.point_on_surface()
    return {"wkt": to_wkt(shape, rounding_precision=-1), "lon": dot.x, "lat": dot.y}


def _lines(table: Sequence[dict[str, object]], columns: Sequence[str]) -> str:
    """ValueError for a property that has no column."""
    written = io.StringIO(newline="")
    csv.DictWriter(written, columns).writerows(table)
    return written.getvalue()
