"""A known name in its sentence: what the rules ask about the words around it."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from app.domain.place import Atlas, NameReference, Place
from app.domain.vocabulary import NameKind, PlaceKind
from app.reading.text.tagging import Row, Token

_ADJECTIVE = re.compile(
    r".{3,}[сцз]ь?к(?:ий|ій|ого|ому|им|ім|а|ої|у|ою|е|ая|ой|ую|ое|ом|их|ие|і|ими|ый)$|.{3,}sky[iy]?$|.{3,}skiy$",
    re.IGNORECASE,
)
AGREES = re.compile(r"(?:ий|ій|а|я|е|є|ої|ого|ому|им|ім|ою|і|их|ими|ый|ой|ая|ое|ые|ую|ым|ем|ья)$")
"""The endings of adjectives, and of much else."""
LOCATING = frozenset(
    {
        *("in", "on", "near", "outskirts", "between", "from", "toward", "along", "border", "coast", "part", "center"),
        *("bank", "bearing", "to", "about"),
    }
)
"""Classes of words behind which a name is a place."""
NOUNS = frozenset({"dir", "admin", "district", "community", "facility", "water"})
"""Classes of nouns that take an adjective made from a name: напрямок, область, район."""
ORGANISATION = frozenset({"org", "title"})
SEPARATORS = frozenset({"comma", "and", "slash", "dash"})

_COUNTRY = frozenset({PlaceKind.COUNTRY})
_QUALIFYING = frozenset({"det", "dem", "windy", "this"})
_FARTHEST = 5
_TOWN = 15_000
_CITY = 100_000
_NEAR = ("UA", "RU", "BY")


class Meaning(Enum):
    """What a name turns out to be; `NOTHING` is a word that only looks like one."""

    LITERAL = "literal"
    ASSOCIATIVE = "associative"
    NOTHING = "nothing"


@lru_cache(maxsize=20_000)
def is_adjectival(word: str) -> bool:
    """Whether a word has the form of an adjective made from a place's name."""
    return _ADJECTIVE.match(word) is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a name may stand for, before any context."""

    kinds: frozenset[PlaceKind]
    country: bool
    """Nothing but a country."""
    adjectival: bool
    """An adjective made from a place's name, among others…"""
    adjective: bool
    """…or nothing else."""
    obscure: bool
    """Only small places bear it that reports of this war have no cause to name."""


@lru_cache(maxsize=20_000)
def standing(references: tuple[NameReference, ...], atlas: Atlas) -> Standing:
    adjectives = [reference.kind is NameKind.ADJECTIVE for reference in references]
    places = [atlas.place(reference.place_id) for reference in references]
    odd = all(reference.kind is NameKind.VARIANT for reference in references)
    obscure = not any(map(_is_big_near, places)) if odd else all(map(_is_small, places))
    kinds = frozenset(place.kind for place in places)
    return Standing(kinds, kinds == _COUNTRY, any(adjectives), all(adjectives), obscure)


def _is_big_near(place: Place) -> bool:
    return place.country in _NEAR and (place.population or 0) >= _CITY


def _is_small(place: Place) -> bool:
    return place.is_settlement and (place.population or 0) < _TOWN and "settlements" not in place.layers


@dataclass(slots=True)
class Name:
    """A name at `row.tokens[index]`, up to and including the generic word at `last` that belongs to it."""

    row: Row
    index: int
    last: int
    token: Token
    word: str
    """In lower case."""
    before: str
    """Class of the word directly before."""
    after: frozenset[str]
    """Classes of what begins directly behind."""
    standing: Standing
    lower: frozenset[str]
    """Words the report also writes in lower case."""
    is_country: bool
    is_seat: bool
    """Whether it is a capital, whose name stands for a government as well."""

    @property
    def kinds(self) -> frozenset[PlaceKind]:
        return self.standing.kinds

    @property
    def is_power(self) -> bool:
        return self.is_seat or self.is_country

    @property
    def is_cyrillic(self) -> bool:
        return self.word[0] > "\u03ff"

    @property
    def is_listed(self) -> bool:
        """Whether another name stands beside it in a list."""
        row = self.row
        left = row.kind(self.index - 1) in SEPARATORS and row.kind(self.index - 2) == "name"
        right = row.kind(self.last + 1) in SEPARATORS and row.kind(self.last + 2) in ("name", "near", "bearing")
        return left or right

    @property
    def governor(self) -> int:
        """Index of the word that governs the name: past articles and adjectives."""
        index = self.index - 1
        while index >= 0 and self.row.kind(index) in _QUALIFYING and self.index - index <= _FARTHEST:
            index -= 1
        return index


def name_at(row: Row, index: int, last: int, borne: Standing, lower: frozenset[str]) -> Name:
    token = row.tokens[index]
    opens = token.opens
    return Name(
        row,
        index,
        last,
        token,
        token.word.lower(),
        row.kind(index - 1),
        row.opens(last + 1),
        borne,
        lower,
        borne.country or "statelet" in opens or "statelet" in row.tokens[last].opens,
        "seat" in opens,
    )
