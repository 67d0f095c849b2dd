"""The belt beyond the border: raions and small places of Russia that reports name, roughly placed."""

from collections.abc import Iterator
from pathlib import Path

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, Language, NameKind, PlaceKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.inflection import Paradigms
from app.gazetteer.layers.regions import rows, russias_raion_names
from app.gazetteer.romanise import english, from_russian

LAYER = "border"


def add(draft: Draft, geodata: Path) -> None:
    """No source of ours has these places to the metre; each row says how far off its point may be."""
    for row in rows(geodata / "border_settlements.csv"):
        place = Place(
            id=row["id"],
            name=row["name_en"],
            name_uk=row["name_uk"],
            name_ru=row["name_ru"],
            kind=PlaceKind.SETTLEMENT,
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country="RU",
            oblast_id=row["oblast"],
            precision=CoordinatePrecision.HROMADA,
            uncertainty_m=float(row["uncertainty_m"]),
            layers=(LAYER,),
        )
        draft.add(place, _names(row))


def add_raions(draft: Draft, geodata: Path, paradigms: dict[Language, Paradigms]) -> None:
    """No outline of theirs is known: each is a point with how far the raion reaches from it."""
    for row in rows(geodata / "border_raions.csv"):
        place = Place(
            id=row["id"],
            name=f"{row['name_en']} Raion",
            name_uk=f"{row['adjective_uk'].split('|')[0]} район",
            name_ru=f"{row['adjective_ru']} район",
            kind=PlaceKind.RAION,
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country="RU",
            oblast_id=row["oblast"],
            precision=CoordinatePrecision.RAION,
            uncertainty_m=float(row["uncertainty_m"]),
            layers=(LAYER,),
        )
        draft.add(place, russias_raion_names(row, paradigms))


def _names(row: dict[str, str]) -> Iterator[Name]:
    yield Name(row["name_ru"], Language.RU, NameKind.OFFICIAL)
    yield Name(row["name_uk"], Language.UK, NameKind.VARIANT)
    yield Name(row["name_en"], Language.EN, NameKind.ENGLISH)
    for latin in (*sorted(from_russian(row["name_ru"])), english(row["name_uk"])):
        yield Name(latin, Language.EN, NameKind.VARIANT)
