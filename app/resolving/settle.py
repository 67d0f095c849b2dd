"""The rounds in which mentions settle each other: what is clear in one round makes others clear in the next."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.resolving import weights
from app.resolving.board import Board
from app.resolving.glosses import Glosses
from app.resolving.shortlist import Shortlist
from app.resolving.sphere import Array


class Costs(NamedTuple):
    """Of each candidate in the row: the sum, and the parts of it that the other mentions add."""

    total: Array
    distance: Array
    gloss: Array
    same_name: Array


def settle(board: Board, glosses: Glosses, lists: Sequence[Shortlist]) -> Costs:
    """Every round asks all neighbours at once, so that no order of mentions decides."""
    numbers = _number_places(lists)
    total = board.costs
    distance = gloss = same_name = np.zeros_like(total)
    for _ in range(weights.ROUNDS):
        same_name = _same_name(board, total, numbers)
        distance, gloss = board.distance_costs(total, distance), glosses.costs(total)
        total = board.costs + distance + gloss + same_name
    return Costs(total, distance, gloss, same_name)


def _number_places(lists: Sequence[Shortlist]) -> NDArray[np.int64]:
    """Of each candidate in the row, a number for its place; none is 0."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(p.id, len(known) + 1) for each in lists for p in each.places])


def _same_name(board: Board, total: Array, numbers: NDArray[np.int64]) -> Array:
    """A cost for what is not meant, where another mention that could be the same place is clear about which is."""
    first = board.least(total)
    best = board.best(total, first)
    others = total.copy()
    others[best] = np.inf
    clear = np.where(board.least(others) - first >= weights.MARGIN, numbers[best], 0)
    counts = np.bincount(clear, minlength=int(numbers.max()) + 1)
    counts[0] = 0
    meant = counts[numbers] > (numbers == clear[board.owners])
    decided: NDArray[np.bool_] = np.logical_or.reduceat(meant, board.starts)
    return np.where(decided[board.owners] & ~meant, weights.SAME_NAME, 0.0)
