"""What place does someone mean who is typing its name? Any script, any spelling, from the first letters on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.place import NameReference, Place
from app.domain.vocabulary import PlaceKind
from app.gazetteer.file import Query
from app.gazetteer.forms import CAPITALS
from app.gazetteer.small_words import SMALL_WORDS
from app.gazetteer.spelling import exact, fold

_WIDE = 400
_LAST_LETTER = "\U0010ffff"
_GUESSED = 4
_STEM = 5
"""Sounds of an oblast's name that are the same in all its forms: Харківська, Харкові, Kharkiv."""
GREAT_CITY_PEOPLE = 100_000


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
    *,
    place: Callable[[str], Place],
    references: Callable[[str], tuple[NameReference, ...]],
    guess: Callable[[str], Sequence[NameReference]],
) -> list[Match]:
    """Places whose name begins as `q` does; else those whose name the first words are and whose district, oblast or
    community the others ("Andriivka Kharkiv"); else those whose words begin so ("Час Яр"); else what sounds like it."""
    words = exact(q).split()
    if not words:
        return []
    found = _best(_named(query, " ".join(words)), place, references)
    for size in range(len(words) - 1, 0, -1):
        if not found:
            named = _best(_named(query, " ".join(words[:size])), place, references)
            found = [m for m in named if _lies_within(m, words[size:], query, place)]
    if not found and len(words) > 1:
        found = _best(_worded(query, words), place, references)
    if not found:
        found = [_match(place(r.place_id), r, _GUESSED, place) for r in guess(q)]
    return sorted(found, key=lambda m: m.rank)[:limit]


def _best(
    named: Iterable[tuple[int, str]],
    place: Callable[[str], Place],
    references: Callable[[str], tuple[NameReference, ...]],
) -> list[Match]:
    best: dict[str, Match] = {}
    for quality, names in named:
        for reference in references(names):
            match = _match(place(reference.place_id), reference, quality, place)
            held = best.get(reference.place_id)
            if held is None or match.rank < held.rank:
                best[reference.place_id] = match
    return list(best.values())


def _named(query: Query, key: str) -> Iterator[tuple[int, str]]:
    """Names by quality of match: the very form, forms that begin so, the very sounds, sounds that begin so."""
    for quality, table, start in ((0, "forms", CAPITALS + key), (0, "forms", key), (2, "folds", fold(key))):
        if start:
            yield from ((quality, names) for _, names in _rows(query, table, "key = ?", start))
            if not start.startswith(CAPITALS):
                longer = _rows(query, table, "key > ? AND key < ?", start, start + _LAST_LETTER)
                yield from ((quality + 1, names) for _, names in longer)


def _worded(query: Query, words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Names of which each word begins as the word of the query in its place."""
    first = words[0]
    for key, names in _rows(query, "forms", "key > ? AND key < ? AND key LIKE '% %'", first, first + _LAST_LETTER):
        parts = key.split()
        if len(parts) >= len(words) and all(map(str.startswith, parts, words)):
            yield 1, names


def _rows(query: Query, table: str, condition: str, *values: str) -> Iterator[tuple[str, str]]:
    statement = f"SELECT key, names FROM {table} WHERE {condition} AND names != '' ORDER BY length(key) LIMIT {_WIDE}"  # noqa: S608 - our own words
    yield from query(statement, values)


def _lies_within(match: Match, words: Sequence[str], query: Query, place: Callable[[str], Place]) -> bool:
    """Whether every word begins a word of the names of the district, oblast or community; generic words may stand."""
    found = match.place
    ids = [i for i in (found.raion_id, found.oblast_id) if i]
    names = [n for i in ids for n in (place(i).name, place(i).name_uk, place(i).name_ru) if n]
    names += [h for (h,) in query("SELECT hromada FROM places WHERE id = ? AND hromada IS NOT NULL", (found.id,))]
    sounds = {fold(part) for name in names for part in exact(name).split()}
    return all(w in SMALL_WORDS or any(s.startswith(fold(w)[:_STEM]) for s in sounds) for w in words)


def _match(found: Place, reference: NameReference, quality: int, place: Callable[[str], Place]) -> Match:
    great = found.country == "UA" and found.is_settlement and (found.population or 0) >= GREAT_CITY_PEOPLE
    known = great or "settlements" in found.layers
    front = 0 if known or found.kind is PlaceKind.OBLAST else 1
    within = ", ".join(place(parent).name for parent in (found.raion_id, found.oblast_id) if parent)
    rank = (quality, front, -(found.population or 0), found.id)
    return Match(found, within, reference, rank)
