"""Which stretches of a text are known name forms? The longest at each place, on word boundaries."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.place import NameHit, NameReference
from app.gazetteer.forms import CAPITALS, SHORTEST_FOLD
from app.gazetteer.spelling import fold
from app.gazetteer.tokens import Token, tokenise


class Entry(NamedTuple):
    """A row of the form index: which names a key may stand for, and how long the names are that it opens."""

    names: str
    words: int


Lookup = Callable[[Iterable[str]], Mapping[str, Entry]]
"""Fetches the rows of many keys at once."""

_SMALL_WORDS = """
    область області областю областей областям областями областях обл области областью
    район району районі районом районів районам районами районах района районе районов
    край краю краем краї края крае моря море морі морем морю річка річки річці річку річкою ріка река реки реке реку
    рекой     водосховище водосховища водосховищі водохранилище водохранилища коса коси косі косу косою косы косе косой
    острів остров острова острові острове півострів півострова півострові полуостров полуострова полуострове
    протока протоці пролив проливе канал каналу канале народна народної народній народну народною народная народной
    народную республіка республіки республіці республіку республікою республика республики республике республику
    республикой стрілка стрілці міст мосту мост моста мосте країни страны атомна електростанція
    oblast oblasts region regions raion raions district districts province river sea reservoir spit peninsula canal
    bridge dam island the of and on na на за над при під под у в de la
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
"""Words that stand in lower case inside names: generic words and the small words between."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit before its references are told: its last token, and the row's names."""

    last: int
    names: str


Tell = Callable[[str], tuple[NameReference, ...]]
"""Names of a row → the places that may be meant."""


def scan(text: str, forms: Lookup, folds: Lookup, references: Tell, alike: Tell, *, any_case: bool) -> list[NameHit]:
    """Hits in order, not overlapping: names known to the letter, then those that only sound so (told by `alike`).

    Latin spellings of one name are legion, so there both count; in Cyrillic sound is asked only where letters fail.
    """
    tokens = tokenise(text)
    opening = [i for i, t in enumerate(tokens) if any_case or t.capital]
    exact = _longest(tokens, opening, forms, _exact_key, any_case=any_case)
    exact |= _longest(tokens, [i for i in opening if tokens[i].shout], forms, _abbreviation_key, any_case=any_case)
    doubtful = [i for i in opening if tokens[i].key.isalpha() and (tokens[i].key.isascii() or i not in exact)]
    folded = _longest(tokens, doubtful, folds, _folded_key, any_case=any_case)
    hits: list[NameHit] = []
    end = -1
    for i in opening:
        last = max(found[i].last for found in (exact, folded) if i in found) if i in exact or i in folded else -1
        if i > end and last >= 0:
            end = last
            known = references(exact[i].names) if i in exact and exact[i].last == last else ()
            similar = alike(folded[i].names) if i in folded and folded[i].last == last else ()
            hits.append(NameHit(tokens[i].start, tokens[last].end, _joined(known, similar)))
    return hits


def _joined(known: tuple[NameReference, ...], similar: tuple[NameReference, ...]) -> tuple[NameReference, ...]:
    if not known or not similar:
        return known or similar
    places = {r.place_id for r in known}
    return known + tuple(r for r in similar if r.place_id not in places)


def _longest(
    tokens: Sequence[Token],
    opening: Sequence[int],
    lookup: Lookup,
    key_of: Callable[[Token], str | None],
    *,
    any_case: bool,
) -> dict[int, Found]:
    """For each opening word that starts a known name, the longest such name."""
    first = {i: key for i in opening if (key := key_of(tokens[i]))}
    rows = lookup(first.values())
    runs = {}
    for i, key in first.items():
        row = rows.get(key)
        if row and row.words > 1:
            runs[i] = list(_runs(tokens, i, row.words, key_of, any_case=any_case))
    longer = lookup(key for keys in runs.values() for key in keys)
    best: dict[int, Found] = {}
    for i, key in first.items():
        for length, run in reversed(list(enumerate(runs.get(i, ()), start=1))):
            row = longer.get(run)
            if row and row.names:
                best[i] = Found(i + length, row.names)
                break
        else:
            row = rows.get(key)
            if row and row.names:
                best[i] = Found(i, row.names)
    return best


def _runs(
    tokens: Sequence[Token], start: int, most: int, key_of: Callable[[Token], str | None], *, any_case: bool
) -> Iterator[str]:
    """Keys of two, three … words from `start` on, as far as they stand together as one name may."""
    key = key_of(tokens[start])
    for token in tokens[start + 1 : start + most]:
        word = key_of(token)
        if not token.joined or not word or not (any_case or token.capital or token.key in SMALL_WORDS):
            return
        key = f"{key} {word}"
        yield key


def _exact_key(token: Token) -> str:
    return token.key


def _abbreviation_key(token: Token) -> str:
    return CAPITALS + token.key


def _folded_key(token: Token) -> str | None:
    folded = fold(token.key)
    if token.key.isascii():
        return folded if len(folded) >= SHORTEST_FOLD - 2 else None
    return None if len(folded) < SHORTEST_CYRILLIC_FOLD or _ADJECTIVE.search(token.key) else folded


SHORTEST_CYRILLIC_FOLD = 7
# By sound, «Красный» is Красне and Красна; an adjective is a name only to the letter.
_ADJECTIVE = re.compile(r"(?:[иыо]й|[ая]я|[оеыи]е|[ое]го|[ое]му|[иы]ми|[иы]х|ої|[сц]ьк.{1,3}|[сц]к.{1,3})$")
