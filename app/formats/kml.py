"""Features as placemarks of KML 2.2 (OGC 07-147r2), each with its span of time and its properties."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from app.formats.markup import text

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>features</name>\n'
)
TAIL = "</Document></kml>\n"


def rows(bodies: Sequence[str]) -> str:
    return "".join(_placemark(json.loads(body)) for body in bodies)


def _placemark(feature: Mapping[str, Any]) -> str:
    told = feature["properties"]
    data = {"id": feature["id"], **told}
    return (
        f"<Placemark><name>{text(_title(told))}</name><description>{text(told.get('citation') or '')}</description>"
        f"{_span(told)}"
        f"<ExtendedData>{''.join(_data(name, value) for name, value in data.items() if value is not None)}"
        f"</ExtendedData>{_geometry(feature['geometry'])}</Placemark>\n"
    )


def _title(told: Mapping[str, Any]) -> str:
    if "event" in told:
        return f"{told['event']}: {told['phrase']}"
    return str(told.get("name") or told.get("title") or told.get("citation"))


def _span(told: Mapping[str, Any]) -> str:
    """Of what has a time; it may not have ended."""
    for first, last in (("start", "end"), ("valid_from", "valid_to"), ("published", "published")):
        if first in told:
            end = f"<end>{told[last]}</end>" if told[last] else ""
            return f"<TimeSpan><begin>{told[first]}</begin>{end}</TimeSpan>"
    return ""


def _data(name: str, value: object) -> str:
    told = json.dumps(value) if isinstance(value, bool) else str(value)
    return f"<Data name={quoteattr(name)}><value>{text(told)}</value></Data>"


def _geometry(geometry: Mapping[str, Any] | None) -> str:
    """Nothing of what has none. ValueError for a kind of geometry that no feature has."""
    if geometry is None:
        return ""
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return f"<Point>{_coordinates([coordinates])}</Point>"
        case "LineString":
            return f"<LineString>{_coordinates(coordinates)}</LineString>"
        case "MultiLineString":
            lines = (f"<LineString>{_coordinates(each)}</LineString>" for each in coordinates)
            return f"<MultiGeometry>{''.join(lines)}</MultiGeometry>"
        case "Polygon":
            return _polygon(coordinates)
        case "MultiPolygon":
            return f"<MultiGeometry>{''.join(_polygon(each) for each in coordinates)}</MultiGeometry>"
        case other:
            raise ValueError(f"no feature is a {other}")


def _polygon(rings: Sequence[Any]) -> str:
    outer, *holes = (f"<LinearRing>{_coordinates(ring)}</LinearRing>" for ring in rings)
    inner = "".join(f"<innerBoundaryIs>{hole}</innerBoundaryIs>" for hole in holes)
    return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{inner}</Polygon>"


def _coordinates(positions: Iterable[Sequence[float]]) -> str:
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in positions)}</coordinates>"
