"""Layer 1: the front-line settlements that reports name, with checked coordinates and Russian names."""

from collections.abc import Iterator
from pathlib import Path

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, Language, NameKind, PlaceKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.layers.regions import rows, split
from app.gazetteer.romanise import english, from_russian, from_ukrainian

LAYER = "settlements"


def add(draft: Draft, geodata: Path) -> None:
    """Gives the register's places of `settlements.csv` their exact points; adds the border belt beyond the register."""
    for row in rows(geodata / "settlements.csv"):
        if row["id"] not in draft.places:
            draft.add(_abroad(row), _native_names(row))
        draft.locate(
            row["id"],
            LAYER,
            name=row["name_en"],
            name_ru=row["name_ru"] or None,
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            precision=CoordinatePrecision.EXACT,
            uncertainty_m=0.0,
        )
        draft.name(row["id"], _names(row))


def _abroad(row: dict[str, str]) -> Place:
    return Place(
        id=row["id"],
        name=row["name_en"],
        name_uk=row["name_uk"] or None,
        name_ru=row["name_ru"] or None,
        kind=PlaceKind.CITY if row["type"] == "city" else PlaceKind.SETTLEMENT,
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        country=row["country"],
        oblast_id=row["oblast"],
    )


def _native_names(row: dict[str, str]) -> Iterator[Name]:
    if row["name_ru"]:
        yield Name(row["name_ru"], Language.RU, NameKind.OFFICIAL)
    if row["name_uk"]:
        yield Name(row["name_uk"], Language.UK, NameKind.VARIANT)
        yield Name(english(row["name_uk"]), Language.EN, NameKind.VARIANT)


def _names(row: dict[str, str]) -> Iterator[Name]:
    yield Name(row["name_en"], Language.EN, NameKind.ENGLISH)
    for spelling in split(row["aliases"]):
        yield from variant(spelling)
    if row["name_ru"]:
        yield Name(row["name_ru"], Language.RU, NameKind.RUSSIAN)
        for spelling in sorted(from_russian(row["name_ru"])):
            yield Name(spelling, Language.EN, NameKind.VARIANT)


def variant(spelling: str) -> Iterator[Name]:
    """A further spelling. Its letters tell its language; where they do not, "uk:" before it does."""
    stated, _, text = spelling.rpartition(":")
    lang = Language(stated) if stated else _language(text)
    yield Name(text, lang, NameKind.VARIANT)
    if lang is Language.UK:
        for latin in (english(text), *sorted(from_ukrainian(text))):
            yield Name(latin, Language.EN, NameKind.VARIANT)
    if lang is Language.RU:
        for latin in sorted(from_russian(text)):
            yield Name(latin, Language.EN, NameKind.VARIANT)


def _language(spelling: str) -> Language:
    if spelling.isascii():
        return Language.EN
    return Language.UK if set("іїєґІЇЄ'’") & set(spelling) else Language.RU
