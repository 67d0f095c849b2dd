"""The candidates of one mention, best first: what each costs and why, put into words when somebody asks for them."""

from collections.abc import Sequence
from functools import cached_property
from typing import overload

from app.domain.interpretation import Candidate
from app.resolving import weights
from app.resolving.options import Doubt
from app.resolving.settle import Costs
from app.resolving.shortlist import Shortlist

TOLD: float = 0.005
"""Smaller costs are not worth a word."""


class Ranking(Sequence[Candidate]):
    """Most names are clear, and nobody asks for their reasons: a name's candidates wait until someone does."""

    def __init__(self, shortlist: Shortlist, costs: Costs, start: int) -> None:
        """`start` is where the candidates of the mention begin in the row of all."""
        self._shortlist = shortlist
        self._costs = costs
        self._start = start

    @cached_property
    def _told(self) -> tuple[Candidate, ...]:
        rows = range(self._start, self._start + len(self._shortlist.places))
        order = sorted(rows, key=self._costs.total.__getitem__)
        return tuple([self._candidate(row) for row in order[: weights.KEPT]])

    def _candidate(self, row: int) -> Candidate:
        total, distance, gloss, same_name = (float(cost[row]) for cost in self._costs)
        column = row - self._start
        doubts = [
            *((float(costs[column]), reason) for costs, reason in self._shortlist.added),
            (distance, "its distance from the places told of with it"),
            (gloss, "not where the report's own gloss puts it"),
            (same_name, "another place of the name is meant elsewhere in the report"),
        ]
        told = [Doubt(cost, reason).told() for cost, reason in doubts if cost >= TOLD]
        reasons = (*self._shortlist.reasons[column], *told)
        return Candidate(self._shortlist.places[column], round(total, 3), reasons)

    def __len__(self) -> int:
        return min(len(self._shortlist.places), weights.KEPT)

    @overload
    def __getitem__(self, index: int) -> Candidate: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Candidate, ...]: ...
    def __getitem__(self, index: int | slice) -> Candidate | tuple[Candidate, ...]:
        return self._told[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._told == tuple(other)

    def __hash__(self) -> int:
        return hash(self._told)

    def __repr__(self) -> str:
        return repr(self._told)
