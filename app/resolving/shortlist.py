"""The candidates of a mention worth weighing against the others', with what the words about it add to their cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from math import isnan

import numpy as np
from numpy.typing import NDArray

from app.domain.place import Atlas, Place
from app.domain.vocabulary import PlaceKind
from app.resolving import weights
from app.resolving.context import Context, Governed
from app.resolving.neighbours import Neighbours
from app.resolving.options import Options
from app.resolving.sphere import Array, apart_km, farness

Spot = tuple[float, float, float]
"""A unit vector."""
Added = tuple[tuple[Array, str], ...]
"""What the words about a mention add to the cost of each candidate, each with its reason."""


@dataclass(frozen=True, eq=False)
class Shortlist:
    """Candidates in parallel lists, with what each costs before the neighbours are asked."""

    places: tuple[Place, ...]
    reasons: tuple[tuple[str, ...], ...]
    vectors: Array
    reach: Array
    costs: Array
    added: Added

    @staticmethod
    def of(choice: Options, added: Added = (), *, on_front: bool = False) -> "Shortlist":
        costs = sum((cost for cost, _ in added), choice.costs)
        reach = np.minimum(choice.reach, weights.FRONT_REACH) if on_front else choice.reach
        return Shortlist(choice.places, choice.reasons, choice.vectors, reach, costs, added)

    @cached_property
    def sure(self) -> Spot | None:
        """Its spot, where the name hardly needs neighbours itself."""
        costs = self.costs.tolist()
        first = min(costs, default=0.0)
        if sum(cost - first < weights.MARGIN for cost in costs) != 1:
            return None
        x, y, z = self.vectors[costs.index(first)].tolist()
        return None if isnan(x) else (x, y, z)

    def only(self, rows: NDArray[np.int64]) -> "Shortlist":
        kept = rows.tolist()
        return Shortlist(
            places=tuple([self.places[row] for row in kept]),
            reasons=tuple([self.reasons[row] for row in kept]),
            vectors=self.vectors[rows],
            reach=self.reach[rows],
            costs=self.costs[rows],
            added=tuple([(costs[rows], reason) for costs, reason in self.added]),
        )


def shortlists(
    context: Context, choices: Sequence[Options], linked: Neighbours, atlas: Atlas, on: date
) -> list[Shortlist]:
    whole = [
        _alone(choice)
        if len(choice.places) < 2
        else _doubted(
            choice,
            context.governed(i),
            atlas,
            on if i in context.directions else None,
            on_front=context.on_front(i),
        )
        for i, choice in enumerate(choices)
    ]
    many = [i for i, each in enumerate(whole) if len(each.costs) > weights.CONSIDERED]
    beside = {i: linked.mentions[i][linked.trust[i] > 0].tolist() for i in many}
    sure = {j: whole[j].sure for j in dict.fromkeys(chain.from_iterable(beside.values()))}
    for i in many:
        whole[i] = _most_likely(whole[i], tuple([spot for j in beside[i] if (spot := sure[j]) is not None]))
    return whole


@lru_cache(maxsize=2048)
def _alone(choice: Options) -> Shortlist:
    return Shortlist.of(choice)


@lru_cache(maxsize=2048)
def _doubted(
    choice: Options, governed: Governed | None, atlas: Atlas, direction_on: date | None, *, on_front: bool
) -> Shortlist:
    """`direction_on`: the day, where the name is told as that of an operational direction."""
    added = []
    if governed is not None:
        added.append((governed.cost * _outside(choice, governed.areas), governed.reason))
        added.append((weights.ABROAD * _abroad(choice, governed.areas), "in another country than the area named"))
    if direction_on is not None:
        unnamed = np.array([not atlas.directions(place.id, direction_on) for place in choice.places], dtype=float)
        cost = weights.DIRECTION * (unnamed - unnamed.min())
        added.append((cost, "no operational direction of that day is named after it"))
        return Shortlist.of(choice, tuple(added))
    if choice.adjectives.any():
        cost = weights.BARE_ADJECTIVE * (choice.adjectives - choice.adjectives.min())
        added.append((cost, "its name as an adjective, where no direction is spoken of"))
    if choice.stretches.any():
        added.append((weights.ONLY_DIRECTION * choice.stretches, "an operational direction, and none is spoken of"))
    return Shortlist.of(choice, tuple(added), on_front=on_front)


def _deep_abroad(place: Place) -> bool:
    """Of a settlement. Abroad the oblasts near the border are all known: one without an oblast lies in none of them."""
    return place.is_settlement and place.country != "UA" and place.oblast_id is None


def _abroad(choice: Options, areas: Sequence[Place]) -> Array:
    """1 for a settlement in another country than all of `areas`, or deep in the country at whose border they lie."""
    countries = {area.country for area in areas}
    abroad = [
        (place.is_settlement and place.country not in countries) or _deep_abroad(place) for place in choice.places
    ]
    return np.array(abroad, dtype=float)


def _outside(choice: Options, areas: Sequence[Place]) -> Array:
    """1 where a candidate is known to lie in none of `areas`, of those kinds that it is known to lie in one of.

    A city stands for the raion that it and its districts lie in.
    """
    oblasts = {None, *(area.id for area in areas if area.kind is PlaceKind.OBLAST)}
    raions = {None, *(area.id for area in areas if area.kind is PlaceKind.RAION)}
    for city in areas:
        if city.is_settlement:
            (raions if city.raion_id else oblasts).add(city.raion_id or city.oblast_id or city.id)
    asked = [(held, ids) for held, ids in ((choice.oblasts, oblasts), (choice.raions, raions)) if len(ids) > 1]
    around = {*oblasts, *(area.oblast_id for area in areas)}
    inside = [
        any(held[row] in ids for held, ids in asked) and choice.oblasts[row] in around and not _deep_abroad(place)
        for row, place in enumerate(choice.places)
    ]
    return 1.0 - np.array(inside, dtype=float)


@lru_cache(maxsize=2048)
def _most_likely(one: Shortlist, nearby: tuple[Spot, ...]) -> Shortlist:
    """Remembered, since reports name the same villages beside each other day after day."""
    costs = one.costs
    if nearby:
        km = apart_km(one.vectors @ np.array(nearby).T)
        costs = costs + weights.DISTANCE * farness(km / one.reach[:, None]).mean(axis=1)
    return one.only(np.sort(np.argsort(costs, kind="stable")[: weights.CONSIDERED]))
