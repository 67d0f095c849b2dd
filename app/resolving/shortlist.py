"""The candidates of a mention worth weighing against the others', with what the words about it add to their cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from app.domain.place import Atlas, Place
from app.domain.vocabulary import PlaceKind
from app.resolving import weights
from app.resolving.context import Context, Governed
from app.resolving.neighbours import Neighbours
from app.resolving.options import Options
from app.resolving.sphere import Array, distance_km, farness


@dataclass(frozen=True, slots=True, eq=False)
class Shortlist:
    """Parallel lists: rows of `options`, and what each costs before its neighbours are asked."""

    options: Options
    rows: NDArray[np.int64]
    costs: Array
    added: tuple[tuple[Array, str], ...]
    """Per-row costs that the words about this mention add, over all rows of `options`, each with its reason."""

    @property
    def vectors(self) -> Array:
        return self.options.vectors[self.rows]

    @property
    def reach(self) -> Array:
        return self.options.reach[self.rows]

    @property
    def places(self) -> list[Place]:
        return [self.options.places[row] for row in self.rows]


def shortlists(
    context: Context, choices: Sequence[Options], linked: Neighbours, atlas: Atlas, on: date
) -> list[Shortlist]:
    added = [
        tuple(_added(choice, context.governed(i), atlas, on, is_direction=i in context.directions))
        if len(choice.places) > 1
        else ()
        for i, choice in enumerate(choices)
    ]
    costs = [sum((cost for cost, _ in more), choice.costs) for choice, more in zip(choices, added, strict=True)]
    sure = [_sure(choice, cost) for choice, cost in zip(choices, costs, strict=True)]
    lists = []
    for i, (choice, cost) in enumerate(zip(choices, costs, strict=True)):
        rows = np.arange(len(cost))
        if len(cost) > weights.CONSIDERED:
            told_with = linked.mentions[i][linked.trust[i] > 0]
            nearby = [sure[j] for j in told_with if sure[j] is not None]
            rows = _most_likely(choice, cost, [vector for vector in nearby if vector is not None])
        lists.append(Shortlist(choice, rows, cost[rows], added[i]))
    return lists


def _added(
    choice: Options, governed: Governed | None, atlas: Atlas, on: date, *, is_direction: bool
) -> list[tuple[Array, str]]:
    added = []
    if governed is not None:
        added.append((governed.cost * _outside(choice, governed.areas), governed.reason))
    if is_direction:
        unnamed = np.array([not atlas.directions(place.id, on) for place in choice.places], dtype=float)
        cost = weights.DIRECTION * (unnamed - unnamed.min())
        added.append((cost, "no operational direction of that day is named after it"))
        return added
    if choice.adjectives.any():
        cost = weights.BARE_ADJECTIVE * (choice.adjectives - choice.adjectives.min())
        added.append((cost, "its name as an adjective, where no direction is spoken of"))
    if choice.stretches.any():
        added.append((weights.ONLY_DIRECTION * choice.stretches, "an operational direction, and none is spoken of"))
    return added


def _outside(choice: Options, areas: Sequence[Place]) -> Array:
    """1 where a candidate is known to lie in none of `areas`, of those kinds that it is known to lie in one of."""
    inside, unknown = np.zeros(len(choice.places), dtype=bool), np.zeros(len(choice.places), dtype=bool)
    for area in areas:
        held = choice.oblasts if area.kind is PlaceKind.OBLAST else choice.raions
        inside |= held == area.id
        unknown |= np.array([value is None for value in held], dtype=bool)
    return np.where(inside | unknown, 0.0, 1.0)


def _sure(choice: Options, costs: Array) -> Array | None:
    """The spot of a mention that hardly needs its neighbours."""
    if not len(costs) or not choice.pointlike:
        return None
    first, second = np.partition(costs, 1)[:2] if len(costs) > 1 else (costs[0], np.inf)
    vector: Array = choice.vectors[int(costs.argmin())]
    return vector if second - first >= weights.MARGIN and not np.isnan(vector[0]) else None


def _most_likely(choice: Options, costs: Array, nearby: list[Array]) -> NDArray[np.int64]:
    if nearby:
        km = distance_km(choice.vectors[:, None, :], np.stack(nearby)[None, :, :])
        costs = costs + weights.DISTANCE * farness(km / choice.reach[:, None]).mean(axis=1)
    return np.sort(np.argsort(costs, kind="stable")[: weights.CONSIDERED])
