"""What place does someone mean who is typing its name? Any script, any spelling, from the first letters on."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.place import NameReference, Place
from app.domain.vocabulary import PlaceKind
from app.gazetteer.file import Query
from app.gazetteer.spelling import exact, fold

_WIDE = 400


@dataclass(frozen=True, slots=True)
class Match:
    """A place found, and how: `rank` orders matches, lowest first."""

    place: Place
    within: str
    """Its hierarchy, broadest last: "Bakhmut Raion, Donetsk Oblast"."""
    reference: NameReference
    rank: tuple[int, int, int, str]


def search(
    q: str,
    limit: int,
    query: Query,
    place: Callable[[str], Place],
    references: Callable[[str], tuple[NameReference, ...]],
) -> list[Match]:
    key = exact(q)
    if not key:
        return []
    best: dict[str, Match] = {}
    for quality, names in _named(query, key):
        for reference in references(names):
            match = _match(place(reference.place_id), reference, quality, place)
            held = best.get(reference.place_id)
            if held is None or match.rank < held.rank:
                best[reference.place_id] = match
    return sorted(best.values(), key=lambda m: m.rank)[:limit]


def _named(query: Query, key: str) -> list[tuple[int, str]]:
    """Names by quality of match: the very form, forms that begin so, the very sounds, sounds that begin so."""
    found: list[tuple[int, str]] = []
    sound = fold(key)
    for quality, table, start in ((0, "forms", key), (2, "folds", sound)):
        if not start:
            continue
        same = query(f"SELECT names FROM {table} WHERE key = ? AND names != ''", (start,))  # noqa: S608
        found += [(quality, names) for (names,) in same]
        longer = query(
            f"SELECT names FROM {table} WHERE key > ? AND key < ? AND names != '' ORDER BY length(key) LIMIT {_WIDE}",  # noqa: S608
            (start, start + "\U0010ffff"),
        )
        found += [(quality + 1, names) for (names,) in longer]
    return found


def _match(found: Place, reference: NameReference, quality: int, place: Callable[[str], Place]) -> Match:
    front = 0 if "settlements" in found.layers or found.kind is PlaceKind.OBLAST else 1
    within = ", ".join(place(parent).name for parent in (found.raion_id, found.oblast_id) if parent)
    rank = (quality, front, -(found.population or 0), found.id)
    return Match(found, within, reference, rank)
