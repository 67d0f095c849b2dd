"""Whether a known name is part of the name of an army unit, an authority, an office or another organisation."""

import re

from app.reading.mentions.name import AGREES, LOCATING, ORGANISATION, Meaning, Name, is_adjectival
from app.reading.text.tagging import Row

_FARTHEST = 5
_QUALIFYING = frozenset({"det", "dem", "windy", "poss"})
_ORGANISATION_OF = ORGANISATION | {"of_org"}


def hyphenated(name: Name) -> Meaning | None:
    """Moscow-backed, RBC-Ukraine."""
    row, after = name.row, name.last + 1
    follows = row.kind(after) == "dash" and row.touching(after) and row.touching(after + 1)
    if follows and "participle" in row.opens(after + 1):
        return Meaning.ASSOCIATIVE
    leads = name.before == "dash" and row.touching(name.index) and row.touching(name.index - 1)
    return Meaning.ASSOCIATIVE if leads and name.is_country and row.kind(name.index - 2) == "cap" else None


def organisation_after(name: Name) -> Meaning | None:
    """Belgorod governor, Kharkiv regional military administration, Одесская областная прокуратура."""
    row, index = name.row, name.last + 1
    if row.kind(index) == "poss" or (name.is_cyrillic and not _may_be_adjective(name)):
        return None
    if not name.is_cyrillic and name.before in ("in", "from", "near") and not name.is_country:
        return None  # in Krasnohorivka force …: an organisation would have its article
    if "topic" in name.after and name.is_power:
        return Meaning.ASSOCIATIVE
    if row.kind(index) == "open" and row.kind(index + 2) == "close":
        index += 3
    for at in range(index, index + _FARTHEST):
        if row.opens(at) & ORGANISATION and _closes_name(name, at):
            return Meaning.ASSOCIATIVE
        if not _qualifies(row, at, cyrillic=name.is_cyrillic) or (not name.is_cyrillic and name.before in LOCATING):
            return None
    return None


def _closes_name(name: Name, index: int) -> bool:
    """Behind other capitalised words, "forces" has to be written large itself to close an English name."""
    row = name.row
    return name.is_cyrillic or index == name.last + 1 or row.kind(index - 1) != "cap" or row.tokens[index].capital


def _may_be_adjective(name: Name) -> bool:
    """«Донецька»: the oblast's, or of the city; behind a preposition that takes this case, the city's."""
    if name.standing.adjective or _agrees_in_the_locative(name):
        return True
    return is_adjectival(name.word) and name.before not in LOCATING | {"off", "town"}


_LOCATIVES = tuple(
    (re.compile(f".+(?:{adjective})$"), re.compile(f".+(?:{adjective}|{noun})$"))
    for adjective, noun in (("ому|ій", "[іу]"), ("ом|ем|ой", "[еи]"))
)
"""Adjectives in the locative and what may stand behind them in the same case, Ukrainian and Russian."""


def _agrees_in_the_locative(name: Name) -> bool:
    """«У Південному командуванні», «в Южном военном округе»; not «у Південному сили ППО …», two cases apart."""
    if name.before not in ("in", "on"):
        return False
    for adjective, agreeing in _LOCATIVES:
        if adjective.match(name.word):
            return _reaches_organisation(name, agreeing)
    return False


def _reaches_organisation(name: Name, agreeing: re.Pattern[str]) -> bool:
    for index in range(name.last + 1, min(name.last + _FARTHEST, len(name.row.tokens))):
        if not agreeing.match(name.row.tokens[index].word):
            return False
        if name.row.opens(index) & ORGANISATION:
            return True
    return False


def _qualifies(row: Row, index: int, *, cyrillic: bool) -> bool:
    """Whether a word may stand between the name and what is called after it."""
    kind = row.kind(index)
    if not cyrillic:
        return kind in ("cap", "admin") or "orgadj" in row.opens(index)
    agrees = kind == "word" and AGREES.search(row.tokens[index].word) is not None
    return agrees or kind in ("digits", "dash", "windy", "dem")


def organisation_before(name: Name) -> Meaning | None:
    """Armed Forces of Ukraine, мэр Харькова, защитники Мариуполя."""
    row, index = name.row, name.index - 1
    for _ in range(_FARTHEST):
        if row.kind(index) not in _QUALIFYING and row.kind(index + 1) != "poss":
            break
        index -= 1  # the governor of Ukraine's Luhansk region
    closes = row.closes(index)
    if closes.isdisjoint(_ORGANISATION_OF):
        return None
    if name.is_power:
        return Meaning.ASSOCIATIVE
    if "of_org" in closes and row.kind(index) == "of":
        return Meaning.ASSOCIATIVE
    if not name.is_cyrillic and "org" in closes and index == name.index - 1:
        return Meaning.ASSOCIATIVE  # the channel Baza
    titled = name.is_cyrillic and "title" in closes and name.before not in LOCATING
    return Meaning.ASSOCIATIVE if titled else None


def possessive(name: Name) -> Meaning | None:
    """Moscow's forces; but Ukraine's east, and Kharkiv's outskirts."""
    row, index = name.row, name.last + 2
    if row.kind(index - 1) != "poss":
        return None
    following = row.opens(index)
    if not name.is_power:
        return Meaning.ASSOCIATIVE if following & ORGANISATION else None
    named = row.kind(index) == "name" and not row.opens(index + 1) & ORGANISATION
    at_home = named or "territory" in following or row.kind(index) in ("windy", "compass", "center")
    return Meaning.LITERAL if at_home else Meaning.ASSOCIATIVE
