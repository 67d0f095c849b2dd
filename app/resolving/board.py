"""All candidates of all mentions weighed against each other, in padded tables: a round is a few array operations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.resolving import weights
from app.resolving.neighbours import Neighbours
from app.resolving.shortlist import Shortlist
from app.resolving.sphere import Array, apart_km, farness


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """Mention x candidate; unused cells cost infinitely much, but a mention without candidates has one that costs
    nothing and stands nowhere."""

    costs: Array
    vectors: Array
    reach: Array
    """By how much each candidate's distances count for less."""
    neighbours: NDArray[np.int64]
    trust: Array
    """Mention x neighbour, 0 where there is none."""
    held: list[Array] = field(default_factory=list)
    """Distance costs of all pairs, block by block, in reports short enough to hold them between rounds."""

    @staticmethod
    def of(lists: Sequence[Shortlist], linked: Neighbours) -> "Board":
        width = max([1, *(len(each.rows) for each in lists)])
        table, where = np.full((len(lists), width), np.inf), np.full((len(lists), width, 3), np.nan)
        reach = np.ones((len(lists), width))
        for i, each in enumerate(lists):
            size = len(each.rows)
            table[i, :size], where[i, :size], reach[i, :size] = each.costs, each.vectors, each.reach
            if not size:
                table[i, 0] = 0.0
        return Board(table, where, reach, linked.mentions, linked.trust)

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
        km = apart_km(one @ other.swapaxes(-1, -2)) / self.reach[rows, None, :, None]
        return weights.DISTANCE * farness(km)

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
