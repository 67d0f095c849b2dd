"""The ground under the claims on the map page: land, oblasts, waters and names, as GeoJSON texts."""

import json
from collections.abc import Sequence
from pathlib import Path

from shapely.geometry import shape

from app.api.answer.responses import Json, compact
from app.domain.place import Atlas, Place
from app.domain.vocabulary import PlaceKind

LAYERS = ("oblasts", "waters")
MIDDLE = (35.0, 48.5, 900.0)
"""Longitude, latitude, kilometres around: the settlements that the map names."""


def ground(geodata: Path, atlas: Atlas) -> dict[str, str]:
    """Texts by layer. `geodata` has the shapes, the atlas their names; KeyError where it does not know one of them."""
    layers = {name: _layer(geodata / f"{name}.geojson", atlas) for name in LAYERS}
    areas = [_middle(feature) for layer in layers.values() for feature in layer if _is_named(feature["properties"])]
    towns = [_town(place) for place in atlas.towns(*MIDDLE) if place.population]
    collections = {**layers, "names": [*areas, *towns]}
    texts = {name: compact({"type": "FeatureCollection", "features": these}) for name, these in collections.items()}
    return {"land": (geodata / "land.geojson").read_text("utf-8"), **texts}


def _layer(file: Path, atlas: Atlas) -> Sequence[Json]:
    """Features whose ids are places', with what the style asks for."""
    features: list[Json] = json.loads(file.read_text("utf-8"))["features"]
    for feature in features:
        place = atlas.place(feature["id"])
        feature["properties"] = {"name": place.name, "kind": place.kind, "country": place.country}
    return features


def _is_named(properties: Json) -> bool:
    named: bool = properties["kind"] == PlaceKind.SEA or properties["country"] == "UA"
    return named and properties["kind"] != PlaceKind.RIVER


def _middle(feature: Json) -> Json:
    """A centroid may lie outside a bent area, or in the city that an oblast surrounds."""
    inside = shape(feature["geometry"]).representative_point()
    return _point(feature["id"], inside.x, inside.y, feature["properties"])


def _town(place: Place) -> Json:
    values = {"id": place.id, "name": place.name, "kind": "settlement", "population": place.population}
    return _point(place.id, place.lon, place.lat, values)


def _point(key: str, lon: float | None, lat: float | None, properties: Json) -> Json:
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": key, "geometry": point, "properties": properties}
