"""Which words, unknown to the atlas, must name a place all the same: misspelt, oddly spelt or simply not in it.

Only where the words around say that a place stands here; elsewhere an unknown word is left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.place import Atlas, NameReference
from app.reading.mentions.name import AGREES, is_adjectival
from app.reading.text.tagging import Row

_SHORTEST = 5
_LONGEST_LIST = 120
_LONGEST_NAME = 3
_NOT_NAMES = frozenset({"org", "title", "name", "say", "topic", "street", "common", "seat"})
_NAMELIKE = frozenset({"cap", "water"})
"""Classes of words that may be a name; small ones may be, too, where a direction is spoken of."""
_GUESSES = 15
"""Most look-ups by likeness for one passage…"""
_MOST_GUESSES = 500
"""…and for one report: nobody names so many places wrongly."""


@dataclass(frozen=True, slots=True)
class Unknown:
    first: int
    last: int
    references: tuple[NameReference, ...]
    fuzzy: bool = True
    generic: str = ""
    """The class of the generic word that belongs to the name."""


class Guesses:
    """Names by likeness for one report. Each is dear: behind the last one, what is unknown stays unknown."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._known: dict[str, tuple[NameReference, ...]] = {}

    def of(self, surface: str) -> tuple[NameReference, ...]:
        if surface not in self._known and len(self._known) < _MOST_GUESSES:
            self._known[surface] = tuple(self._atlas.guess(surface))
        return self._known.get(surface, ())


def unknown_names(row: Row, atlas: Atlas, guesses: Guesses, asked: bool) -> Iterator[Unknown]:
    """In order. In a phrase that is `asked` small letters do not matter, and something in it must be a place."""
    nameless = asked and not any(token.hit for token in row.tokens)
    if asked:
        row.tokens = [token.as_kind("cap") if token.kind == "word" else token for token in row.tokens]
    namelike = _NAMELIKE | {"word"} if "dir" in row.classes else _NAMELIKE
    free = 0
    left = _GUESSES
    for index in [number for number, token in enumerate(row.tokens) if token.kind in namelike]:
        if index < free:
            continue
        if double := _double(row, index, guesses):
            yield double
            free = double.last + 1
            continue
        if not _may_be_name(row, index) and not _is_large_adjective(row, index):
            if direction := _small_direction(row, index, atlas):
                yield direction
            continue
        last = _end_of_name(row, index)
        found = _adjectival(row, index, last, guesses)
        if found is None and left and (certainty := 2 * nameless or _expected(row, index, last)):
            left -= 1
            references = guesses.of(_surface(row, index, last))
            named_thing = "facility" in row.opens(last + 1)
            if references or certainty > 1 or named_thing:
                found = Unknown(index, last + named_thing, references, generic="facility" if named_thing else "")
        if found:
            yield found
            last = found.last
        free = last + 1


def _may_be_name(row: Row, index: int) -> bool:
    token = row.tokens[index]
    return token.kind == "cap" and token.hit is None and len(token.word) >= _SHORTEST and not token.opens & _NOT_NAMES


def _is_large_adjective(row: Row, index: int) -> bool:
    """«Лиманській» also begins like the word for an estuary."""
    token = row.tokens[index]
    return token.capital and token.hit is None and token.kind == "water" and is_adjectival(token.word)


def _end_of_name(row: Row, first: int) -> int:
    """The last token of a run of capitalised words, hyphenated ones included."""
    last = first
    while last - first < 2 * _LONGEST_NAME:
        if row.kind(last + 1) == "cap" and not row.opens(last + 1) & _NOT_NAMES:
            last += 1
        elif (
            row.kind(last + 1) == "dash"
            and row.touching(last + 1)
            and row.touching(last + 2)
            and row.kind(last + 2) == "cap"
        ):
            last += 2
        else:
            break
    return last


def _surface(row: Row, first: int, last: int) -> str:
    said = row.tokens[first].word
    for index in range(first + 1, last + 1):
        said += ("" if row.touching(index) else " ") + row.tokens[index].word
    return said


def _double(row: Row, first: int, guesses: Guesses) -> Unknown | None:
    """A name of two words of which the atlas knows the second alone: an odd case form of the whole."""
    if row.kind(first) != "cap" or row.kind(first + 1) != "name" or row.begins_sentence(first):
        return None
    if row.tokens[first].opens & _NOT_NAMES - {"common"} or len(row.tokens[first].word) < _SHORTEST:
        return None
    references = guesses.of(_surface(row, first, first + 1))
    return Unknown(first, first + 1, references) if references else None


def _adjectival(row: Row, first: int, last: int, guesses: Guesses) -> Unknown | None:
    """«На Н-ському напрямку», «у Н-ському районі»: the form of the word says what it is made from."""
    if first != last or not is_adjectival(row.tokens[first].word):
        return None
    noun = last + 1
    while noun - last < 12 and _is_listed_adjective(row, noun):
        noun += 1
    before = row.kind(first - 1) in ("name", "cap") and AGREES.search(row.tokens[first - 1].word) is not None
    if before and not row.begins_sentence(first - 1) and "facility" in row.opens(noun):
        first -= 1
    for generic in ("dir", "admin", "district", "community", "facility"):
        if generic in row.opens(noun) or (row.kind(noun) == "name" and generic in row.closes(noun)):
            references = guesses.of(_surface(row, first, last))
            belongs = noun == last + 1 and generic not in ("dir", "community")
            return Unknown(first, noun if belongs else last, references, generic=generic)
    return None


def _is_listed_adjective(row: Row, index: int) -> bool:
    kind = row.kind(index)
    return kind in ("comma", "and") or (kind in ("cap", "name") and is_adjectival(row.tokens[index].word))


def _small_direction(row: Row, index: int, atlas: Atlas) -> Unknown | None:
    """«на донецькому напрямку»: channels write the names of directions small."""
    token = row.tokens[index]
    if token.kind != "word" or "dir" not in row.opens(index + 1) or not is_adjectival(token.word):
        return None
    hits = atlas.scan(token.word, any_case=True)
    return Unknown(index, index, hits[0].references, fuzzy=False) if hits else None


def _in_governed_list(row: Row, first: int) -> bool:
    """Whether a list that leads up to here was opened by "the settlements of" or the like."""
    if row.kind(first - 1) not in ("comma", "and"):
        return False
    index = first - 1
    while index > first - _LONGEST_LIST and row.kind(index) in _LISTED:
        index -= 1
    return row.kind(index) == "town" or (row.kind(index) == "near" and "town" in row.closes(index))


def _expected(row: Row, first: int, last: int) -> int:
    """2 where only a place can stand, 1 where one well may, 0 elsewhere."""
    if row.opens(last + 1) & _NOT_NAMES - {"common"} or row.kind(last + 1) == "poss":
        return 0
    if _must_be_place(row, first, last):
        return 2
    before = row.kind(first - 1)
    related = before in ("of", "off") and row.kind(first - 2) in ("compass", "outskirts")
    return int(related or before in _RELATING or _stands_in_list(row, first, last))


def _must_be_place(row: Row, first: int, last: int) -> bool:
    """The village of X; in the settlements of A and X; in X, A and B; from X, Kursk Oblast."""
    before = row.kind(first - 1)
    if before == "of":
        before = row.kind(first - 2) if row.kind(first - 2) == "town" else before
    heads_list = row.kind(last + 1) == "comma" and row.kind(last + 2) == "name" and row.kind(last + 3) != "poss"
    in_oblast = heads_list and "admin" in row.closes(last + 2) and before in ("and", "comma")
    return (
        before == "town"
        or in_oblast
        or (heads_list and before in ("in", "on", "from"))
        or _in_governed_list(row, first)
    )


def _stands_in_list(row: Row, first: int, last: int) -> bool:
    """Between the separators of a list that names known places."""
    after = row.kind(last + 1)
    beside = row.kind(first - 2) == "name" or (after in _SEPARATORS and row.kind(last + 2) == "name")
    ends = after in _ENDS or (after == "name" and "admin" in row.closes(last + 1))
    return row.kind(first - 1) in _SEPARATORS and ends and beside


_RELATING = frozenset({"near", "outskirts", "bearing", "toward", "between"})
_SEPARATORS = frozenset({"comma", "and", "dash"})
_ENDS = _SEPARATORS | {"facility", "stop", "close", "edge", "semicolon", "open"}
_LISTED = _SEPARATORS | {"name", "cap", "admin", "open", "close"}
