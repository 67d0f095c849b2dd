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
    name = f"{told['event']}: {told['phrase']}"
    data = {"id": feature["id"], **told}
    return (
        f"<Placemark><name>{text(name)}</name><description>{text(told['citation'])}</description>"
        f"<TimeSpan><begin>{told['start']}</begin><end>{told['end']}</end></TimeSpan>"
        f"<ExtendedData>{''.join(_data(name, value) for name, value in data.items() if value is not None)}"
        f"</ExtendedData>{_geometry(feature['geometry'])}</Placemark>\n"
    )


def _data(name: str, value: object) -> str:
    told = json.dumps(value) if isinstance(value, bool) else str(value)
    return f"<Data name={quoteattr(name)}><value>{text(told)}</value></Data>"


def _geometry(geometry: Mapping[str, Any]) -> str:
    """ValueError for a kind of geometry that no feature has."""
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return f"<Point>{_coordinates([coordinates])}</Point>"
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
