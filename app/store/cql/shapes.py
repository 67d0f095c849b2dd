"""The geometries of a CQL2 expression, and how two of them may lie to each other."""

import json
import math
from collections.abc import Mapping
from typing import Any

from shapely import force_2d, from_geojson, union_all
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, func

from app.store.bounds import Box
from app.store.cql.terms import BadExpression, Subject

Json = Any
GEOMETRY = "geometry"
RELATIONS: Mapping[str, str] = {
    "s_intersects": "ST_Intersects",
    "s_disjoint": "ST_Disjoint",
    "s_within": "ST_Within",
    "s_contains": "ST_Contains",
    "s_touches": "ST_Touches",
    "s_crosses": "ST_Crosses",
    "s_overlaps": "ST_Overlaps",
    "s_equals": "ST_Equals",
}
TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")

PARTS = (
    "a position is two or three numbers, a line has two positions or more, and a ring of an area four or more, of which"
    " the last is the first"
)
"""What geometries are made of (RFC 7946, 3.1)."""


def related(op: str, left: Json, right: Json, of: Subject) -> ColumnElement[bool]:
    relation: ColumnElement[bool] = getattr(func, RELATIONS[op])(shape(left, of), shape(right, of))
    return relation


def is_shape(node: Json) -> bool:
    return isinstance(node, Mapping) and (node.get("property") == GEOMETRY or "bbox" in node or "coordinates" in node)


def shape(node: Json, of: Subject) -> ColumnElement[Any]:
    """BadExpression for what is no geometry, or none in degrees of WGS 84."""
    match node:
        case {"property": str(name)}:
            if name != GEOMETRY:
                raise BadExpression(f"“{name[:40]}” is no geometry; the one there is is called {GEOMETRY}")
            return of.geometry
        case {"bbox": [*numbers]}:
            return _bound(_box(numbers))
        case {"type": str(kind)} if kind in TYPES:
            return _bound(_literal(node))
    raise BadExpression(f"“{str(node)[:60]}” is neither a geometry, a box, nor the property {GEOMETRY}")


def _bound(geometry: BaseGeometry) -> ColumnElement[Any]:
    return func.ST_GeomFromWKB(geometry.wkb, 4326)


def _box(numbers: list[Json]) -> BaseGeometry:
    if len(numbers) not in (4, 6) or not all(_is_number(each) for each in numbers):
        raise BadExpression("a box is west, south, east, north in degrees")
    flat = numbers if len(numbers) == 4 else [*numbers[:2], *numbers[3:5]]
    try:
        return union_all([half.shape for half in Box(*flat).halves])
    except ValueError as error:
        raise BadExpression(f"{flat} is no box: {error}") from error


def _literal(node: Json) -> BaseGeometry:
    try:
        geometry = force_2d(from_geojson(json.dumps(node, allow_nan=False)))
    except (ValueError, ShapelyError) as error:
        raise BadExpression(f"“{str(node)[:60]}” is no geometry: {PARTS}") from error
    if geometry.is_empty or not geometry.is_valid:
        raise BadExpression(f"“{str(node)[:60]}” is an empty geometry, or one that crosses itself")
    west, south, east, north = geometry.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise BadExpression("a geometry lies outside of longitudes -180 to 180 and latitudes -90 to 90")
    if geometry.geom_type != "GeometryCollection":
        return geometry
    # The database relates no collection of several kinds.
    merged = union_all(geometry)
    if merged.geom_type == "GeometryCollection":
        raise BadExpression("a collection may hold points, or lines, or areas, not several of these")
    return merged


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
