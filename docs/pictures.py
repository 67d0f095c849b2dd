"""What does each phrase of phrases.md look like on the map? `python -m docs.pictures` draws docs/img/*.svg anew.

The areas come from the drawing code itself, over the outlines and rivers of geodata/ and a few settlements. Output is
the same to the byte on every run; a test compares it with the files. So are the numbers in phrases.md.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, radians
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from app.domain.interpretation import Footprint
from app.domain.vocabulary import Compass, Relation
from app.drawing import rules
from tests.atlas import AREAS, TableAtlas
from tests.drawn import drawn

DOCS = Path(__file__).parent
BEGIN, END = "<!-- numbers: written by pictures.py -->", "<!-- end of numbers -->"
GEODATA = DOCS.parent / "geodata"
SIZE = 320
LETTER = 6.2
"""Width of a letter of a name, about."""
MARGIN = 0.18
"""Of the drawn area's size, left free around it."""
OUTLINES = {
    "donetsk": "UA14000000000091971",
    "luhansk": "UA44000000000018893",
    "kherson": "UA65000000000030969",
    "dnipro": "river:dnipro",
    "black_sea": "sea:black",
}


@dataclass(frozen=True)
class Picture:
    name: str
    phrase: str
    relation: Relation
    anchors: tuple[str, ...]
    compass: tuple[Compass, ...] = ()
    distance_km: float | None = None
    part: str | None = None
    told_with: tuple[str, ...] = field(default=())


PICTURES = (
    Picture("at", "in Chasiv Yar", Relation.AT, ("chasiv_yar",)),
    Picture("near", "near Klishchiivka", Relation.NEAR, ("klishchiivka",)),
    Picture("outskirts", "the northern outskirts of Bakhmut", Relation.OUTSKIRTS, ("bakhmut",), (Compass.N,)),
    Picture("bearing", "north and south of Bakhmut", Relation.BEARING, ("bakhmut",), (Compass.N, Compass.S)),
    Picture("bearing_distance", "10 km south-west of Bakhmut", Relation.BEARING, ("bakhmut",), (Compass.SW,), 10),
    Picture("distance", "10 km from Bakhmut", Relation.DISTANCE, ("bakhmut",), distance_km=10),
    Picture("between", "between Bakhmut and Kostiantynivka", Relation.BETWEEN, ("bakhmut", "kostiantynivka")),
    Picture("axis", "in the Bila Hora-Andriivka direction", Relation.AXIS, ("bila_hora", "andriivka")),
    Picture("line", "on the Bakhmut-Horlivka line", Relation.AXIS, ("bakhmut", "horlivka"), part="line"),
    Picture("toward", "toward Bakhmut", Relation.TOWARD, ("bakhmut",)),
    Picture("direction", "in the Bakhmut direction", Relation.OPERATIONAL_DIRECTION, ("bakhmut",)),
    Picture(
        "along",
        "the left bank of the Dnipro, by Kherson",
        Relation.ALONG,
        ("dnipro",),
        part="left_bank",
        told_with=("kherson_city",),
    ),
    Picture("part", "northern Donetsk Oblast", Relation.PART, ("donetsk",), (Compass.N,)),
    Picture("bank", "left-bank Kherson Oblast", Relation.PART, ("dnipro", "kherson"), part="left_bank"),
    Picture("border", "on the border of Donetsk and Luhansk oblasts", Relation.BETWEEN, ("donetsk", "luhansk")),
)


def atlas() -> TableAtlas:
    """The settlements of the tests with the mapped outlines instead of the tests' boxes."""
    mapped: dict[str, BaseGeometry] = {}
    for file in ("oblasts.geojson", "waters.geojson"):
        for feature in json.loads((GEODATA / file).read_text(encoding="utf-8"))["features"]:
            mapped[feature["id"]] = shapely.geometry.shape(feature["geometry"])
    outlines = {key: mapped[OUTLINES[key]] if key in OUTLINES else area for key, (_, _, area) in AREAS.items()}
    return TableAtlas(outlines=outlines)


def svg(picture: Picture, over: TableAtlas) -> str:
    results = drawn(
        picture.relation,
        *picture.anchors,
        compass=picture.compass,
        distance_km=picture.distance_km,
        part=picture.part,
        told_with=picture.told_with,
        atlas=over,
    )
    areas = [result.geometry for result in results if isinstance(result, Footprint)]
    frame = Frame.around(areas)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}">',
            f"<title>{picture.phrase}</title>",
            f'<rect width="{SIZE}" height="{SIZE}" fill="#f6f4ee"/>',
            *_ground(frame, over),
            *(_shape(frame, area) for area in areas),
            *_places(frame, over, picture.anchors),
            _scale(frame),
            "</svg>\n",
        )
    )


@dataclass(frozen=True)
class Frame:
    """The part of the map in the picture: a square, in degrees of latitude."""

    west: float
    north: float
    span: float
    shrink: float

    @staticmethod
    def around(areas: list[BaseGeometry]) -> "Frame":
        west, south, east, north = shapely.union_all([area.buffer(0.02) for area in areas]).bounds
        shrink = cos(radians((south + north) / 2))
        span = max((east - west) * shrink, north - south, 0.12) * (1 + 2 * MARGIN)
        return Frame((west + east) / 2 - span / shrink / 2, (south + north) / 2 + span / 2, span, shrink)

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.west) * self.shrink / self.span * SIZE, (self.north - lat) / self.span * SIZE

    @property
    def km_per_pixel(self) -> float:
        return self.span * 111.2 / SIZE

    def box(self) -> BaseGeometry:
        return shapely.box(self.west, self.north - self.span, self.west + self.span / self.shrink, self.north)


def _path(frame: Frame, geometry: BaseGeometry, *, closed: bool) -> str:
    lines = []
    for part in shapely.get_parts(geometry):
        for ring in [part.exterior, *part.interiors] if closed else [part]:
            points = (f"{x:.1f} {y:.1f}" for x, y in (frame.xy(lon, lat) for lon, lat in ring.coords))
            lines.append("M" + "L".join(points) + ("Z" if closed else ""))
    return "".join(lines)


def _shape(frame: Frame, area: BaseGeometry) -> str:
    if area.geom_type == "Point":
        x, y = frame.xy(area.x, area.y)
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="#c8401e" fill-opacity="0.35" stroke="#c8401e"/>'
    path = _path(frame, area, closed=True)
    return f'<path d="{path}" fill="#c8401e" fill-opacity="0.25" fill-rule="evenodd" stroke="#c8401e"/>'


def _ground(frame: Frame, over: TableAtlas) -> Iterator[str]:
    box = frame.box().buffer(frame.span)
    for key in OUTLINES:
        area = over.outlines[key]
        seen = area.intersection(box)
        if seen.is_empty:
            continue
        if "Line" in seen.geom_type:
            yield f'<path d="{_path(frame, seen, closed=False)}" fill="none" stroke="#7fa8c9" stroke-width="2"/>'
        else:
            fill = "#d5e4ef" if key == "black_sea" else "none"
            yield f'<path d="{_path(frame, seen, closed=True)}" fill="{fill}" stroke="#b9b2a2" stroke-dasharray="4 3"/>'


def _places(frame: Frame, over: TableAtlas, anchors: tuple[str, ...]) -> Iterator[str]:
    """Dots for all settlements in the picture; names where there is room for them, the anchors' first."""
    taken: list[BaseGeometry] = []
    for key, place in sorted(over.places.items(), key=lambda item: item[0] not in anchors):
        if place.lon is None or place.lat is None:
            continue
        x, y = frame.xy(place.lon, place.lat)
        near = frame.km_per_pixel < 0.3 or (place.population or 0) > 100_000 * frame.km_per_pixel
        if not (6 < x < SIZE - 6 and 14 < y < SIZE - 6) or not (near or key in anchors):
            continue
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#333"/>'
        width = LETTER * len(place.name)
        left = x + width > SIZE - 8
        room = shapely.box(x - width - 5 if left else x + 5, y - 13, x - 5 if left else x + width + 5, y - 2)
        if any(room.intersects(other) for other in taken):
            continue
        taken.append(room)
        weight = "bold" if key in anchors else "normal"
        yield (
            f'<text x="{x + (-5 if left else 5):.1f}" y="{y - 4:.1f}" font-family="sans-serif" font-size="10"'
            f' font-weight="{weight}" fill="#333" text-anchor="{"end" if left else "start"}">{place.name}</text>'
        )


def _scale(frame: Frame) -> str:
    km = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200) if step / frame.km_per_pixel > SIZE / 6)
    width = km / frame.km_per_pixel
    y = SIZE - 10
    return (
        f'<path d="M10 {y}h{width:.1f}" stroke="#333" stroke-width="2"/>'
        f'<text x="10" y="{y - 4}" font-family="sans-serif" font-size="9" fill="#333">{km} km</text>'
    )


def numbers() -> str:
    """The drawing rules' numbers as a table for phrases.md."""
    rows = ["| number | value | why |", "| --- | --- | --- |"]
    source = Path(rules.__file__).read_text(encoding="utf-8")
    for name, value, why in re.findall(r'^(\w+): Final = (.+)\n"""((?:.|\n)*?)"""$', source, re.MULTILINE):
        rows.append(f"| `{name}` | `{value}` | {' '.join(why.split()).replace('|', '/')} |")
    return "\n".join(rows)


def with_numbers(page: str) -> str:
    head, _, rest = page.partition(BEGIN)
    return f"{head}{BEGIN}\n{numbers()}\n{END}{rest.partition(END)[2]}"


def main() -> None:
    over = atlas()
    (DOCS / "img").mkdir(exist_ok=True)
    for picture in PICTURES:
        (DOCS / "img" / f"{picture.name}.svg").write_text(svg(picture, over), encoding="utf-8")
    page = DOCS / "phrases.md"
    page.write_text(with_numbers(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
