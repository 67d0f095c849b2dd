"""Which place each mention stands for, all mentions of a report together; or why that stays open, with the candidates.

Every doubt about a candidate is a cost on one scale (weights.py). A candidate costs what its name, kind and size cost,
what the oblast or gloss beside it contradicts, and how far it lies from the places told of with it. The cheapest is
chosen where it leads the next one elsewhere by a margin, and the name is left open where it does not.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from app.domain.interpretation import Resolution
from app.domain.place import Atlas, Place
from app.domain.reading import Reading
from app.domain.report import Report
from app.domain.vocabulary import POINTLIKE, WATERS, MentionOutcome, PlaceKind
from app.resolving import weights
from app.resolving.board import Board
from app.resolving.context import Context
from app.resolving.front import front_of
from app.resolving.glosses import Glosses
from app.resolving.options import options
from app.resolving.ranking import Ranking
from app.resolving.settle import Costs, settle
from app.resolving.shortlist import Shortlist, shortlists
from app.resolving.sphere import Array, distance_km

UNKNOWN = Resolution(MentionOutcome.UNKNOWN, None, ())


def resolve(report: Report, reading: Reading, atlas: Atlas) -> tuple[Resolution, ...]:
    """One resolution for each of the reading's mentions, in their order. Pure; raises for nothing a report may say."""
    front = front_of(report.published)
    choices = [options(atlas, m.references, m.kinds, front, fuzzy=m.fuzzy) for m in reading.mentions]
    if not any(choice.places for choice in choices):
        return (UNKNOWN,) * len(choices)
    context = Context(report, reading, choices)
    linked = context.neighbours()
    lists = shortlists(context, choices, linked, atlas, report.published)
    board = Board.of(lists, linked)
    costs = settle(board, Glosses(context.glosses(), lists), lists)
    return tuple(_resolutions(lists, board, costs))


def _resolutions(lists: Sequence[Shortlist], board: Board, costs: Costs) -> Iterator[Resolution]:
    """Of each candidate the costs stand in one row; `start` is where those of a mention begin."""
    totals, distances, glosses = costs.total.tolist(), costs.distance.tolist(), costs.gloss.tolist()
    least = board.least(costs.total)
    best = iter(board.best(costs.total, least).tolist())
    crowded = iter(board.crowded(costs.total, least).tolist())
    start = 0
    for each in lists:
        if not each.places:
            yield UNKNOWN
            continue
        row = next(best)
        place = each.places[row - start]
        ranking = Ranking(each, costs, start)
        rivals = next(crowded) and _has_rivals(each, costs.total[start : start + len(each.places)], row - start)
        if rivals or not _is_likely(place, totals[row], distances[row], glosses[row]):
            yield Resolution(MentionOutcome.AMBIGUOUS, None, ranking)
        else:
            outcome = MentionOutcome.OUT_OF_THEATRE if _is_out_of_theatre(place) else MentionOutcome.RESOLVED
            yield Resolution(outcome, place, ranking)
        start += len(each.places)


def _is_likely(place: Place, total: float, distance: float, gloss: float) -> bool:
    """Whether it is the place at all. How far off it lies speaks against spots only, and less against towns that are
    named from anywhere: a strike on Tuapse stands beside one on an airfield 360 km away."""
    pardoned = 1.0
    if place.kind in POINTLIKE:
        town = place.kind is PlaceKind.CITY or (place.population or 0) >= weights.LARGE_TOWN_PEOPLE
        pardoned = weights.PARDONED if town else 0.0
    return total - pardoned * distance <= weights.NONE_OF_THESE and gloss < weights.GLOSS


def _has_rivals(shortlist: Shortlist, totals: Array, best: int) -> bool:
    """Whether another candidate, elsewhere, comes within the margin of the best."""
    close = np.flatnonzero(totals - totals[best] < weights.MARGIN)
    spots = shortlist.vectors
    return not bool((distance_km(spots[close[close != best]], spots[best]) <= weights.SAME_SPOT_KM).all())


def _is_out_of_theatre(place: Place) -> bool:
    return place.country not in weights.THEATRE and place.kind not in WATERS
