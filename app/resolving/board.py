"""All candidates of a report in one row, those of a mention side by side, weighed against those of its neighbours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.resolving import weights
from app.resolving.neighbours import Neighbours
from app.resolving.shortlist import Shortlist
from app.resolving.sphere import Array, apart_km, farness

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The candidates of some mentions, each beside every candidate of every neighbour: candidate x neighbour is a group
    of pairs, and the groups of one candidate stand side by side."""

    told: Numbers
    """The candidates, by their number in the row of all."""
    groups: Numbers
    """Where the groups of each candidate begin."""
    candidate: Numbers
    """Of each group its candidate, by its number in `told`…"""
    neighbour: Numbers
    """…the neighbour…"""
    trust: Array
    """…and how much that says."""
    pairs: Numbers
    """Where the pairs of each group begin."""
    other: Numbers
    """Of each pair the neighbour's candidate…"""
    costs: Array
    """…and what the distance costs."""


@dataclass(frozen=True, eq=False)
class Board:
    """Of mentions that have candidates at all: `starts` says where in the row each one's begin."""

    starts: Numbers
    owners: Numbers
    """Of each candidate, its mention."""
    costs: Array
    vectors: Array
    reach: Array
    """By how much each candidate's distances count for less."""
    neighbours: Neighbours
    held: list[Pairs] = field(default_factory=list)
    """The pairs, block by block, in reports short enough to hold them between rounds."""

    @staticmethod
    def of(lists: Sequence[Shortlist], linked: Neighbours) -> "Board":
        """At least one mention has to have candidates."""
        sizes = np.array([len(each.costs) for each in lists])
        known = np.flatnonzero(sizes)
        sizes = sizes[known]
        live = [lists[i] for i in known.tolist()]
        number = np.zeros(len(lists), dtype=np.int64)
        number[known] = np.arange(len(known))
        return Board(
            starts=np.cumsum(sizes) - sizes,
            owners=np.repeat(np.arange(len(known)), sizes),
            costs=np.concatenate([each.costs for each in live]),
            vectors=np.concatenate([each.vectors for each in live]),
            reach=np.concatenate([each.reach for each in live]),
            neighbours=Neighbours(number[linked.mentions[known]], linked.trust[known]),
        )

    def __post_init__(self) -> None:
        if len(self.starts) <= weights.HELD_BLOCKS * weights.BLOCK:
            self.held.extend(self._pairs())

    @cached_property
    def _areas(self) -> Numbers:
        """The candidates that are no spot."""
        return np.flatnonzero(np.isnan(self.vectors[:, 0]))

    def least(self, values: Array) -> Array:
        """Of each mention, the least of its candidates' values."""
        lowest: Array = np.minimum.reduceat(values, self.starts)
        return lowest

    def best(self, values: Array, least: Array) -> Numbers:
        """Of each mention, the first candidate whose value is the least."""
        lowest = np.flatnonzero(values == least[self.owners])
        return lowest[np.searchsorted(lowest, self.starts)]

    def crowded(self, values: Array, least: Array) -> NDArray[np.bool_]:
        """Of each mention, whether more candidates than one come within the margin of its least value."""
        close = values - least[self.owners] < weights.MARGIN
        return np.add.reduceat(close, self.starts, dtype=np.int64) > 1

    def distance_costs(self, now: Array, before: Array) -> Array:
        """What each candidate's distance from the neighbours costs, where these cost `now`, `before` of it by distance.

        A neighbour not yet settled stands wherever it suits the candidate best, at what that place costs itself: it
        says something only as far as its own candidates differ. One that itself lies far from all says little.
        """
        least = self.least(now)
        heard = 1.0 - weights.OUTLIER * before[self.best(now, least)] / weights.DISTANCE
        lead = now - least[self.owners]
        costs = np.zeros_like(now)
        for block in self.held or self._pairs():
            costs[block.told] = _distances(block, lead, heard)
        return self._areas_like_spots(costs)

    def _pairs(self) -> Iterator[Pairs]:
        """Mentions that no neighbour says anything of have none."""
        mentions, trust = self.neighbours
        sizes = np.diff(self.starts, append=len(self.owners))
        for start in range(0, len(self.starts), weights.BLOCK):
            rows, columns = np.nonzero(trust[start : start + weights.BLOCK])
            if not len(rows):
                continue
            one, asked = np.unique(rows, return_counts=True)
            told = _runs(self.starts[start + one], sizes[start + one])
            slots = np.repeat(asked, sizes[start + one])
            slot = _runs(np.repeat(np.cumsum(asked) - asked, sizes[start + one]), slots)
            neighbour = mentions[start + rows, columns][slot]
            others = sizes[neighbour]
            other = _runs(self.starts[neighbour], others)
            candidate = np.repeat(np.arange(len(told)), slots)
            yield Pairs(
                told=told,
                groups=np.cumsum(slots) - slots,
                candidate=candidate,
                neighbour=neighbour,
                trust=trust[start + rows, columns][slot],
                pairs=np.cumsum(others) - others,
                other=other,
                costs=self._apart(np.repeat(told[candidate], others), other),
            )

    def _apart(self, one: Numbers, other: Numbers) -> Array:
        cosine = np.einsum("px,px->p", self.vectors.take(one, axis=0), self.vectors.take(other, axis=0))
        return weights.DISTANCE * farness(apart_km(cosine) / self.reach.take(one))

    def _areas_like_spots(self, costs: Array) -> Array:
        """An area is as near as the nearest spot of its name: distance does not tell city from oblast."""
        if len(self._areas):
            spots = costs.copy()
            spots[self._areas] = np.inf
            nearest = self.least(spots)[self.owners[self._areas]]
            costs[self._areas] = np.where(np.isinf(nearest), costs[self._areas], nearest)
        return costs


def _runs(first: Numbers, count: Numbers) -> Numbers:
    """`first[0]` and the numbers after it, `count[0]` of them in all, then those from `first[1]` …"""
    ends = np.cumsum(count)
    return np.arange(ends[-1]) + np.repeat(first - ends + count, count)


def _distances(block: Pairs, lead: Array, heard: Array) -> Array:
    said = np.minimum.reduceat(block.costs + lead.take(block.other), block.pairs)
    said = np.minimum(said, weights.DISTANCE)
    trust = block.trust * heard.take(block.neighbour)
    total = np.add.reduceat(trust, block.groups)
    mean = np.add.reduceat(trust * said, block.groups) / total
    strong = trust >= 0.5 * np.maximum.reduceat(trust, block.groups).take(block.candidate)
    nearest = np.minimum.reduceat(np.where(strong, said, np.inf), block.groups)
    together = weights.NEAREST_SHARE * nearest + (1 - weights.NEAREST_SHARE) * mean
    distances: Array = together * np.minimum(total / weights.LONE, 1.0)
    return distances
