"""Features as rows of a spreadsheet (RFC 4180): the properties, then longitude and latitude, then WKT."""

import csv
import io
import json
from collections.abc import Sequence

from shapely import from_geojson, to_wkt

from app.domain.properties import PROPERTIES

NAMES = ("id", *PROPERTIES, "lon", "lat", "wkt")
"""Outlines last: they are long, and for programs."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine, and Cyrillic for noise."""
FORMULA = tuple("=+-@＝＋－＠")  # wide forms are taken for the narrow ones in East Asian settings
"""A text that begins so is computed by spreadsheets (OWASP, CSV injection)."""


def head() -> str:
    return BYTE_ORDER_MARK + _lines([{name: name for name in NAMES}])


def rows(bodies: Sequence[str]) -> str:
    """One line for each feature. `lon` and `lat` are of the point, or of one that lies inside the area."""
    return _lines([_row(json.loads(body), body) for body in bodies])


def safe(text: str) -> str:
    """The text as a spreadsheet shows it and never computes it: an apostrophe goes before what looks like a formula,
    also behind blanks and line breaks, which some programs pass over."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text[:1] in {"\t", "\r", "\n"} else text


def _row(feature: dict[str, object], body: str) -> dict[str, object]:
    shape = from_geojson(body)
    dot = shape.point_on_surface()
    properties = feature["properties"]
    assert isinstance(properties, dict)
    cells = {name: safe(value) if isinstance(value, str) else value for name, value in properties.items()}
    wkt = to_wkt(shape, rounding_precision=-1)
    return {"id": feature["id"], "wkt": wkt, "lon": dot.x, "lat": dot.y, **cells}


def _lines(table: Sequence[dict[str, object]]) -> str:
    """ValueError for a property that has no column."""
    written = io.StringIO(newline="")
    csv.DictWriter(written, NAMES).writerows(table)
    return written.getvalue()
