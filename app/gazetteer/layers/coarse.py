"""Where is a settlement of which only the hierarchy is known? Near the middle of its hromada or raion, no nearer."""

from collections import defaultdict
from collections.abc import Sequence

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, PlaceKind
from app.gazetteer.entry import Draft

HROMADA_UNCERTAINTY_M = 24_000.0
RAION_UNCERTAINTY_M = 63_000.0
"""Distances within which 95 of 100 settlements lie from the mean of their unit, measured on all 23,950 of them."""
OBLAST_UNCERTAINTY_M = 120_000.0
DISTRICT_UNCERTAINTY_M = 10_000.0
"""No district of a city has its middle farther from the city's: Kharkiv is 25 km wide."""
_SETTLEMENT_DIGITS = 10
_HROMADA_DIGITS = 7
_RAION_DIGITS = 4
_OBLAST_DIGITS = 2


def place_by_hierarchy(draft: Draft) -> None:
    """Gives each settlement without a point the mean of its hromada's exact ones, else of its raion's; a district of a
    city the city's point."""
    levels = (
        (_SETTLEMENT_DIGITS, CoordinatePrecision.HROMADA, DISTRICT_UNCERTAINTY_M),
        (_HROMADA_DIGITS, CoordinatePrecision.HROMADA, HROMADA_UNCERTAINTY_M),
        (_RAION_DIGITS, CoordinatePrecision.RAION, RAION_UNCERTAINTY_M),
        (_OBLAST_DIGITS, CoordinatePrecision.AREA, OBLAST_UNCERTAINTY_M),
    )
    means = [(digits, _means(draft, digits), precision, radius) for digits, precision, radius in levels]
    for place in [p for p in draft.places.values() if p.lon is None and p.id.startswith("UA")]:
        for digits, mean, precision, radius in means:
            if place.kind is PlaceKind.OBLAST and digits > _OBLAST_DIGITS:
                continue
            if digits == _SETTLEMENT_DIGITS and place.kind is not PlaceKind.RAION:
                continue
            if place.kind is PlaceKind.RAION and place.raion_id is None and digits > _RAION_DIGITS:
                continue
            point = mean.get(place.id[: digits + 2])
            if point:
                draft.locate(
                    place.id, place.layers[-1], lon=point[0], lat=point[1], precision=precision, uncertainty_m=radius
                )
                break


def _means(draft: Draft, digits: int) -> dict[str, tuple[float, float]]:
    """Mean point of the exact settlements of every unit whose code has so many telling digits after UA."""
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in draft.places.values():
        if place.id.startswith("UA") and place.is_settlement and place.precision is CoordinatePrecision.EXACT:
            groups[place.id[: digits + 2]].append(place)
    return {code: _mean(places) for code, places in groups.items()}


def _mean(places: Sequence[Place]) -> tuple[float, float]:
    lons = [p.lon for p in places if p.lon is not None]
    lats = [p.lat for p in places if p.lat is not None]
    return round(sum(lons) / len(lons), 4), round(sum(lats) / len(lats), 4)
