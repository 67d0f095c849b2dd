"""How far does a place reach? Outlines and river lines from `geodata/`, mended where the register knows better."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import shapely
from shapely import STRtree
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, PlaceKind
from app.gazetteer.entry import Draft

FILES = ("oblasts.geojson", "waters.geojson")
MOST_ASTRAY_DEGREES = 0.12
"""A settlement farther outside its oblast than this (about 10 km) has a wrong point, not a wrong outline."""
CELL_DEGREES = 0.03
"""A mended outline takes in at most so much (about 3 km) around the settlement that it had left out."""


def add(draft: Draft, geodata: Path) -> None:
    for file in FILES:
        collection = json.loads((geodata / file).read_text(encoding="utf-8"))
        for feature in collection["features"]:
            draft.areas[feature["id"]] = shapely.geometry.shape(feature["geometry"])
    mend(draft)


def mend(draft: Draft) -> None:
    """Moves the oblasts' borders so that every exactly known settlement lies in the oblast it belongs to.

    The outlines are drawn at 1:10,000,000; the register is the law. What a settlement takes along is its Voronoi cell
    among all exactly known ones, cut to a few kilometres, so that no neighbour changes sides with it.
    """
    homes = {p.id: _home(p) for p in draft.places.values()}
    places = [p for p in draft.places.values() if _is_exact(p) and homes[p.id] in draft.areas]
    strays = _strays(places, homes, draft.areas)
    if not strays:
        return
    cells = _cells(places, strays)
    gains: dict[str, list[BaseGeometry]] = {}
    for place, cell in zip(strays, cells, strict=True):
        gains.setdefault(homes[place.id], []).append(cell)
    for home, own in gains.items():
        lost = shapely.union_all([c for other, theirs in gains.items() if other != home for c in theirs])
        draft.areas[home] = _surfaces(draft.areas[home].difference(lost).union(shapely.union_all(own)))
    taken = shapely.union_all([c for own in gains.values() for c in own])
    for code, area in list(draft.areas.items()):
        if code not in gains and _is_oblast(draft, code) and area.intersects(taken):
            draft.areas[code] = _surfaces(area.difference(taken))


def _home(place: Place) -> str:
    return place.oblast_id or place.id


def _is_exact(place: Place) -> bool:
    return place.is_settlement and place.id.startswith("UA") and place.precision is CoordinatePrecision.EXACT


def _is_oblast(draft: Draft, code: str) -> bool:
    return draft.places[code].kind is PlaceKind.OBLAST


def _strays(places: Iterable[Place], homes: Mapping[str, str], areas: Mapping[str, BaseGeometry]) -> list[Place]:
    found = []
    for area in areas.values():
        shapely.prepare(area)
    for place in places:
        distance = areas[homes[place.id]].distance(_point(place))
        if 0 < distance < MOST_ASTRAY_DEGREES:
            found.append(place)
    return found


def _cells(places: list[Place], strays: list[Place]) -> list[BaseGeometry]:
    """The Voronoi cell of each stray among `places`, at most `CELL_DEGREES` wide around it."""
    points = [_point(p) for p in places]
    cells = list(shapely.voronoi_polygons(shapely.MultiPoint(points)).geoms)
    tree = STRtree(cells)
    found = []
    for place in strays:
        point = _point(place)
        holding = [cells[i] for i in tree.query(point, predicate="intersects")]
        found.append(shapely.union_all(holding).intersection(point.buffer(CELL_DEGREES, quad_segs=4)))
    return found


def _point(place: Place) -> Point:
    if place.lon is None or place.lat is None:
        raise ValueError(f"{place.id} is said to be exact and has no point")
    return Point(place.lon, place.lat)


def _surfaces(geometry: BaseGeometry) -> BaseGeometry:
    """Polygons only, at the precision of the outlines: a difference may leave threads behind."""
    clean = shapely.set_precision(geometry, 0.0001)
    parts = [g for g in getattr(clean, "geoms", [clean]) if isinstance(g, Polygon) and not g.is_empty]
    return shapely.union_all(parts)
