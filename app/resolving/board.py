"""All candidates of all mentions weighed against each other, in padded tables: a round is a few array operations."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.resolving import weights
from app.resolving.context import Link
from app.resolving.sphere import Array, distance_km

NEUTRAL = 0.35
"""What a pair says of which one is no spot: as much as 25 km."""


def farness(km: Array) -> Array:
    """0 up to NEAR_KM, 1 from FAR_KM on, by the logarithm between; NEUTRAL where the distance is unknown."""
    span = np.log(weights.FAR_KM / weights.NEAR_KM)
    scaled = np.log(np.maximum(km, weights.NEAR_KM) / weights.NEAR_KM) / span
    return np.where(np.isnan(km), NEUTRAL, np.minimum(scaled, 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """Mention x candidate; unused cells cost infinitely much, but for the first of a mention without candidates, which costs
    nothing and stands nowhere."""

    costs: Array
    vectors: Array
    neighbours: NDArray[np.int64]
    trust: Array
    """Mention x neighbour, 0 where there is none."""

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

    def distance_costs(self, now: Array) -> Array:
        """What each candidate's distance from the neighbours costs, where these cost `now`.

        A neighbour not yet settled stands wherever it suits the candidate best, at what that place costs itself: it
        says something only as far as its own candidates differ.
        """
        lead = now - now.min(axis=1, keepdims=True, initial=np.inf)
        blocks = range(0, len(self.costs), weights.BLOCK)
        return np.concatenate([self._block(slice(start, start + weights.BLOCK), lead) for start in blocks] or [now])

    def _block(self, rows: slice, lead: Array) -> Array:
        theirs = self.neighbours[rows]
        km = distance_km(self.vectors[rows, None, :, None, :], self.vectors[theirs][:, :, None, :, :])
        asked = weights.DISTANCE * farness(km) + np.nan_to_num(lead[theirs], nan=0.0, posinf=1e9)[:, :, None, :]
        said = np.minimum(asked.min(axis=3, initial=np.inf), weights.DISTANCE)
        trust = self.trust[rows]
        total = trust.sum(axis=1, keepdims=True)
        mean = np.einsum("mj,mjc->mc", trust, said) / np.maximum(total, 1e-9)
        strong = trust >= 0.5 * trust.max(axis=1, keepdims=True, initial=1e-9)
        nearest = np.where(strong[:, :, None], said, np.inf).min(axis=1)
        nearest = np.where(np.isinf(nearest), 0.0, nearest)
        together = weights.NEAREST_SHARE * nearest + (1 - weights.NEAREST_SHARE) * mean
        trusted: Array = together * np.minimum(total / weights.LONE, 1.0)
        return trusted
