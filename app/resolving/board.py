"""All candidates of all mentions weighed against each other, in padded tables: a round is a few array operations."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.resolving import weights
from app.resolving.context import Link
from app.resolving.sphere import Array, apart_km

NEUTRAL = 0.35
"""What a pair says of which one is no spot: as much as 25 km."""


def farness(km: Array) -> Array:
    """0 up to NEAR_KM, 1 from FAR_KM on, by the logarithm between; NEUTRAL where the distance is unknown."""
    span = np.log(weights.FAR_KM / weights.NEAR_KM)
    scaled = np.log(np.maximum(km, weights.NEAR_KM) / weights.NEAR_KM) / span
    return np.where(np.isnan(km), NEUTRAL, np.minimum(scaled, 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """Mention x candidate; unused cells cost infinitely much, but a mention without candidates has one that costs
    nothing and stands nowhere."""

    costs: Array
    vectors: Array
    neighbours: NDArray[np.int64]
    trust: Array
    """Mention x neighbour, 0 where there is none."""
    held: list[Array] = field(default_factory=list)
    """Distance costs of all pairs, block by block, in reports short enough to hold them between rounds."""

    @staticmethod
    def of(costs: list[Array], vectors: list[Array], links: list[list[Link]]) -> "Board":
        width = max([1, *(len(c) for c in costs)])
        table, where = np.full((len(costs), width), np.inf), np.full((len(costs), width, 3), np.nan)
        neighbours = np.zeros((len(costs), weights.NEIGHBOURS), dtype=np.int64)
        trust = np.zeros((len(costs), weights.NEIGHBOURS))
        table[[i for i, cost in enumerate(costs) if not len(cost)], 0] = 0.0
        for i, (cost, vector, linked) in enumerate(zip(costs, vectors, links, strict=True)):
            table[i, : len(cost)], where[i, : len(cost)] = cost, vector
            neighbours[i, : len(linked)] = [link.other for link in linked]
            trust[i, : len(linked)] = [link.weight for link in linked]
        return Board(table, where, neighbours, trust)

    def __post_init__(self) -> None:
        if len(self.costs) <= weights.HELD_BLOCKS * weights.BLOCK:
            self.held.extend(self._pairs(rows) for rows in self._blocks())

    def distance_costs(self, now: Array, before: Array) -> Array:
        """What each candidate's distance from the neighbours costs, where these cost `now`, `before` of it by distance.

        A neighbour not yet settled stands wherever it suits the candidate best, at what that place costs itself: it
        says something only as far as its own candidates differ. One that itself lies far from all says little.
        """
        best = np.take_along_axis(before, now.argmin(axis=1)[:, None], axis=1)[:, 0]
        heard = 1.0 - weights.OUTLIER * best / weights.DISTANCE
        lead = now - now.min(axis=1, keepdims=True)
        pairs = self.held or (self._pairs(rows) for rows in self._blocks())
        blocks = zip(self._blocks(), pairs, strict=True)
        return np.concatenate([self._block(rows, told, lead, heard) for rows, told in blocks])

    def _blocks(self) -> Iterator[slice]:
        return (slice(start, start + weights.BLOCK) for start in range(0, len(self.costs), weights.BLOCK))

    def _pairs(self, rows: slice) -> Array:
        """Mention x neighbour x candidate x the neighbour's candidate: what their distance costs."""
        one, other = self.vectors[rows, None, :, :], self.vectors[self.neighbours[rows]]
        return weights.DISTANCE * farness(apart_km(one @ other.swapaxes(-1, -2)))

    def _block(self, rows: slice, pairs: Array, lead: Array, heard: Array) -> Array:
        asked = pairs + lead[self.neighbours[rows]][:, :, None, :]
        said = np.minimum(asked.min(axis=3, initial=np.inf), weights.DISTANCE)
        trust = self.trust[rows] * heard[self.neighbours[rows]]
        total = trust.sum(axis=1, keepdims=True)
        mean = np.einsum("mj,mjc->mc", trust, said) / np.maximum(total, 1e-9)
        strong = trust >= 0.5 * trust.max(axis=1, keepdims=True, initial=1e-9)
        nearest = np.where(strong[:, :, None], said, np.inf).min(axis=1)
        nearest = np.where(np.isinf(nearest), 0.0, nearest)
        together = weights.NEAREST_SHARE * nearest + (1 - weights.NEAREST_SHARE) * mean
        return self._areas_like_spots(rows, together * np.minimum(total / weights.LONE, 1.0))

    def _areas_like_spots(self, rows: slice, costs: Array) -> Array:
        """An area is as near as the nearest spot of its name: distance does not tell city from oblast."""
        spots = ~np.isnan(self.vectors[rows, :, 0])
        nearest = np.where(spots, costs, np.inf).min(axis=1, keepdims=True)
        return np.where(spots | np.isinf(nearest), costs, nearest)
