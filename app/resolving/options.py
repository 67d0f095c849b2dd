"""The places that one name form may stand for, with what each costs before any context."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple

import numpy as np

from app.domain.place import Atlas, NameReference, Place
from app.domain.vocabulary import POINTLIKE, SETTLEMENTS, CoordinatePrecision, NameKind, PlaceKind
from app.resolving import weights
from app.resolving.front import Front
from app.resolving.sphere import Array, distance_km, vectors

NAME_REASONS = {
    NameKind.RUSSIAN: "its Russian name",
    NameKind.FORMER: "a former name",
    NameKind.VARIANT: "a variant spelling",
    NameKind.ADJECTIVE: "an adjective made of its name",
}
_IN_USE = frozenset({NameKind.OFFICIAL, NameKind.ENGLISH, NameKind.RUSSIAN})
_ALIKE = 2
"""Letters that two spellings of one name share."""
STEM = 4
"""Letters by which "Zhytomyr" is known to be what Zhytomyr Oblast is named after."""
ADMINISTRATIVE = frozenset({PlaceKind.OBLAST, PlaceKind.RAION})


class Doubt(NamedTuple):
    cost: float
    reason: str

    def told(self) -> str:
        return f"{self.reason} (+{self.cost:.2f})"


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """Candidates of one name, in parallel lists."""

    places: tuple[Place, ...]
    reasons: tuple[tuple[str, ...], ...]
    costs: Array
    vectors: Array
    """Unit vectors; not a number where a place has no coordinate or is no single spot."""
    reach: Array
    """By how much each candidate's distances count for less."""
    stretches: Array
    """1 for a stretch of the front that is no place besides, else 0."""
    adjectives: Array
    """1 for a candidate that only an adjective of its name is told by, else 0."""
    ids: frozenset[str]
    oblasts: tuple[str | None, ...]
    raions: tuple[str | None, ...]
    pointlike: bool
    """Whether the name may be that of a settlement or facility, which has neighbours."""
    area: Place | None
    """The oblast or raion that the name most likely means; None if it likelier means something else."""
    city: Place | None
    """The city that it most likely means; None if it likelier means something else."""
    district: bool
    """Whether it most likely means a district of a city, of which several have one of the same name."""


@lru_cache(maxsize=8192)
def options(
    atlas: Atlas,
    references: tuple[NameReference, ...],
    kinds: frozenset[PlaceKind],
    front: Front | None,
    *,
    fuzzy: bool = False,
) -> Options:
    """Cached by the references themselves: an atlas answers one name form with the same ones again."""
    names: dict[str, NameKind] = {}
    for reference in references:
        known = names.get(reference.place_id)
        if known is None or weights.NAME[reference.kind] < weights.NAME[known]:
            names[reference.place_id] = reference.kind
    named = [atlas.place(place_id) for place_id in sorted(names)]
    for area in _named_after(atlas, named, kinds):
        names.setdefault(area.id, NameKind.ADJECTIVE)
    places = tuple(atlas.place(place_id) for place_id in sorted(names))
    bare = not kinds and any(place.is_settlement for place in places)
    misspelt = [Doubt(weights.MISSPELT, "its name is only spelt alike")] if fuzzy else []
    spots = np.array([_coordinate(place) for place in places], dtype=float).reshape(-1, 2)
    far = front.distance_km(*spots.T) if front else np.full(len(places), np.nan)
    borne = _borne_today(places, names, spots)
    great = not kinds and any(_is_great(place) and names[place.id] in _IN_USE for place in places)
    namesake = [Doubt(weights.GREAT_NAMESAKE, "a great city is called so")] if great else []
    lent = [Doubt(weights.LENT, "another place is called so")]
    doubts = tuple(
        (
            *_doubts(place, names[place.id], kinds, bare=bare),
            *_far_doubts(place, float(km)),
            *passed,
            *(lent if _is_lent(place, places, names) else ()),
            *(namesake if place.is_settlement and not _is_great(place) else ()),
            *misspelt,
        )
        for place, km, passed in zip(places, far, borne, strict=True)
    )
    costs = np.array([sum(d.cost for d in each) for each in doubts], dtype=float)
    likeliest = places[int(costs.argmin())] if places else None
    return Options(
        places=places,
        reasons=tuple(tuple(doubt.told() for doubt in each) for each in doubts),
        costs=costs,
        vectors=vectors(*spots.T),
        reach=np.array([_reach(place) for place in places]),
        stretches=np.array([is_stretch(place) for place in places], dtype=float),
        adjectives=np.array([names[place.id] is NameKind.ADJECTIVE for place in places], dtype=float),
        ids=frozenset(place.id for place in places),
        oblasts=tuple(place.oblast_id for place in places),
        raions=tuple(place.raion_id for place in places),
        pointlike=any(place.kind in POINTLIKE for place in places),
        area=_area(atlas, likeliest) if likeliest else None,
        city=likeliest if likeliest and likeliest.kind is PlaceKind.CITY else None,
        district=any(cost == costs.min() and _is_district(place) for place, cost in zip(places, costs, strict=True)),
    )


def _area(atlas: Atlas, place: Place) -> Place | None:
    """The place where it is an oblast or raion; its oblast where it is a part of one: «Макеевка в ЛНР»."""
    if place.kind is PlaceKind.REGION and place.oblast_id:
        return atlas.place(place.oblast_id)
    return place if place.kind in ADMINISTRATIVE else None


def _is_district(place: Place) -> bool:
    """Of a city: a raion that lies in a raion."""
    return place.kind is PlaceKind.RAION and place.raion_id is not None


def _named_after(atlas: Atlas, places: list[Place], kinds: frozenset[PlaceKind]) -> Iterator[Place]:
    """Oblasts and raions that bear their town's name, where the text says "oblasts" after a list of such names."""
    if not kinds & ADMINISTRATIVE or any(place.kind in kinds for place in places):
        return
    for place in places:
        for area_id in (place.oblast_id, place.raion_id):
            if area_id is not None:
                area = atlas.place(area_id)
                if area.kind in kinds and area.name[:STEM].casefold() == place.name[:STEM].casefold():
                    yield area


def _is_great(place: Place) -> bool:
    return (place.population or 0) >= weights.GREAT_CITY_PEOPLE


def _is_lent(place: Place, places: tuple[Place, ...], names: dict[str, NameKind]) -> bool:
    """Whether a place is only known by the name while another, called otherwise at home, bears it: Donetsk was once an
    Oleksandrivka too."""
    if names[place.id] is not NameKind.VARIANT:
        return False
    return any(names[other.id] in _IN_USE and other.name[:_ALIKE] != place.name[:_ALIKE] for other in places)


def _borne_today(places: tuple[Place, ...], names: dict[str, NameKind], spots: Array) -> list[list[Doubt]]:
    """For each place, the doubt whether it is still called so: Toretsk was Shcherbynivka before a village beside it."""
    today = [names[place.id] in _IN_USE and place.is_settlement for place in places]
    doubts: list[list[Doubt]] = [[] for _ in places]
    for number, place in enumerate(places):
        if names[place.id] is NameKind.FORMER and any(today):
            apart = distance_km(vectors(*spots[number]), vectors(*spots[today].T))
            if (apart <= weights.BORNE_TODAY_KM).any():
                doubts[number].append(Doubt(weights.BORNE_TODAY, "a place nearby bears the name today"))
    return doubts


def is_stretch(place: Place) -> bool:
    """Whether a place is a stretch of the front and nothing else."""
    return place.layers == (weights.DIRECTIONS_LAYER,)


def _coordinate(place: Place) -> tuple[float, float]:
    if place.lon is None or place.lat is None or not (place.kind in POINTLIKE or is_stretch(place)):
        return (float("nan"), float("nan"))
    return (place.lon, place.lat)


def _doubts(place: Place, name: NameKind, kinds: frozenset[PlaceKind], *, bare: bool) -> Iterator[Doubt]:
    """`bare`: a settlement has the name too, and no word beside it says what is meant."""
    if weights.NAME[name]:
        yield Doubt(weights.NAME[name], NAME_REASONS[name])
    if kinds and place.kind not in kinds:
        alike = place.is_settlement and kinds & SETTLEMENTS
        cost = weights.NEARLY_KIND if alike else weights.OTHER_KIND * (1 + is_stretch(place))
        yield Doubt(cost, f"a {place.kind}, where the text says {' or '.join(sorted(kinds))}")
    if place.is_settlement:
        yield from _settlement_doubts(place)
    elif bare:
        yield Doubt(weights.UNASKED_KIND[place.kind], f"a {place.kind}, and nothing beside the name says so")
    if place.country not in weights.THEATRE:
        yield Doubt(weights.FAR_COUNTRY, "far from the war")
    elif place.country != "UA" and place.kind is not PlaceKind.COUNTRY:
        yield Doubt(weights.NEIGHBOUR_COUNTRY, "outside Ukraine")


def _reach(place: Place) -> float:
    people = place.population or 0
    small, large, great = weights.FARTHER_NAMED
    if people >= weights.GREAT_CITY_PEOPLE or is_stretch(place) or place.kind is PlaceKind.FACILITY:
        return great
    return large if people >= weights.LARGE_TOWN_PEOPLE else small


def _far_doubts(place: Place, km: float) -> Iterator[Doubt]:
    """`km` from the contact line; not a number where there is none or the place is no spot."""
    if not place.is_settlement or np.isnan(km):
        return
    if place.country != "UA" and km > weights.DEEP_KM:
        yield Doubt(weights.DEEP, "far behind the contact line")
    near, far = weights.FRONT_KM
    if (place.population or 0) < weights.LARGE_TOWN_PEOPLE and km > near:
        share = min(1.0, log(km / near) / log(far / near))
        yield Doubt(weights.REARWARD * share, "away from the contact line of the day")


def _settlement_doubts(place: Place) -> Iterator[Doubt]:
    people = place.population or 0
    if people >= weights.GREAT_CITY_PEOPLE:
        return
    if people >= weights.LARGE_TOWN_PEOPLE:
        yield Doubt(weights.LARGE_TOWN, "a large town")
        return
    town = place.kind is PlaceKind.CITY
    yield Doubt(weights.TOWN if town else weights.VILLAGE, "a town" if town else "a village")
    if place.country == "UA" and weights.REPORTED_LAYER not in place.layers:
        yield Doubt(weights.UNREPORTED, "no place that reports of the front are known to name")
    if place.precision is not CoordinatePrecision.EXACT:
        yield Doubt(weights.COARSE, f"known to the {place.precision} only")
