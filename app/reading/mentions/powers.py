"""Whether the name of a country or a capital means the place, or those who govern from there."""

from app.reading.mentions.name import LOCATING, SEPARATORS, Meaning, Name

_PART_OF = frozenset({"compass", "admin", "town", "part", "border", "coast", "area", "outskirts"})
_DIRECTLY = frozenset({"windy", "center", "compass"})
_GENITIVE = _DIRECTLY | {"district", "town", "community", "admin", "part", "outskirts", "area"}


def place_of_power(name: Name) -> Meaning | None:
    """Literal where the words around say where something is."""
    if not name.is_power:
        return None
    if "say" in name.after and (name.is_seat or name.before in ("town", "community")):
        return Meaning.ASSOCIATIVE  # «о взятии города Россия заявила …»
    governed = _is_inside(name) or _is_governed(name) or _is_part_of(name)
    return Meaning.LITERAL if governed or "suffer" in name.after or _closes_address(name) else None


def _is_inside(name: Name) -> bool:
    """«у районі Києва», "in western Ukraine", «Часів Яр України»."""
    row = name.row
    if name.before == "name":
        return "statelet" not in row.opens(name.index - 1)
    return name.before in (_GENITIVE if name.is_cyrillic else _DIRECTLY)


def _is_governed(name: Name) -> bool:
    row, index = name.row, name.governor
    kind = row.kind(index)
    if kind == "to":
        return name.is_seat and row.kind(name.last + 1) != "word"
    return kind in LOCATING - {"about"} or bool(row.closes(index) & {"hit", "territory"})


def _is_part_of(name: Name) -> bool:
    """The east of Ukraine, the invasion of Ukraine."""
    row, index = name.row, name.governor
    if row.kind(index) != "of":
        return False
    return row.kind(index - 1) in _PART_OF or bool(row.closes(index - 1) & {"territory", "hit"})


def _closes_address(name: Name) -> bool:
    """Bucha, Ukraine."""
    row = name.row
    follows = row.kind(name.index - 2) == "name" and name.before == "comma"
    return name.is_country and follows and row.kind(name.last + 1) in ("comma", "stop", "edge")


def metonymy(name: Name) -> Meaning | None:
    """A government by default; Kyiv, Kharkiv and Odesa are cities, Washington and London are not."""
    if name.is_country:
        return Meaning.ASSOCIATIVE
    if not name.is_seat or name.row.is_alone(name.index, name.last) or _is_listed_with_places(name):
        return None
    return Meaning.ASSOCIATIVE


def _is_listed_with_places(name: Name) -> bool:
    row = name.row
    return any(
        row.kind(beside) in SEPARATORS and row.kind(other) == "name" and "seat" not in row.opens(other)
        for beside, other in ((name.index - 1, name.index - 2), (name.last + 1, name.last + 2))
    )
