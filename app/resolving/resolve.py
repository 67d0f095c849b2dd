"""Which place each mention stands for, all mentions of a report together; or why that stays open, with the candidates.

Every doubt about a candidate is a cost on one scale (weights.py). A candidate costs what its name, kind and size cost,
what the oblast or gloss beside it contradicts, and how far it lies from the places told of with it. The cheapest is
chosen where it leads the next one elsewhere by a margin, and the name is left open where it does not.
"""

from itertools import islice

from app.domain.interpretation import Candidate, Resolution
from app.domain.place import Atlas, Place
from app.domain.reading import Reading
from app.domain.report import Report
from app.domain.vocabulary import MentionOutcome, PlaceKind
from app.resolving import weights
from app.resolving.board import Board
from app.resolving.context import Context
from app.resolving.front import front_of
from app.resolving.glosses import Glosses
from app.resolving.options import POINTLIKE, Doubt, options
from app.resolving.settle import Cost, settle
from app.resolving.shortlist import Shortlist, shortlists
from app.resolving.sphere import distance_km

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
    costs = settle(Board.of(lists, linked), Glosses(context.glosses(), lists), lists)
    return tuple(_resolution(each, list(islice(costs, len(each.costs)))) for each in lists)


def _resolution(shortlist: Shortlist, costs: list[Cost]) -> Resolution:
    if not costs:
        return UNKNOWN
    order = sorted(range(len(costs)), key=lambda column: costs[column].total)
    candidates = tuple(_candidate(shortlist, column, costs[column]) for column in order[: weights.KEPT])
    place = candidates[0].place
    if not _is_likely(place, costs[order[0]]) or _has_rivals(shortlist, costs, order):
        return Resolution(MentionOutcome.AMBIGUOUS, None, candidates)
    outcome = MentionOutcome.OUT_OF_THEATRE if _is_out_of_theatre(place) else MentionOutcome.RESOLVED
    return Resolution(outcome, place, candidates)


def _is_likely(place: Place, cost: Cost) -> bool:
    """Whether it is the place at all. How far off it lies speaks against spots only."""
    distance = 0.0 if place.kind in POINTLIKE else cost.distance
    return cost.total - distance <= weights.NONE_OF_THESE and cost.gloss < weights.GLOSS


def _has_rivals(shortlist: Shortlist, costs: list[Cost], order: list[int]) -> bool:
    """Whether another candidate, elsewhere, comes within the margin of the best."""
    best = order[0]
    close = [column for column in order[1:] if costs[column].total - costs[best].total < weights.MARGIN]
    if not close:
        return False
    spots = shortlist.vectors
    return not bool((distance_km(spots[close], spots[best]) <= weights.SAME_SPOT_KM).all())


def _is_out_of_theatre(place: Place) -> bool:
    return place.country not in weights.THEATRE and place.kind not in (PlaceKind.SEA, PlaceKind.RIVER)


def _candidate(shortlist: Shortlist, column: int, cost: Cost) -> Candidate:
    doubts = [
        *((costs[column], reason) for costs, reason in shortlist.added),
        (cost.distance, "its distance from the places told of with it"),
        (cost.gloss, "not where the report's own gloss puts it"),
        (cost.same_name, "another place of the name is meant elsewhere in the report"),
    ]
    told = [Doubt(added, reason).told() for added, reason in doubts if added >= 0.005]
    reasons = (*shortlist.reasons[column], *told)
    return Candidate(shortlist.places[column], round(cost.total, 3), reasons)
