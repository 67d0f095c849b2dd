"""By which properties features can be asked for, and what every feature holds: as JSON Schema."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.api.answer.responses import Json
from app.domain.properties import Property
from app.domain.vocabulary import FeatureKind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BOUNDS = {
    "anchor_lon": (-180, 180),
    "anchor_lat": (-90, 90),
    "distance_km": (0,),
    "uncertainty_m": (0,),
    "probability": (0, 1),
    "quote_start": (0,),
    "quote_end": (1,),
    "independent_sources": (1,),
    "claims": (0,),
    "features": (0,),
    "population": (0,),
}
SHAPES = {
    FeatureKind.POINT: ("https://geojson.org/schema/Point.json", "geometry-point"),
    FeatureKind.SECTOR: ("https://geojson.org/schema/Geometry.json", "geometry-any"),
}
EVERYTHING = ("https://geojson.org/schema/Geometry.json", "geometry-any")


def queryables(address: str, title: str, properties: Mapping[str, Property], only: FeatureKind | None = None) -> Json:
    """OGC API – Features, Part 3, 6.2: what `filter` may name."""
    shape = SHAPES[only] if only else EVERYTHING
    geometry = {"title": "Where", "x-ogc-role": "primary-geometry", "format": shape[1]}
    return {
        "$schema": DIALECT,
        "$id": address,
        "type": "object",
        "title": title,
        "properties": {
            "geometry": geometry,
            **{name: property_schema(name, each) for name, each in properties.items()},
        },
        "additionalProperties": False,
    }


def feature_schema(
    address: str, title: str, properties: Mapping[str, Property], types: Sequence[str], *, may_lack: bool = False
) -> Json:
    """What a feature holds, as it is told in GeoJSON: a geometry of these `types`, which it may lack."""
    geometry = {
        "type": ["object", "null"] if may_lack else "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"enum": types}, "coordinates": {"type": "array", "minItems": 1}},
    }
    told = {name: _or_null(property_schema(name, each), each) for name, each in properties.items()}
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": title,
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": geometry,
            "properties": {
                "type": "object",
                "required": list(properties),
                "properties": told,
                "additionalProperties": False,
            },
        },
    }


def property_schema(name: str, about: Property) -> dict[str, Any]:
    kind = {str: "string", float: "number", int: "integer", bool: "boolean"}[about.scalar]
    role = {"x-ogc-role": about.role} if about.role else {}
    form = {"format": about.format} if about.format else {}
    bounds = dict(zip(("minimum", "maximum"), BOUNDS.get(name, ()), strict=False))
    return {"title": about.meaning, "type": kind, **form, **role, **bounds, **_words(about)}


def _words(about: Property) -> dict[str, Any]:
    return {} if about.words is None else {"enum": list(about.words)}


def _or_null(schema: dict[str, Any], about: Property) -> dict[str, Any]:
    if not about.may_lack:
        return schema
    words = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **words}
