"""North of, ten kilometres south-west of, ten kilometres from: wedges and rings at a distance from a place."""

from collections.abc import Iterator
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from app.domain.place import Atlas
from app.domain.vocabulary import Compass, GeoPrecision, PlaceKind
from app.drawing import rules, shapes
from app.drawing.anchor import Course, Spot, Tract, outline_named
from app.drawing.around import place_itself
from app.drawing.parts import part_of
from app.drawing.rivers import reach
from app.drawing.scene import Drawing, Scene, Style, footprint, refuse
from app.drawing.tracts import surroundings, widened

UNDRAWABLE = "no distance that an area could be drawn at"
SEAS = ("Чорне море", "Азовське море")
"""Where no report places anything on land."""


def bearing(scene: Scene) -> Iterator[Drawing]:
    """One footprint for each anchor and each bearing named."""
    far = scene.wording.distance_km
    if far and not _is_drawable(far):
        yield from (refuse(anchor, UNDRAWABLE) for anchor in scene.anchors)
        return
    for anchor in scene.anchors:
        if isinstance(anchor, Course):
            yield reach(scene, anchor, rules.NEAR_CITY_KM)
            continue
        for compass in scene.wording.compass:
            if isinstance(anchor, Spot):
                yield _wedge(scene, anchor, compass)
            elif isinstance(anchor, Tract):
                yield _beside_tract(scene, anchor, compass)
        if not isinstance(anchor, Spot | Tract):
            yield place_itself(scene, anchor)


def distance(scene: Scene) -> Iterator[Drawing]:
    far = scene.wording.distance_km
    for anchor in scene.anchors:
        if not far or not _is_drawable(far):
            yield refuse(anchor, UNDRAWABLE)
        elif isinstance(anchor, Spot):
            inner, outer = rules.RING_INNER * far, rules.RING_OUTER * far
            ring = shapes.polar(anchor.at, inner, outer, blur_km=anchor.blur_km)
            yield footprint(ring, (anchor.number,), Style("distance_ring", GeoPrecision.RELATIVE))
        elif isinstance(anchor, Tract):
            yield _band(anchor, _ring_about(anchor.polygon, far), "distance_ring", None)
        elif isinstance(anchor, Course):
            yield reach(scene, anchor, rules.RING_OUTER * far)
        else:
            yield place_itself(scene, anchor)


def _is_drawable(far_km: float) -> bool:
    least, most = rules.DISTANCES_KM
    return least <= far_km <= most


def _wedge(scene: Scene, anchor: Spot, compass: Compass) -> Drawing:
    far = scene.wording.distance_km
    if far:
        inner, outer = rules.range_km(far, anchor.radius_km)
        half_angle, best = rules.RANGE_HALF_ANGLE[compass.winds], rules.RANGE_BEST * far
        style = Style("annular_wedge", GeoPrecision.RELATIVE, _known(anchor, rules.RANGE_PROBABILITY), compass)
    else:
        inner, outer = anchor.radius_km, reach_km(scene.atlas, anchor, compass)
        half_angle, best = rules.BEARING_HALF_ANGLE, min(outer, rules.median_distance_km(anchor.radius_km))
        probability = rules.bearing_probability(compass, anchor.radius_km, outer)
        style = Style("wedge", GeoPrecision.RELATIVE, _known(anchor, probability), compass)
    shape = shapes.polar(
        anchor.at, inner, outer, compass.degrees, half_angle, best_km=max(best, inner), blur_km=anchor.blur_km
    )
    return footprint(shape if far else _dry(scene.atlas, shape), (anchor.number,), style)


@lru_cache(maxsize=4096)
def _dry(atlas: Atlas, shape: shapes.Shape) -> shapes.Shape:
    """The shape without what lies out at sea; all of it where nothing else would be left."""
    for sea in _seas(atlas):
        if sea.intersects(shape.geometry) and not sea.covers(shape.geometry):
            shape = shapes.area(shape.geometry.difference(sea))
    return shape


@lru_cache(maxsize=8)
def _seas(atlas: Atlas) -> tuple[BaseGeometry, ...]:
    outlines = (outline_named(atlas, name, PlaceKind.SEA) for name in SEAS)
    seas = tuple(widened(outline, -rules.SHORE_KM) for outline in outlines if outline is not None)
    for sea in seas:
        shapely.prepare(sea)
    return seas


def _known(anchor: Spot, probability: float) -> float | None:
    """The measured shares hold for places whose coordinate is exact."""
    return probability if anchor.blur_km == 0 else None


def reach_km(atlas: Atlas, anchor: Spot, compass: Compass) -> float:
    """How far a wedge without distance goes: the measured reach, or half way to the next place of like size there."""
    return _reach_km(atlas, anchor.place.id, anchor.at, anchor.radius_km, compass)


@lru_cache(maxsize=8192)
def _reach_km(atlas: Atlas, place_id: str, at: shapes.Spot, radius_km: float, compass: Compass) -> float:
    median = rules.median_distance_km(radius_km)
    reach = rules.bearing_reach_km(radius_km)
    floor = min(reach, max(rules.CUT_FLOOR_D50 * median, radius_km + rules.NEAR_VILLAGE_KM))
    people = rules.population_of_radius(radius_km)
    for town in atlas.towns(*at, within_km=reach / rules.CUT_SHARE):
        if town.lon is None or town.lat is None or town.id == place_id:
            continue
        if (town.population or 0) >= rules.CUT_LIKE_SIZE * people:
            cut = rules.CUT_SHARE * shapes.length_km(at, (town.lon, town.lat))
            off = shapes.bearing(at, (town.lon, town.lat)) - compass.degrees
            if abs((off + 180) % 360 - 180) <= rules.BEARING_HALF_ANGLE:
                return min(reach, max(cut, floor))
    return reach


def _beside_tract(scene: Scene, anchor: Tract, compass: Compass) -> Drawing:
    """ "The north of" an oblast is a part of it; so many kilometres north of its border is outside."""
    far = scene.wording.distance_km
    if not far:
        return part_of(scene, anchor, compass)
    centre = anchor.polygon.centroid
    fan = shapes.polar((centre.x, centre.y), 0.0, rules.FAN_KM, compass.degrees, rules.RANGE_HALF_ANGLE[compass.winds])
    return _band(anchor, _ring_about(anchor.polygon, far).intersection(fan.geometry), "distance_band", compass)


def _band(anchor: Tract, shape: BaseGeometry, method: str, compass: Compass | None) -> Drawing:
    if shape.is_empty:
        return refuse(anchor, UNDRAWABLE)
    return footprint(shapes.area(shape), (anchor.number,), Style(method, GeoPrecision.RELATIVE, compass=compass))


def _ring_about(polygon: BaseGeometry, far_km: float) -> BaseGeometry:
    ring = surroundings(polygon, rules.RING_OUTER * far_km)
    return shapely.difference(ring, surroundings(polygon, rules.RING_INNER * far_km))
