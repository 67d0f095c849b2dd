"""Which area a phrase such as "south of Bakhmut" asks for: the same grammar and geometry as for a report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from shapely import Point, union_all
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from starlette.concurrency import run_in_threadpool

from app.domain.errors import UnsettledPhrase
from app.domain.interpretation import Candidate, Footprint, NoFootprint, Resolution
from app.domain.lately import Lately
from app.domain.place import Atlas
from app.domain.reading import Reading, SpatialExpression
from app.domain.vocabulary import MentionOutcome, Relation
from app.domain.wire import candidate_json, place_json
from app.drawing.draw import draw
from app.drawing.plane import on_the_wire
from app.drawing.shapes import polar
from app.reading.phrase import read_phrase
from app.resolving.resolve import resolve

_PREPOSITIONS = {Relation.AT, Relation.NEAR, Relation.BETWEEN, Relation.TOWARD, Relation.ALONG}
AREAS_MAX = 1_000
"""The one asked for longest ago goes first."""
DISC_OF_PLACE = "disc_of_place"
"""The method of a settlement that is searched by itself: all within its own radius."""


@dataclass(frozen=True)
class SearchArea:
    """What a phrase asks for, and how it was read."""

    phrase: str
    expression: SpatialExpression
    resolutions: tuple[Resolution, ...]
    """Of the anchors."""
    footprints: tuple[Footprint, ...]
    geometry: BaseGeometry
    """All footprints together: a polygon, or several."""

    @cached_property
    def feature(self) -> Mapping[str, Any]:
        """As GeoJSON, with what was understood."""
        probabilities = [footprint.probability for footprint in self.footprints]
        known = [probability for probability in probabilities if probability is not None]
        return {
            "type": "Feature",
            "geometry": mapping(self.geometry),
            "properties": {
                "phrase": self.phrase,
                "relation": self.expression.relation,
                "compass": _one_or_list(self.expression.compass),
                "distance_km": self.expression.distance_km,
                "part": self.expression.part,
                "uncertainty_m": max(footprint.uncertainty_m for footprint in self.footprints),
                "geo_precision": max(footprint.geo_precision for footprint in self.footprints),
                # Of several areas, the worst: the answer promises no more than that.
                "probability": min(known) if len(known) == len(probabilities) else None,
                "method": _one_or_list(tuple(dict.fromkeys(_method(footprint) for footprint in self.footprints))),
                "anchors": [place_json(each.place) for each in self.resolutions if each.place],
                "candidates": [candidate_json(c) for each in self.resolutions for c in each.candidates],
            },
        }


class Areas:
    """The areas that were asked for lately: the phrases of a map are few, and mean the same all day."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._known = Lately[tuple[str, date], SearchArea](AREAS_MAX)

    async def find(self, phrase: str, on: date) -> SearchArea:
        """Raises as `search_area` does."""
        key = phrase, on
        area = self._known.get(key)
        if area is None:
            area = await run_in_threadpool(search_area, phrase, self._atlas, on)
        self._known[key] = area
        return area


def search_area(phrase: str, atlas: Atlas, on: date) -> SearchArea:
    """The area of `phrase` with the operational directions of the day `on`.

    Raises UnsettledPhrase where it names no place, one that is not known, or one of several.
    """
    report, reading = read_phrase(phrase, atlas, on)
    if not reading.expressions:
        raise UnsettledPhrase(phrase, f"“{phrase}” names no part of the map that could be read", "nothing")
    expression = reading.expressions[0]
    resolutions = resolve(report, reading, atlas)
    anchors = tuple(resolutions[index] for index in expression.anchors)
    for index, resolution in zip(expression.anchors, anchors, strict=True):
        _settled(phrase, reading, expression, index, resolution, atlas)
    drawn = draw(expression, reading, resolutions, atlas, on, asked=True)
    missing = [each.reason for each in drawn if isinstance(each, NoFootprint)]
    if missing or not drawn:
        why = "; ".join(dict.fromkeys(missing)) or "nothing to draw"
        candidates = [candidate for anchor in anchors for candidate in anchor.candidates]
        told = _understood(reading, expression)
        raise UnsettledPhrase(phrase, f"“{phrase}” has no area: {why}", told, candidates, _within(candidates, atlas))
    footprints = tuple(each for each in drawn if isinstance(each, Footprint))
    return SearchArea(phrase, expression, anchors, footprints, _together(footprints))


def _settled(  # noqa: PLR0917
    phrase: str, reading: Reading, expression: SpatialExpression, mention: int, resolution: Resolution, atlas: Atlas
) -> None:
    if resolution.place is not None:
        return
    name = reading.mentions[mention].surface
    why = {
        MentionOutcome.AMBIGUOUS: f"“{name}” may be one of several places",
        MentionOutcome.UNKNOWN: f"“{name}” is no known place",
        MentionOutcome.OUT_OF_THEATRE: f"“{name}” lies outside the map",
        MentionOutcome.RESOLVED: f"“{name}” has no entry",
    }[resolution.outcome]
    candidates = resolution.candidates
    raise UnsettledPhrase(phrase, why, _understood(reading, expression), candidates, _within(candidates, atlas))


def _within(candidates: Iterable[Candidate], atlas: Atlas) -> dict[str, str]:
    """What tells namesakes apart: the raion and the oblast of each, by its id."""
    parents = {each.place.id: (each.place.raion_id, each.place.oblast_id) for each in candidates}
    return {key: ", ".join(atlas.place(parent).name for parent in ids if parent) for key, ids in parents.items()}


def _understood(reading: Reading, expression: SpatialExpression) -> str:
    """What was read from a phrase, in words: "bearing S, 10 km, of Bakhmut"."""
    names = " and ".join(reading.mentions[index].surface for index in expression.anchors)
    distance = "" if expression.distance_km is None else f", {expression.distance_km:g} km"
    winds = " " + " and ".join(expression.compass) if expression.compass else ""
    between = " " if expression.relation in _PREPOSITIONS else ", of "
    return f"{expression.relation}{winds}{distance}{between}{names}"


def _together(footprints: tuple[Footprint, ...]) -> BaseGeometry:
    areas = [_searched(footprint) for footprint in footprints]
    return areas[0] if len(areas) == 1 else on_the_wire(union_all(areas))


def _searched(footprint: Footprint) -> BaseGeometry:
    """A point holds no area: a settlement asked for by name is searched as far as it reaches."""
    shape = footprint.geometry
    if isinstance(shape, Point):
        return polar((shape.x, shape.y), 0.0, footprint.uncertainty_m / 1000).geometry
    return shape


def _method(footprint: Footprint) -> str:
    return DISC_OF_PLACE if isinstance(footprint.geometry, Point) else footprint.method


def _one_or_list(values: Iterable[str]) -> str | list[str] | None:
    held = [str(value) for value in values]
    return held[0] if len(held) == 1 else held or None
