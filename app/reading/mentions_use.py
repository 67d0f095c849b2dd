"""Whether a known name is meant as the place, stands for a government or inside another name, or is no name at all here.

Each rule looks at the words around one name and answers, or leaves the question to the next rule.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.domain.place import Atlas, NameHit
from app.domain.vocabulary import NameKind, PlaceKind
from app.reading.tagging import Row, Token


ADJECTIVE = re.compile(
    r".{3,}[сцз]ь?к(?:ий|ій|ого|ому|им|ім|а|ої|у|ою|е|ая|ой|ую|ое|ом|их|ие|і|ими|ый)$|.{3,}sky[iy]?$|.{3,}skiy$",
    re.IGNORECASE,
)
"""The form of an adjective made from a place's name."""


class Reading(Enum):
    """What a name turns out to be; `NOTHING` is a word that only looks like one."""

    LITERAL = "literal"
    ASSOCIATIVE = "associative"
    NOTHING = "nothing"


LOCATING = frozenset(
    {
        "in",
        "on",
        "near",
        "outskirts",
        "between",
        "from",
        "toward",
        "along",
        "border",
        "coast",
        "part",
        "center",
        "bank",
        "bearing",
        "to",
        "about",
    }
)
_FILL = frozenset({"det", "dem", "windy", "this"})
_LIST = frozenset({"comma", "and", "slash", "dash"})
_SETTLEMENT = frozenset({PlaceKind.SETTLEMENT, PlaceKind.CITY})
_WIDE = frozenset({PlaceKind.COUNTRY})
_ORG = frozenset({"org", "title"})
AGREES = re.compile(r"(?:ий|ій|а|я|е|є|ої|ого|ому|им|ім|ою|ою|і|их|ими|ый|ой|ая|ое|ые|ую|ым|ем|ья)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `row.tokens[index]`, up to and including the generic word at `last` that belongs to it."""

    row: Row
    index: int
    last: int
    word: str
    """In lower case."""
    kinds: frozenset[PlaceKind]
    """Of everything it may stand for."""
    adjective: bool
    """Only an adjective made from a place's name."""
    obscure: bool
    """Only small places bear it that reports of this war have no cause to name."""
    lower: frozenset[str]
    """Words the report also writes in lower case."""

    @property
    def token(self) -> Token:
        return self.row.tokens[self.index]

    @property
    def is_country(self) -> bool:
        return (bool(self.kinds) and self.kinds <= _WIDE) or "statelet" in self.token.opens | self.row.opens(self.last)

    @property
    def is_seat(self) -> bool:
        return "seat" in self.token.opens


def kinds_of(hit: NameHit, atlas: Atlas) -> frozenset[PlaceKind]:
    return frozenset(atlas.place(reference.place_id).kind for reference in hit.references)


_TOWN = 15_000


def is_obscure(hit: NameHit, atlas: Atlas) -> bool:
    """Whether only an odd spelling, or only small places that reports have no cause to name, stand behind the name."""
    if all(reference.kind is NameKind.VARIANT for reference in hit.references):
        return True
    places = (atlas.place(reference.place_id) for reference in hit.references)
    return all(
        place.is_settlement and (place.population or 0) < _TOWN and "settlements" not in place.layers
        for place in places
    )


def only_adjective(hit: NameHit) -> bool:
    return all(reference.kind is NameKind.ADJECTIVE for reference in hit.references)


def reading_of(name: Name) -> Reading:
    for rule in _RULES:
        answer = rule(name)
        if answer is not None:
            return answer
    return Reading.LITERAL


def before(name: Name) -> int:
    """Index of the word that governs the name: past articles, adjectives and generic words."""
    index = name.index - 1
    while index >= 0 and name.row.kind(index) in _FILL and name.index - index <= 5:
        index -= 1
    return index


def listed(name: Name) -> bool:
    """Whether another name stands beside it in a list."""
    row = name.row
    left = row.kind(name.index - 1) in _LIST and row.kind(name.index - 2) == "name"
    right = row.kind(name.last + 1) in _LIST and row.kind(name.last + 2) in ("name", "near", "bearing")
    return left or right


def _dateline(name: Name) -> Reading | None:
    """KYIV, Ukraine (Agency) – …, at the very beginning of a passage."""
    row = name.row
    if name.index > 3 or any(row.kind(i) not in ("name", "comma", "quote") for i in range(name.index)):
        return None
    agency = row.tokens[0].word.isupper()
    if agency and name.index == 0 and row.kind(name.last + 1) == "stop" and not row.all_large(name.last + 2):
        return Reading.ASSOCIATIVE
    for index in range(name.last + 1, min(name.last + 10, len(row.tokens))):
        kind = row.kind(index)
        if kind == "dash" and agency and not row.touching(index):
            return Reading.ASSOCIATIVE
        if kind not in ("comma", "name", "cap", "open", "close", "digits", "dot", "stop", "slash"):
            return None
        agency = agency or kind == "open"
    return None


def _alias(name: Name) -> Reading | None:
    """Kirovo (Pivnichne): the second name of a settlement, alone in brackets behind the first."""
    row, index = name.row, name.index
    alone = row.kind(index - 1) == "open" and row.kind(name.last + 1) == "close" and row.kind(index - 2) == "name"
    first = row.tokens[index - 2].hit if alone else None
    settled = name.kinds and name.kinds <= _SETTLEMENT and not name.row.closes(index - 2) & {"admin", "district"}
    return Reading.ASSOCIATIVE if first and settled else None


def _person(name: Name) -> Reading | None:
    row, index = name.row, name.index
    previous = row.tokens[index - 1] if index else None
    single = name.index == name.last and " " not in name.word
    if single and previous and previous.capital and "name" in previous.closes:
        return Reading.NOTHING
    if previous and previous.kind in ("dot", "stop") and index > 1:
        initial = row.tokens[index - 2]
        if len(initial.word) == 1 and initial.capital and initial.kind == "cap":
            return Reading.NOTHING
    following = row.tokens[name.last + 1] if name.last + 1 < len(row.tokens) else None
    surname = following and following.capital and following.kind in ("cap", "name") and "admin" not in following.closes
    if "name" in name.token.opens and surname and not listed(name):
        return Reading.NOTHING
    return None


def _street(name: Name) -> Reading | None:
    row = name.row
    if "street" in row.closes(name.index - 1) or "street" in row.opens(name.last + 1):
        return Reading.ASSOCIATIVE
    if "avenue" in row.opens(name.last + 1) and (ADJECTIVE.match(name.word) or row.tokens[name.last + 1].capital):
        return Reading.ASSOCIATIVE
    if row.kind(name.index - 1) == "quote" and "street" in row.closes(name.index - 2):
        return Reading.ASSOCIATIVE
    return None


def _quoted(name: Name) -> Reading | None:
    row = name.row
    if row.kind(name.index - 1) != "quote" or row.kind(name.last + 1) != "quote":
        return None
    if row.kind(name.index - 2) in ("town", "dir", "admin") or "unquoted" in row.closes(name.index - 2):
        return None
    return Reading.ASSOCIATIVE


def _joined(name: Name) -> Reading | None:
    """Moscow-backed, RBC-Ukraine."""
    row, after = name.row, name.last + 1
    if (
        row.kind(after) == "dash"
        and row.touching(after)
        and row.touching(after + 1)
        and "participle" in row.opens(after + 1)
    ):
        return Reading.ASSOCIATIVE
    if (
        name.is_country
        and row.kind(name.index - 1) == "dash"
        and row.touching(name.index)
        and row.touching(name.index - 1)
    ):
        return Reading.ASSOCIATIVE if row.kind(name.index - 2) == "cap" else None
    return None


def _organisation_after(name: Name) -> Reading | None:
    """Belgorod governor, Kharkiv regional military administration, Одесская областная прокуратура."""
    row, index = name.row, name.last + 1
    cyrillic = name.word[0] > "\u03ff"
    if row.kind(index) == "poss" or (cyrillic and not _may_be_adjective(name)):
        return None
    if not cyrillic and row.kind(name.index - 1) in ("in", "from", "near") and not name.is_country:
        return None  # in Krasnohorivka force …: an organisation would have its article
    located = row.kind(name.index - 1) in LOCATING
    if row.kind(index) == "open" and row.kind(index + 2) == "close":
        index += 3
    for _ in range(5):
        opens = row.opens(index)
        if opens & _ORG and (
            cyrillic or index == name.last + 1 or row.kind(index - 1) != "cap" or row.tokens[index].capital
        ):
            return Reading.ASSOCIATIVE
        if "topic" in opens and index == name.last + 1 and (name.is_country or name.is_seat):
            return Reading.ASSOCIATIVE
        if not _qualifies_organisation(row, index, cyrillic=cyrillic) or (not cyrillic and located):
            return None
        index += 1
    return None


def _may_be_adjective(name: Name) -> bool:
    """«Донецька»: the oblast's, or of the city; behind a preposition that takes this case, the city's."""
    if name.adjective:
        return True
    return ADJECTIVE.match(name.word) is not None and name.row.kind(name.index - 1) not in LOCATING | {"off", "town"}


def _qualifies_organisation(row: Row, index: int, *, cyrillic: bool) -> bool:
    kind = row.kind(index)
    if cyrillic:
        return kind in ("digits", "dash", "windy", "dem") or (
            kind == "word" and AGREES.search(row.tokens[index].word) is not None
        )
    return kind in ("cap", "admin") or "orgadj" in row.opens(index)


def _adjective(name: Name) -> Reading | None:
    """An adjective alone is no mention; the caller has settled those before напрямок, область, район."""
    return Reading.NOTHING if name.adjective and name.last == name.index and not _governs_noun(name) else None


NOUNS = ("dir", "admin", "district", "community", "facility", "water")


def _governs_noun(name: Name) -> bool:
    """Whether a noun that takes such adjectives follows, directly or behind other adjectives of a list."""
    row, index = name.row, name.last + 1
    for _ in range(12):
        if row.opens(index) & {"dir", "admin", "district", "community", "facility", "water"}:
            return True
        if row.kind(index) not in ("name", "comma", "and", "dash", "windy"):
            return False
        if row.closes(index) & {"admin", "district", "community"}:
            return True
        index += 1
    return False


def _organisation_before(name: Name) -> Reading | None:
    """Armed Forces of Ukraine, мэр Харькова, защитники Мариуполя."""
    row, index = name.row, name.index - 1
    while row.kind(index) in ("det", "dem", "windy"):
        index -= 1
    closes = row.closes(index)
    if name.is_country or name.is_seat:
        return Reading.ASSOCIATIVE if closes & {"of_org", "title", "org"} else None
    if "of_org" in closes and row.kind(index) == "of":
        return Reading.ASSOCIATIVE
    if name.word[0] > "\u03ff" and "title" in closes and row.kind(name.index - 1) not in LOCATING:
        return Reading.ASSOCIATIVE
    return None


def _possessive(name: Name) -> Reading | None:
    row = name.row
    if row.kind(name.last + 1) != "poss":
        return None
    following = row.opens(name.last + 2)
    if name.is_country or name.is_seat:
        named = row.kind(name.last + 2) == "name" and not row.opens(name.last + 3) & _ORG
        at_home = named or "territory" in following or row.kind(name.last + 2) in ("windy", "compass", "center")
        return Reading.LITERAL if at_home else Reading.ASSOCIATIVE
    return Reading.ASSOCIATIVE if following & _ORG else None


def _located(name: Name) -> Reading | None:
    """A country or a seat of government where the words around it say where something is."""
    if not (name.is_country or name.is_seat):
        return None
    row, index = name.row, before(name)
    kind = row.kind(index)
    if name.is_seat and "say" in row.opens(name.last + 1):
        return Reading.ASSOCIATIVE
    if name.word[0] > "\u03ff" and row.kind(name.index - 1) in (
        "district",
        "town",
        "community",
        "admin",
        "center",
        "part",
        "outskirts",
        "area",
    ):
        return Reading.LITERAL
    if row.kind(name.index - 1) == "name" and "statelet" not in row.opens(name.index - 1):
        return Reading.LITERAL
    if kind in LOCATING - {"to", "about"} or row.kind(name.index - 1) in ("windy", "center", "compass"):
        return Reading.LITERAL
    if row.closes(index) & {"hit", "territory"} or row.opens(name.last + 1) & {"suffer"}:
        return Reading.LITERAL
    if kind == "of" and row.kind(index - 1) in (
        "compass",
        "admin",
        "town",
        "part",
        "border",
        "coast",
        "area",
        "outskirts",
    ):
        return Reading.LITERAL
    if kind == "of" and row.closes(index - 1) & {"territory", "hit"}:
        return Reading.LITERAL
    if kind == "to" and name.is_seat and row.kind(name.last + 1) not in ("word",):
        return Reading.LITERAL
    if kind == "comma" and row.kind(index - 1) == "name" and name.is_country:
        return Reading.LITERAL if row.kind(name.last + 1) in ("comma", "stop", "edge") else None
    return None


def _metonymy(name: Name) -> Reading | None:
    """A country by default; a capital where it says or does something."""
    if name.is_country:
        return Reading.ASSOCIATIVE
    if not name.is_seat:
        return None
    row = name.row
    if not row.is_alone(name.index, name.last) and not _listed_with_places(name):
        return Reading.ASSOCIATIVE
    return None


def _listed_with_places(name: Name) -> bool:
    """Kyiv, Kharkiv and Odesa are cities; Washington and London are governments."""
    row = name.row
    return any(
        row.kind(beside) in _LIST and row.kind(other) == "name" and "seat" not in row.opens(other)
        for beside, other in ((name.index - 1, name.index - 2), (name.last + 1, name.last + 2))
    )


def _common_word(name: Name) -> Reading | None:
    """Capitalised for its place in the sentence, or an ordinary word: a place only where one is expected."""
    row, token = name.row, name.token
    if name.last > name.index or not name.word.isalpha():
        return None
    opening = row.begins_sentence(name.index)
    ordinary = "common" in token.opens or _is_function_word(token) or name.word in name.lower
    if not ordinary and not (opening and name.obscure):
        return None
    governed = row.kind(name.index - 1) in LOCATING | {"town", "of", "off", "dir"} and not opening
    following = row.opens(name.last + 1)
    adjectival = name.word[0] < "\u0250" or ADJECTIVE.match(name.word)
    suffers = "suffer" in following and PlaceKind.CITY in name.kinds
    described = row.kind(name.last + 1) == "open" or suffers or (adjectival and following & set(NOUNS))
    if governed or described or listed(name) or "hit" in row.closes(before(name)):
        return None
    return Reading.NOTHING


def _is_function_word(token: Token) -> bool:
    return bool(
        token.opens
        & {
            "compass",
            "windy",
            "bearing",
            "and",
            "of",
            "in",
            "on",
            "from",
            "to",
            "town",
            "det",
            "unit",
            "area",
            "part",
            "center",
            "number",
            "say",
            "near",
        }
    )


_RULES: tuple[Callable[[Name], Reading | None], ...] = (
    _person,
    _alias,
    _common_word,
    _dateline,
    _street,
    _quoted,
    _joined,
    _organisation_after,
    _adjective,
    _organisation_before,
    _possessive,
    _located,
    _metonymy,
)
