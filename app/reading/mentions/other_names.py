"""Whether a known name is an ordinary word, a person, a street, a dateline or a thing that is called after a place."""

from app.domain.vocabulary import SETTLEMENTS, PlaceKind
from app.reading.mentions.name import LOCATING, NOUNS, Meaning, Name, is_adjectival

_ORDINARY = frozenset(
    {
        *("common", "compass", "windy", "bearing", "and", "of", "in", "on", "from", "to", "town", "det", "unit"),
        *("area", "part", "center", "number", "say", "near", "water"),
    }
)
_DATELINE = frozenset({"comma", "name", "cap", "open", "close", "digits", "dot", "stop", "slash"})
_STREETS = frozenset({"street", "avenue"})
_LONGEST_DATELINE = 10
_LONGEST_LIST = 12
_LONGEST_BYLINE = 30


def ordinary_word(name: Name) -> Meaning | None:
    """Capitalised for its place in the sentence, or an ordinary word: a place only where one is expected."""
    if name.last > name.index or not name.word.isalpha():
        return None
    if "of_org" in name.token.opens and "of_org" in name.row.closes(name.last + 1):
        return Meaning.NOTHING  # Сили оборони
    opening = name.row.begins_sentence(name.index)
    ordinary = bool(name.token.opens & _ORDINARY) or name.word in name.lower
    if not ordinary and not (opening and name.standing.obscure):
        return None
    governed = name.before in LOCATING | {"town", "of", "off", "dir", "facility"} and not opening
    attacked = "hit" in name.row.closes(name.governor)
    return None if governed or attacked or name.is_listed or _is_described(name) else Meaning.NOTHING


def _is_described(name: Name) -> bool:
    """Whether what follows is said of a place."""
    if name.row.kind(name.last + 1) == "open" or ("suffer" in name.after and PlaceKind.CITY in name.kinds):
        return True
    may_qualify = not name.is_cyrillic or is_adjectival(name.word)
    nouns = NOUNS - {"facility"} if "common" in name.token.opens else NOUNS
    return may_qualify and bool(name.after & nouns)


def adjective_alone(name: Name) -> Meaning | None:
    """An adjective is a mention only before напрямок, область, район, directly or at the end of a list."""
    if not name.standing.adjective or name.last > name.index:
        return None
    row = name.row
    if name.before == "on" and row.opened_before("dir", name.index):
        return None  # на Лиманському напрямку 5 атак, на Сіверському – 3
    for index in range(name.last + 1, name.last + _LONGEST_LIST):
        if row.opens(index) & NOUNS:
            return None
        if row.kind(index) not in ("name", "comma", "and", "dash", "windy"):
            break
        if row.closes(index) & {"admin", "district", "community"}:
            return None
    return Meaning.NOTHING


def person(name: Name) -> Meaning | None:
    row, index = name.row, name.index
    previous = row.tokens[index - 1] if index else None
    single = index == name.last and " " not in name.word
    if single and previous and previous.capital and "name" in previous.closes:
        return Meaning.NOTHING
    if single and previous and previous.kind == "cap" and _titled(name, index - 2) and not name.is_power:
        return Meaning.NOTHING  # мера Геннадія Труханова
    if single and previous and "speech" in previous.closes and name.is_cyrillic and not name.is_power:
        return Meaning.NOTHING  # повідомив Гладков
    if name.before in ("dot", "stop") and index > 1:
        initial = row.tokens[index - 2]
        if len(initial.word) == 1 and initial.capital and initial.kind == "cap":
            return Meaning.NOTHING
    following = row.tokens[name.last + 1] if name.last + 1 < len(row.tokens) else None
    surname = following and following.capital and following.kind in ("cap", "name") and "admin" not in following.closes
    first_name = "name" in name.token.opens and surname
    known = single and "surname" in name.token.opens and not name.is_listed and name.before not in LOCATING - {"to"}
    return Meaning.NOTHING if first_name or known else None


_NAMING = frozenset({"quote", "cap", "name", "open", "close"})
_LONGEST_OFFICE = 6


def _titled(name: Name, index: int) -> bool:
    """Whether a title leads up to token `index`, past the name of an office: «речника ОСУВ "Хортиця" Назара …»."""
    row = name.row
    if "title" in row.closes(index):
        return True
    office = row.kind(index) == "quote" and name.is_cyrillic
    while office and index > name.index - _LONGEST_OFFICE and row.kind(index) in _NAMING:
        index -= 1
    return office and "title" in row.closes(index)


def alias(name: Name) -> Meaning | None:
    """Kirovo (Pivnichne): the second name of a settlement, alone in brackets behind the first."""
    row, index = name.row, name.index
    if name.before != "open" or row.kind(name.last + 1) != "close" or row.kind(index - 2) != "name":
        return None
    settled = bool(name.kinds) and name.kinds <= SETTLEMENTS and not row.closes(index - 2) & {"admin", "district"}
    return Meaning.ASSOCIATIVE if settled else None


def dateline(name: Name) -> Meaning | None:
    """KYIV, Ukraine (Agency) – …, at the very beginning of a passage."""
    row = name.row
    if name.index > 3 or any(row.kind(i) not in ("name", "comma", "quote") for i in range(name.index)):
        return None
    known = row.tokens[0].word.isupper()
    if known and name.index == 0 and row.kind(name.last + 1) == "stop" and not row.all_large(name.last + 2):
        return Meaning.ASSOCIATIVE
    for index in range(name.last + 1, min(name.last + _LONGEST_DATELINE, len(row.tokens))):
        kind = row.kind(index)
        if kind == "dash" and known and not row.touching(index):
            return Meaning.ASSOCIATIVE
        if kind not in _DATELINE:
            return None
        known = known or kind == "open"
    return None


def byline(name: Name) -> Meaning | None:
    """Reporting by A. B. in Kyiv; editing by C. D. in London."""
    row, index = name.row, name.index
    if "byline" not in row.classes:
        return None
    while index >= 0 and row.kind(index) != "stop" and name.index - index <= _LONGEST_BYLINE:
        if "byline" in row.opens(index):
            return Meaning.ASSOCIATIVE
        index -= 1
    return None


def street(name: Name) -> Meaning | None:
    row = name.row
    if row.classes.isdisjoint(_STREETS):
        return None
    called = "street" in row.closes(name.index - 1) or "street" in name.after
    quoted = name.before == "quote" and "street" in row.closes(name.index - 2)
    avenue = "avenue" in name.after and (is_adjectival(name.word) or row.tokens[name.last + 1].capital)
    return Meaning.NOTHING if called or quoted or avenue else None


def quoted(name: Name) -> Meaning | None:
    """«Хортиця», a mine "Pokrovske": a name alone in quotation marks is that of a thing."""
    row = name.row
    if name.before != "quote" or row.kind(name.last + 1) != "quote":
        return None
    generic = row.kind(name.index - 2) in ("town", "dir", "admin") or "unquoted" in row.closes(name.index - 2)
    generic = generic or (name.kinds == {PlaceKind.FACILITY} and row.kind(name.index - 2) in LOCATING)
    return None if generic else Meaning.ASSOCIATIVE
