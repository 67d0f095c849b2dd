"""Which names of a report say most of where another is: the nearest in the text, weighed by what joins them to it."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.resolving import weights
from app.resolving.sphere import Array

Numbers = NDArray[np.int64]


class Standing(NamedTuple):
    """Where each mention stands in the text, as numbers; mentions in one sentence, passage … share one."""

    sentences: Numbers
    sections: Numbers
    """The mention that heads the section; -1 where none does."""
    passages: Numbers
    lists: Numbers
    """The phrase whose list a mention stands in; -1 where none."""


class Neighbours(NamedTuple):
    """Mention x neighbour: which mention it is, and how much it says; 0 where there is none."""

    mentions: Numbers
    trust: Array


OFFSETS = np.array([side * step for step in range(1, weights.NEIGHBOURS + 1) for side in (-1, 1)])
"""Places in the row of names from any one of them, the nearest first."""


def neighbours(
    points: Sequence[int],
    standing: Standing,
    names: Sequence[frozenset[str]],
    headings: Sequence[Sequence[int]],
    dateline: int = -1,
) -> Neighbours:
    """For each mention of `points` (in the order of the text) its most telling neighbours, the strongest first.

    `names`: for every mention, all that it may stand for. `headings`: for every point, the mentions in the headings
    above it. `dateline`: the point that only says where the report was written; -1 for none. Work grows with the number
    of mentions.
    """
    count = len(names)
    found = Neighbours(
        np.zeros((count, weights.NEIGHBOURS), dtype=np.int64), np.zeros((count, weights.NEIGHBOURS), dtype=float)
    )
    if not points:
        return found
    row = np.array(points)
    at = np.arange(len(row))[:, None] + OFFSETS
    there = (at >= 0) & (at < len(row))
    others = row[np.clip(at, 0, len(row) - 1)]
    bonds = _bonds(row[:, None], others, standing)
    bonds = np.where(others == dateline, np.minimum(bonds, weights.DATELINE), bonds)
    trust = bonds / (1 + weights.GAP * (np.abs(OFFSETS) - 1))
    trust[~there | _same_names(row[:, None], others, names)] = 0.0
    others, trust = _with_headings(others, trust, headings)
    order = np.argsort(-trust, axis=1, kind="stable")[:, : weights.NEIGHBOURS]
    each = np.arange(len(row))[:, None]
    found.mentions[row] = others[each, order]
    found.trust[row] = trust[each, order]
    return found


def _bonds(one: Numbers, other: Numbers, standing: Standing) -> Array:
    """What holds two mentions together, and so how much one says of the other: the strongest that holds."""
    sentences, sections, passages, lists = standing
    apart = np.abs(sentences[one] - sentences[other])
    fading = np.maximum(weights.SAME_PASSAGE * _FADING[np.minimum(apart, len(_FADING) - 1)], weights.OTHER_PASSAGE)
    bonds = np.where(passages[one] == passages[other], fading, weights.OTHER_PASSAGE)
    bonds = np.where(apart == 0, weights.SAME_SENTENCE, bonds)
    bonds = np.where((lists[one] == lists[other]) & (lists[one] >= 0), weights.SAME_LIST, bonds)
    bonds = np.where((sections[one] == one) | (sections[one] == other), weights.HEADING, bonds)
    return np.where(sections[one] != sections[other], weights.OTHER_PASSAGE, bonds)


_FADING = weights.SENTENCE_FADES ** np.maximum(np.arange(20) - 1.0, 0.0)
"""By how many sentences lie between; beyond the last of these nothing of it is left."""


def _same_names(one: Numbers, other: Numbers, names: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    """Whether two mentions may stand for mostly the same places, and so say nothing of where each other's are."""
    numbers: dict[frozenset[str], int] = {}
    number = np.array([numbers.setdefault(name, len(numbers)) for name in names])
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for name, its in numbers.items():
        for place in name:
            bearers[place].append(its)
    known = list(numbers)
    shared = {pair for of_one in bearers.values() if len(of_one) > 1 for pair in permutations(of_one, 2)}
    alike = [a * len(known) + b for a, b in shared if _are_same(known[a], known[b])]
    same: NDArray[np.bool_] = number[one] == number[other]
    return same | _among(number[one] * len(known) + number[other], np.array(sorted(alike))) if alike else same


def _among(values: Numbers, known: Numbers) -> NDArray[np.bool_]:
    """Whether each value is one of the known ones, which stand in order."""
    nearest = np.searchsorted(known, values)
    found: NDArray[np.bool_] = known[np.minimum(nearest, len(known) - 1)] == values
    return found


def _are_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= max(len(one), len(other))


def _with_headings(others: Numbers, trust: Array, headings: Sequence[Sequence[int]]) -> tuple[Numbers, Array]:
    """The same with columns for the mentions in the headings above, which are no neighbours besides."""
    if not any(headings):
        return others, trust
    shape = (len(headings), weights.NEIGHBOURS)
    above, said = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    for i, heads in enumerate(headings):
        few = list(heads[: weights.NEIGHBOURS])
        above[i, : len(few)], said[i, : len(few)] = few, weights.HEADING
        if few:
            trust[i, np.isin(others[i], few)] = 0.0
    return np.concatenate([above, others], axis=1), np.concatenate([said, trust], axis=1)
