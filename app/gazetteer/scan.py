"""Which stretches of a text are known name forms? The longest at each place, on word boundaries."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from app.domain.place import NameHit, NameReference
from app.gazetteer.forms import CAPITALS, SHORTEST_FOLD
from app.gazetteer.small_words import SMALL_WORDS
from app.gazetteer.spelling import fold
from app.gazetteer.tokens import Tokens, tokenise


class Entry(NamedTuple):
    """A row of the form index: which names a key may stand for, and how long the names are that it opens."""

    names: str
    words: int


Lookup = Callable[[Iterable[str]], Mapping[str, Entry | None]]
"""Fetches the rows of many keys at once; the answer holds all of them, and may hold others."""


class Found(NamedTuple):
    """A hit before its references are told: its last token, and the row's names."""

    last: int
    names: str


_NOWHERE = Found(-1, "")
KeyOf = Callable[[str], str | None]
"""The key of a word in a table, given its `exact` key; None where the table does not ask for such words."""
Tell = Callable[[str], tuple[NameReference, ...]]
"""Names of a row → the places that may be meant."""


def scan(text: str, forms: Lookup, folds: Lookup, references: Tell, alike: Tell, *, any_case: bool) -> list[NameHit]:
    """Hits in order, not overlapping: names known to the letter, then those that only sound so (told by `alike`).

    Latin spellings of one name are legion, so there both count; in Cyrillic sound is asked only where letters fail.
    """
    tokens = tokenise(text)
    words = tokens.words
    opening = range(len(words)) if any_case else [i for i, word in enumerate(words) if word.capital]
    exact = _longest(tokens, opening, forms, _exact_key, any_case=any_case)
    exact |= _longest(tokens, [i for i in opening if words[i].shout], forms, _abbreviation_key, any_case=any_case)
    doubtful = [i for i in opening if words[i].key.isalpha() and (i not in exact or words[i].key.isascii())]
    folded = _longest(tokens, doubtful, folds, _folded_key, any_case=any_case)
    hits: list[NameHit] = []
    end = -1
    for i in sorted({*exact, *folded}):
        if i <= end:
            continue
        known, similar = exact.get(i, _NOWHERE), folded.get(i, _NOWHERE)
        end = max(known.last, similar.last)
        meant = references(known.names) if known.last == end else ()
        sounds = alike(similar.names) if similar.last == end else ()
        hits.append(NameHit(tokens.start(i), tokens.end(end), _joined(meant, sounds)))
    return hits


def _joined(known: tuple[NameReference, ...], similar: tuple[NameReference, ...]) -> tuple[NameReference, ...]:
    if not known or not similar:
        return known or similar
    places = {r.place_id for r in known}
    return known + tuple(r for r in similar if r.place_id not in places)


def _longest(
    tokens: Tokens, opening: Iterable[int], lookup: Lookup, key_of: KeyOf, *, any_case: bool
) -> dict[int, Found]:
    """For each opening word that starts a known name, the longest such name."""
    first = {i: key for i in opening if (key := key_of(tokens.words[i].key))}
    rows = lookup(first.values())
    known = {i: row for i, key in first.items() if (row := rows[key])}
    runs = {i: _runs(tokens, i, row.words, key_of, any_case=any_case) for i, row in known.items() if row.words > 1}
    longer = lookup(key for keys in runs.values() for key in keys)
    best = {i: Found(i, alone.names) for i, alone in known.items() if alone.names}
    for i, keys in runs.items():
        for last, key in enumerate(keys, i + 1):
            if (row := longer[key]) and row.names:
                best[i] = Found(last, row.names)
    return best


def _runs(tokens: Tokens, start: int, most: int, key_of: KeyOf, *, any_case: bool) -> list[str]:
    """Keys of two, three … words from `start` on, as far as they stand together as one name may.

    A dash between spaces joins what is known to the letter alone: by sound, two places of an axis might be one.
    """
    keys: list[str] = []
    key = key_of(tokens.words[start].key)
    for index in range(start + 1, min(start + most, len(tokens.words))):
        word = tokens.words[index]
        may_belong = any_case or word.capital or word.key in SMALL_WORDS
        joined = tokens.joined(index) or (key_of is _exact_key and tokens.dashed(index))
        following = key_of(word.key) if may_belong and joined else None
        if not following:
            break
        key = f"{key} {following}"
        keys.append(key)
    return keys


def _exact_key(key: str) -> str:
    return key


def _abbreviation_key(key: str) -> str:
    return CAPITALS + key


@lru_cache(maxsize=20_000)
def _folded_key(key: str) -> str | None:
    folded = fold(key)
    if key.isascii():
        return folded if len(folded) >= SHORTEST_FOLD - 2 else None
    return None if len(folded) < SHORTEST_CYRILLIC_FOLD or _ADJECTIVE.search(key) else folded


SHORTEST_CYRILLIC_FOLD = 7
# By sound, «Красный» is Красне and Красна; an adjective is a name only to the letter.
_ADJECTIVE = re.compile(r"(?:[иыо]й|[ая]я|[оеыи]е|[ое]го|[ое]му|[иы]ми|[иы]х|ої|[сц]ьк.{1,3}|[сц]к.{1,3})$")
