"""Which place each mention stands for, all mentions of a report together; or why that stays open, with the candidates.

Every doubt about a candidate is a cost on one scale (weights.py). A candidate costs what its name, kind and size cost,
what the oblast or gloss beside it contradicts, and how far it lies from the places told of with it. The cheapest is
chosen where it leads the next one elsewhere by a margin, and the name is left open where it does not.
"""

import numpy as np

from app.domain.interpretation import Candidate, Resolution
from app.domain.place import Atlas, Place
from app.domain.reading import Reading
from app.domain.report import Report
from app.domain.vocabulary import MentionOutcome, PlaceKind
from app.resolving import weights
from app.resolving.board import Board
from app.resolving.context import Context
from app.resolving.glosses import Glosses
from app.resolving.options import Doubt, options
from app.resolving.settle import Settled, settle
from app.resolving.shortlist import Shortlist, shortlists
from app.resolving.sphere import Array, distance_km

UNKNOWN = Resolution(MentionOutcome.UNKNOWN, None, ())


def resolve(report: Report, reading: Reading, atlas: Atlas) -> tuple[Resolution, ...]:
    """One resolution for each of the reading's mentions, in their order. Pure; raises for nothing a report may say."""
    if not reading.mentions:
        return ()
    choices = [options(atlas, mention.references, mention.kinds) for mention in reading.mentions]
    context = Context(report, reading, choices)
    links = context.links()
    lists = shortlists(context, choices, links, atlas, report.published)
    board = Board.of([s.costs for s in lists], [s.options.vectors[s.rows] for s in lists], links)
    settled = settle(board, Glosses(context.glosses(), lists), lists)
    return tuple(_resolution(shortlist, settled, i) for i, shortlist in enumerate(lists))


def _resolution(shortlist: Shortlist, settled: Settled, i: int) -> Resolution:
    if not len(shortlist.rows):
        return UNKNOWN
    total = settled.total[i, : len(shortlist.rows)]
    order = np.argsort(total, kind="stable")
    candidates = tuple(_candidate(shortlist, settled, i, int(c)) for c in order[: weights.KEPT])
    if not _is_clear(shortlist, total, order):
        return Resolution(MentionOutcome.AMBIGUOUS, None, candidates)
    place = candidates[0].place
    outcome = MentionOutcome.OUT_OF_THEATRE if _is_out_of_theatre(place) else MentionOutcome.RESOLVED
    return Resolution(outcome, place, candidates)


def _is_clear(shortlist: Shortlist, total: Array, order: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> bool:
    """The best is likely at all, and leads every candidate elsewhere by the margin."""
    best = order[0]
    if total[best] > weights.NONE_OF_THESE:
        return False
    rivals = order[1:][total[order[1:]] - total[best] < weights.MARGIN]
    spots = shortlist.options.vectors[shortlist.rows]
    return bool((distance_km(spots[rivals], spots[best]) <= weights.SAME_SPOT_KM).all())


def _is_out_of_theatre(place: Place) -> bool:
    return place.country not in weights.THEATRE and place.kind not in (PlaceKind.SEA, PlaceKind.RIVER)


def _candidate(shortlist: Shortlist, settled: Settled, i: int, column: int) -> Candidate:
    place = shortlist.options.places[shortlist.rows[column]]
    doubts = [
        *shortlist.doubts(column),
        Doubt(float(settled.distance[i, column]), "its distance from the places told of with it"),
        Doubt(float(settled.gloss[i, column]), "not where the report's own gloss puts it"),
        Doubt(float(settled.same_name[i, column]), "another place of the name is meant elsewhere in the report"),
    ]
    reasons = tuple(f"{doubt.reason} (+{doubt.cost:.2f})" for doubt in doubts if doubt.cost >= 0.005)
    return Candidate(place, round(float(settled.total[i, column]), 3), reasons)
