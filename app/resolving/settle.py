"""The rounds in which mentions settle each other: what is clear in one round makes others clear in the next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.resolving import weights
from app.resolving.board import Board
from app.resolving.glosses import Glosses
from app.resolving.shortlist import Shortlist
from app.resolving.sphere import Array


class Cost(NamedTuple):
    """Of one candidate: the sum, and the parts of it that the other mentions add."""

    total: float
    distance: float
    gloss: float
    same_name: float


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Mention x candidate: the sum of all costs, and the parts that the other mentions add to it."""

    total: Array
    distance: Array
    gloss: Array
    same_name: Array

    def rows(self, sizes: Iterable[int]) -> Iterator[list[Cost]]:
        """Of each mention, of each of its candidates, of which there are so many."""
        parts = np.stack([self.total, self.distance, self.gloss, self.same_name], axis=-1).tolist()
        for row, size in zip(parts, sizes, strict=True):
            yield [Cost(*cell) for cell in row[:size]]


def settle(board: Board, glosses: Glosses, lists: Sequence[Shortlist]) -> Settled:
    """Every round asks all neighbours at once, so that no order of mentions decides."""
    numbers = _number_places(lists, board.costs.shape)
    total = board.costs
    distance = gloss = same_name = np.zeros_like(total)
    for _ in range(weights.ROUNDS):
        same_name = _same_name(total, numbers)
        distance, gloss = board.distance_costs(total, distance), glosses.costs(total)
        total = board.costs + distance + gloss + same_name
    return Settled(total, distance, gloss, same_name)


def _number_places(lists: Sequence[Shortlist], shape: tuple[int, ...]) -> NDArray[np.int64]:
    """A number for each place; 0 for unused cells."""
    known: dict[str, int] = {}
    numbers = np.zeros(shape, dtype=np.int64)
    for i, shortlist in enumerate(lists):
        places = shortlist.places
        numbers[i, : len(places)] = [known.setdefault(place.id, len(known) + 1) for place in places]
    return numbers


def _same_name(total: Array, numbers: NDArray[np.int64]) -> Array:
    """A cost for what is not meant, where another mention that could be the same place is clear about which is."""
    if total.shape[1] < 2:
        return np.zeros_like(total)
    first, second = np.partition(total, 1, axis=1)[:, :2].T
    rows, best = np.arange(len(total)), total.argmin(axis=1)
    clear = np.where(second - first >= weights.MARGIN, numbers[rows, best], 0)
    counts = np.bincount(clear, minlength=int(numbers.max(initial=0)) + 1)
    counts[0] = 0
    others = counts[numbers] - (numbers == clear[:, None])
    meant = (others > 0) & (numbers > 0)
    return np.where(meant.any(axis=1, keepdims=True) & ~meant, weights.SAME_NAME, 0.0)
