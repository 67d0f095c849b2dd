"""Northern, central, left-bank, border and coastal parts of oblasts and towns."""

from collections.abc import Iterator

from app.domain.vocabulary import Compass, GeoPrecision
from app.drawing import rules, shapes
from app.drawing.anchor import Anchor, Course, Spot, Tract
from app.drawing.around import TRACT_PRECISION, place_itself
from app.drawing.rivers import BANKS, bank_of_spot, bank_of_tract
from app.drawing.scene import Drawing, Scene, Style, footprint, refuse
from app.drawing.tracts import border, half, middle

EDGES = frozenset({"border", "coast"})


def part(scene: Scene) -> Iterator[Drawing]:
    for anchor in _wholes(scene):
        for compass in scene.wording.compass or (None,):
            yield part_of(scene, anchor, compass)


def _wholes(scene: Scene) -> tuple[Anchor, ...]:
    """What a part is taken of: the river of "the left bank of the Dnipro in Kherson Oblast" only divides it."""
    divided = tuple(a for a in scene.anchors if not isinstance(a, Course))
    return divided if divided and scene.wording.part in BANKS else scene.anchors


def part_of(scene: Scene, anchor: Anchor, compass: Compass | None) -> Drawing:
    if isinstance(anchor, Tract):
        return _part_of_tract(scene, anchor, compass)
    if isinstance(anchor, Spot):
        return _part_of_spot(scene, anchor, compass)
    return place_itself(scene, anchor)


def _part_of_tract(scene: Scene, anchor: Tract, compass: Compass | None) -> Drawing:
    name = scene.wording.part
    if name in BANKS:
        shape, method = bank_of_tract(scene, anchor), "bank_of_area"
        if shape is None:
            return refuse(anchor, "no course is known of the river whose bank is meant")
    elif compass is not None:
        shape, method = half(anchor.polygon, compass), "half_of_area"
    elif name in EDGES:
        shape, method = border(anchor.polygon), "edge_of_area"
    elif name == "central":
        shape, method = middle(anchor.polygon), "middle_of_area"
    else:
        return place_itself(scene, anchor)
    if shape.is_empty:
        return refuse(anchor, f"{anchor.place.name} has no such part")
    style = Style(method, TRACT_PRECISION[anchor.place.kind], compass=compass)
    return footprint(shapes.area(shape), (anchor.number,), style)


def _part_of_spot(scene: Scene, anchor: Spot, compass: Compass | None) -> Drawing:
    numbers = (anchor.number,)
    if compass is not None:
        shape = shapes.polar(
            anchor.at,
            0.0,
            anchor.radius_km,
            compass.degrees,
            90.0,
            best_km=anchor.radius_km / 2,
            blur_km=anchor.blur_km,
        )
        return footprint(shape, numbers, Style("half_of_place", GeoPrecision.EXACT, compass=compass))
    if scene.wording.part in BANKS:
        bank = bank_of_spot(scene, anchor)
        if bank is None:
            return refuse(anchor, "no river is known to divide it")
        return footprint(shapes.area(bank), numbers, Style("bank_of_place", GeoPrecision.EXACT))
    if scene.wording.part == "central":
        shape = shapes.polar(anchor.at, 0.0, rules.CENTRAL_SHARE * anchor.radius_km, blur_km=anchor.blur_km)
        return footprint(shape, numbers, Style("middle_of_place", GeoPrecision.EXACT))
    return place_itself(scene, anchor)
