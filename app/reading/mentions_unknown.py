"""Which words, unknown to the atlas, must name a place all the same: misspelt, oddly spelt or simply not in it.

Only where the words around say that a place stands here; elsewhere an unknown word is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.place import Atlas, NameReference
from app.reading.tagging import Row

ADJECTIVE = re.compile(r".{3,}[сцз]ь?к(?:ий|ій|ого|ому|им|ім|а|ої|у|ою|е|ая|ой|ую|ое|ом|их|ие|і|ими|ый)$", re.IGNORECASE)
_SHORTEST = 5
_LONGEST_NAME = 3
_NOT_NAMES = frozenset({"org", "title", "name", "say", "topic", "street", "common", "seat"})
_GUESSES = 40
"""Most look-ups by likeness for one passage: each is dear, and no sentence names so many places wrongly."""


@dataclass(frozen=True, slots=True)
class Unknown:
    first: int
    last: int
    references: tuple[NameReference, ...]
    generic: str = ""
    """The class of the generic word that belongs to the name."""


def unknown_names(row: Row, atlas: Atlas) -> Iterator[Unknown]:
    index = 0
    left = _GUESSES
    while index < len(row.tokens):
        if not _may_be_name(row, index):
            index += 1
            continue
        last = _end_of_name(row, index)
        found = _adjectival(row, index, last, atlas)
        if found is None and left and (certainty := _expected(row, index, last)):
            left -= 1
            references = tuple(atlas.guess(_surface(row, index, last)))
            if references or certainty > 1:
                found = Unknown(index, last, references)
        if found:
            yield found
            last = found.last
        index = last + 1


def _may_be_name(row: Row, index: int) -> bool:
    token = row.tokens[index]
    return token.kind == "cap" and token.hit is None and len(token.word) >= _SHORTEST and not token.opens & _NOT_NAMES


def _end_of_name(row: Row, first: int) -> int:
    """The last token of a run of capitalised words, hyphenated ones included."""
    last = first
    while last - first < 2 * _LONGEST_NAME:
        if row.kind(last + 1) == "cap" and not row.opens(last + 1) & _NOT_NAMES:
            last += 1
        elif row.kind(last + 1) == "dash" and row.touching(last + 1) and row.touching(last + 2) and row.kind(last + 2) == "cap":
            last += 2
        else:
            break
    return last


def _surface(row: Row, first: int, last: int) -> str:
    words = [row.tokens[first].word]
    for index in range(first + 1, last + 1):
        words.append(("" if row.touching(index) else " ") + row.tokens[index].word)
    return "".join(words)


def _adjectival(row: Row, first: int, last: int, atlas: Atlas) -> Unknown | None:
    """«На Н-ському напрямку», «у Н-ському районі»: the form of the word says what it is made from."""
    following = row.opens(last + 1)
    if first != last or not ADJECTIVE.match(row.tokens[first].word):
        return None
    for generic in ("dir", "admin", "district", "facility"):
        if generic in following:
            references = tuple(atlas.guess(row.tokens[first].word))
            if generic == "dir":
                return Unknown(first, last, references, generic)
            return Unknown(first, last + 1, references, generic)
    return None


def _expected(row: Row, first: int, last: int) -> int:
    """2 where only a place can stand, 1 where one well may, 0 elsewhere."""
    before, after = row.kind(first - 1), row.kind(last + 1)
    if row.opens(last + 1) & _NOT_NAMES - {"common"} or after == "poss":
        return 0
    if before == "of":
        before = row.kind(first - 2)
        if before in ("compass", "outskirts"):
            return 1
    if before == "town":
        return 2
    if before in ("near", "outskirts", "bearing", "toward", "between"):
        return 1
    separators = ("comma", "and", "dash")
    between = before in separators and after in (*separators, "stop", "close", "edge", "semicolon", "open")
    beside = row.kind(first - 2) == "name" or (after in separators and row.kind(last + 2) == "name")
    return int(between and beside)
