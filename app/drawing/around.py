"""At, near, on the outskirts of, toward and in the operational direction of a place: areas about the place itself."""

from collections.abc import Iterator

from shapely.geometry.base import BaseGeometry

from app.domain.vocabulary import CoordinatePrecision, FeatureKind, GeoPrecision, PlaceKind
from app.drawing import rules, shapes
from app.drawing.anchor import BOUNDLESS, Anchor, Course, Spot, Tract, Unanchored
from app.drawing.rivers import reach
from app.drawing.scene import Drawing, Scene, Style, footprint, refuse
from app.drawing.tracts import surroundings, whole

SPOT_PRECISION = {
    CoordinatePrecision.EXACT: GeoPrecision.NEAR,
    CoordinatePrecision.HROMADA: GeoPrecision.NEAR,
    CoordinatePrecision.RAION: GeoPrecision.RAION,
    CoordinatePrecision.AREA: GeoPrecision.OBLAST,
}
TRACT_PRECISION = {
    PlaceKind.OBLAST: GeoPrecision.OBLAST,
    PlaceKind.REGION: GeoPrecision.OBLAST,
    PlaceKind.RAION: GeoPrecision.RAION,
    PlaceKind.FACILITY: GeoPrecision.NEAR,
    PlaceKind.COUNTRY: GeoPrecision.COUNTRY,
    PlaceKind.SEA: GeoPrecision.INTERNATIONAL,
}


def at(scene: Scene) -> Iterator[Drawing]:
    for anchor in scene.anchors:
        yield place_itself(scene, anchor)


def near(scene: Scene) -> Iterator[Drawing]:
    for anchor in scene.anchors:
        if isinstance(anchor, Spot):
            wide = rules.NEAR_CITY_KM if anchor.is_city else rules.NEAR_VILLAGE_KM
            disc = shapes.polar(anchor.at, 0.0, max(anchor.radius_km, wide), blur_km=anchor.blur_km)
            yield footprint(disc, (anchor.number,), Style("disc", GeoPrecision.NEAR))
        elif isinstance(anchor, Course):
            yield reach(scene, anchor, rules.NEAR_VILLAGE_KM)
        else:
            yield place_itself(scene, anchor)


def outskirts(scene: Scene) -> Iterator[Drawing]:
    for anchor in scene.anchors:
        if not isinstance(anchor, Spot):
            yield place_itself(scene, anchor)
            continue
        inner = rules.OUTSKIRTS_INNER_SHARE * anchor.radius_km
        outer = anchor.radius_km + rules.OUTSKIRTS_BEYOND_KM
        if not scene.wording.compass:
            ring = shapes.polar(anchor.at, inner, outer, blur_km=anchor.blur_km)
            yield footprint(ring, (anchor.number,), Style("ring", GeoPrecision.NEAR))
        for compass in scene.wording.compass:
            half = shapes.polar(
                anchor.at, inner, outer, compass.degrees, 90.0, best_km=anchor.radius_km, blur_km=anchor.blur_km
            )
            yield footprint(half, (anchor.number,), Style("half_ring", GeoPrecision.NEAR, compass=compass))


def toward(scene: Scene) -> Iterator[Drawing]:
    """The ground before a place. With a bearing, only the side that the move comes from."""
    for anchor in scene.anchors:
        if isinstance(anchor, Spot):
            yield from _before(scene, anchor)
        elif isinstance(anchor, Tract) and anchor.place.kind not in BOUNDLESS:
            shape = shapes.area(surroundings(anchor.polygon, rules.TOWARD_KM))
            yield footprint(shape, (anchor.number,), Style("area_surroundings", GeoPrecision.RELATIVE))
        elif isinstance(anchor, Course):
            yield reach(scene, anchor, rules.TOWARD_KM)
        else:
            yield refuse(anchor, f"a {_kind(anchor)} is too large to be moved toward")


def _before(scene: Scene, anchor: Spot) -> Iterator[Drawing]:
    outer = max(rules.TOWARD_KM, anchor.radius_km + rules.NEAR_VILLAGE_KM)
    if not scene.wording.compass:
        ring = shapes.polar(anchor.at, anchor.radius_km, outer, blur_km=anchor.blur_km)
        yield footprint(ring, (anchor.number,), Style("approaches", GeoPrecision.RELATIVE))
    for compass in scene.wording.compass:
        side = shapes.polar(
            anchor.at,
            anchor.radius_km,
            outer,
            compass.degrees,
            rules.BEARING_HALF_ANGLE,
            best_km=(anchor.radius_km + outer) / 2,
            blur_km=anchor.blur_km,
        )
        yield footprint(side, (anchor.number,), Style("approaches", GeoPrecision.RELATIVE, compass=compass))


def operational_direction(scene: Scene) -> Iterator[Drawing]:
    for anchor in scene.anchors:
        registered = _registered_area(scene, anchor)
        if registered is not None:
            shape = shapes.area(registered)
            yield footprint(shape, (anchor.number,), Style("direction_area", GeoPrecision.RELATIVE))
        elif isinstance(anchor, Spot):
            disc = shapes.polar(anchor.at, 0.0, rules.DIRECTION_RADIUS_KM, blur_km=anchor.blur_km)
            yield footprint(disc, (anchor.number,), Style("direction_disc", GeoPrecision.RELATIVE))
        else:
            yield place_itself(scene, anchor)


def _registered_area(scene: Scene, anchor: Anchor) -> BaseGeometry | None:
    """Of the direction that came into use last, where several of the name are in use."""
    if isinstance(anchor, Unanchored):
        return None
    drawn = [d for d in scene.atlas.directions(anchor.place.id, scene.on) if d.area is not None]
    return max(drawn, key=lambda d: (d.valid_from, d.slug)).area if drawn else None


def place_itself(scene: Scene, anchor: Anchor) -> Drawing:
    """A point only for a settlement whose coordinate is exact; else the area it is known to lie in or to be."""
    if isinstance(anchor, Spot):
        return _spot_itself(anchor)
    if isinstance(anchor, Course) and scene.asked and anchor.line is not None:
        return footprint(whole(anchor.line), (anchor.number,), Style("river", GeoPrecision.INTERNATIONAL))
    if isinstance(anchor, Tract) and (scene.asked or anchor.place.kind not in BOUNDLESS):
        style = Style("area", TRACT_PRECISION[anchor.place.kind])
        return footprint(whole(anchor.polygon), (anchor.number,), style)
    return refuse(anchor, f"a {_kind(anchor)} as a whole says nothing of where in it")


def _spot_itself(anchor: Spot) -> Drawing:
    numbers = (anchor.number,)
    if anchor.exact:
        style = Style("point", GeoPrecision.EXACT, kind=FeatureKind.POINT)
        return footprint(shapes.point(anchor.at, anchor.radius_km), numbers, style)
    disc = shapes.polar(anchor.at, 0.0, anchor.radius_km, blur_km=anchor.blur_km)
    method = "disc_of_place" if anchor.blur_km == 0 else "disc_of_doubt"
    return footprint(disc, numbers, Style(method, SPOT_PRECISION[anchor.place.precision]))


def _kind(anchor: Anchor) -> str:
    return "place" if isinstance(anchor, Unanchored) else str(anchor.place.kind)
