"""The belt beyond the border: small places of Kursk, Belgorod and Bryansk oblasts that reports name, roughly placed."""

from collections.abc import Iterator
from pathlib import Path

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, Language, NameKind, PlaceKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.layers.regions import rows
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


def _names(row: dict[str, str]) -> Iterator[Name]:
    yield Name(row["name_ru"], Language.RU, NameKind.OFFICIAL)
    yield Name(row["name_uk"], Language.UK, NameKind.VARIANT)
    yield Name(row["name_en"], Language.EN, NameKind.ENGLISH)
    for latin in (*sorted(from_russian(row["name_ru"])), english(row["name_uk"])):
        yield Name(latin, Language.EN, NameKind.VARIANT)
