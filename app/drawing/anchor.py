"""What a settled name is to a drawer: a spot with an extent, a tract with an outline, a course, or why none."""

from dataclasses import dataclass
from functools import lru_cache

from shapely.geometry.base import BaseGeometry

from app.domain.interpretation import Resolution
from app.domain.place import Atlas, Place
from app.domain.vocabulary import POINTLIKE, WATERS, CoordinatePrecision, MentionOutcome, PlaceKind
from app.drawing.plane import POLE_LIMIT
from app.drawing.rules import DECIMALS, FACILITY_RADIUS_KM, population_of_radius, settlement_radius_km

BOUNDLESS = WATERS | {PlaceKind.COUNTRY}
"""As the place itself they say nothing of where."""


Settled = Place | MentionOutcome
"""What a mention was found to stand for, or why that stayed open."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with a coordinate, the anchor of that number in its expression.

    `blur_km` is the doubt about a coarse coordinate, 0 for an exact one.
    """

    number: int
    place: Place
    at: tuple[float, float]
    radius_km: float
    blur_km: float

    @property
    def exact(self) -> bool:
        return self.blur_km == 0 and self.place.is_settlement

    @property
    def people(self) -> float:
        """Population, or that of a place as large as this one is drawn."""
        return population_of_radius(self.radius_km)

    @property
    def is_city(self) -> bool:
        return self.place.kind is PlaceKind.CITY


@dataclass(frozen=True, slots=True)
class Tract:
    """A place with an outline: oblast, raion, region, and where known sea or country."""

    number: int
    place: Place
    polygon: BaseGeometry


@dataclass(frozen=True, slots=True)
class Course:
    """A river, with its line where known."""

    number: int
    place: Place
    line: BaseGeometry | None


@dataclass(frozen=True, slots=True)
class Unanchored:
    """A name that nothing can be drawn from, and why."""

    number: int
    reason: str


Anchor = Spot | Tract | Course | Unanchored

UNSETTLED = {
    MentionOutcome.AMBIGUOUS: "several places of this name, and nothing settles which",
    MentionOutcome.UNKNOWN: "a name that the gazetteer does not know",
    MentionOutcome.OUT_OF_THEATRE: "outside the theatre of the war",
}


def settled(resolution: Resolution) -> Settled:
    if resolution.outcome is not MentionOutcome.RESOLVED:
        return resolution.outcome
    return resolution.place or MentionOutcome.UNKNOWN


def anchor(number: int, place: Settled, atlas: Atlas) -> Anchor:
    if isinstance(place, MentionOutcome):
        return Unanchored(number, UNSETTLED[place])
    outline = None if place.is_settlement else atlas.area(place.id)
    if place.kind is PlaceKind.RIVER:
        return Course(number, place, outline)
    if outline is not None and outline.geom_type in ("Polygon", "MultiPolygon"):
        return Tract(number, place, outline)
    return _spot(number, place)


@lru_cache(maxsize=64)
def outline_named(atlas: Atlas, name: str, kind: PlaceKind) -> BaseGeometry | None:
    """Of what a phrase leaves unsaid because everybody knows it: the sea, the river whose left bank is meant."""
    for hit in atlas.scan(name):
        for reference in hit.references:
            if atlas.place(reference.place_id).kind is kind:
                return atlas.area(reference.place_id)
    return None


def _spot(number: int, place: Place) -> Spot | Unanchored:
    if place.kind in BOUNDLESS or place.lon is None or place.lat is None:
        return Unanchored(number, f"no outline is known of this {place.kind}")
    if round(place.lon, DECIMALS) == round(place.lat, DECIMALS) == 0:
        return Unanchored(number, "(0, 0) is no place")
    if abs(place.lat) > POLE_LIMIT:
        return Unanchored(number, "too near a pole")
    is_facility = place.kind is PlaceKind.FACILITY and place.uncertainty_m == 0
    if is_facility or (place.precision is CoordinatePrecision.EXACT and place.kind in POINTLIKE):
        radius_km = settlement_radius_km(place.population) if place.is_settlement else FACILITY_RADIUS_KM
        return Spot(number, place, (place.lon, place.lat), radius_km + place.uncertainty_m / 1000, 0.0)
    if place.uncertainty_m == 0:
        return Unanchored(number, f"neither the outline nor the extent of this {place.kind} is known")
    return Spot(
        number, place, (place.lon, place.lat), settlement_radius_km(place.population), place.uncertainty_m / 1000
    )
