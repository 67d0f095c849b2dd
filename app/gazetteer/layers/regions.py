"""What reports name beside settlements: oblasts, raions, waters, regions, with the generic word inside the name."""

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, Language, NameKind, PlaceKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.inflection import CASES, Paradigms
from app.gazetteer.layers.register import Unit
from app.gazetteer.romanise import english

LAYER = "regions"
_GENERIC_OBLAST = {
    Language.EN: ("Oblast", "Oblasts", "region", "regions", "province", "Obl"),
    Language.UK: ("область", "області", "областю", "областей", "областям", "областями", "областях", "обл"),
    Language.RU: ("область", "области", "областью", "областей", "областям", "областями", "областях", "обл"),
}
_GENERIC_RAION = {
    Language.EN: ("Raion", "Raions", "district", "districts"),
    Language.UK: ("район", "району", "районі", "районом", "районів", "районам", "районами", "районах", "р-н"),
    Language.RU: ("район", "района", "району", "районе", "районом", "районов", "районам", "районами", "районах", "р-н"),
}
_GENERIC_OKRUG = {
    Language.EN: ("municipal district", "municipal okrug", "urban district", "okrug"),
    Language.UK: ("округ", "округу", "окрузі", "округом"),
    Language.RU: (
        *("округ", "округа", "округу", "округе", "округом"),
        *("городской округ", "городского округа", "городскому округу", "городском округе", "городским округом"),
        *("муниципальный округ", "муниципального округа", "муниципальному округу", "муниципальном округе"),
    ),
}
_GENERIC_REGION = {
    Language.UK: ("регіон", "регіону", "регіоні", "регіоном"),
    Language.RU: ("регион", "региона", "регионе", "регионом"),
}
_PCODE = 12
_HROMADA = 9
_RAION_DEPTH = 2


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def add_oblasts(draft: Draft, geodata: Path, paradigms: dict[Language, Paradigms]) -> None:
    for row in rows(geodata / "oblasts.csv"):
        place = Place(
            id=row["id"],
            name=f"{row['name_en']} Oblast",
            name_uk=f"{split(row['adjective_uk'])[0]} область",
            name_ru=f"{row['adjective_ru']} область",
            kind=PlaceKind.OBLAST,
            lon=None,
            lat=None,
            country=row["country"],
            precision=CoordinatePrecision.AREA,
            layers=(LAYER,),
        )
        draft.add(place, _oblast_names(row, paradigms))


def _oblast_names(row: dict[str, str], paradigms: dict[Language, Paradigms]) -> Iterator[Name]:
    for stem in (row["name_en"], *split(row["aliases_en"])):
        for generic in _GENERIC_OBLAST[Language.EN]:
            yield Name(f"{stem} {generic}", Language.EN, NameKind.ENGLISH, inflect=False)
    for lang in (Language.UK, Language.RU):
        for adjective in split(row[f"adjective_{lang}"]):
            yield from with_generic(adjective, _GENERIC_OBLAST[lang], lang, paradigms[lang])
            yield from with_generic(_masculine(adjective), _GENERIC_REGION[lang], lang, paradigms[lang])
            yield Name(adjective, lang, NameKind.ADJECTIVE)
            kind = NameKind.VARIANT
            for generic in ("oblast", "region"):
                yield Name(f"{english(adjective)} {generic}", Language.EN, kind, inflect=False)
        for short in split(row[f"short_{lang}"]):
            yield Name(short, lang, NameKind.VARIANT)
            yield Name(english(short), Language.EN, NameKind.VARIANT)


def _masculine(adjective: str) -> str:
    """«Московский» of «Московская», «Київський» of «Київська»."""
    return f"{adjective.removesuffix('ая').removesuffix('а')}ий"


def with_generic(adjective: str, generics: tuple[str, ...], lang: Language, paradigms: Paradigms) -> Iterator[Name]:
    """Every case form of the adjective before every form of the generic word: «Донецької», «Донецькій областях»."""
    forms = dict.fromkeys([adjective, *(f for case in CASES for f in paradigms.forms(adjective, case))])
    for form, generic in product(forms, generics):
        yield Name(f"{form} {generic}", lang, NameKind.OFFICIAL, inflect=False)


def add_raions(draft: Draft, units: list[Unit], paradigms: dict[Language, Paradigms]) -> None:
    """Raions of the oblasts, and the districts of large cities, which are called raions too."""
    for unit in units:
        if unit.category in {"P", "B"}:
            place = Place(
                id=unit.code,
                name=f"{english(unit.name)} Raion",
                name_uk=f"{unit.name} район",
                name_ru=None,
                kind=PlaceKind.RAION,
                lon=None,
                lat=None,
                country="UA",
                oblast_id=unit.path[0],
                raion_id=unit.path[1] if len(unit.path) > _RAION_DEPTH else None,
                precision=CoordinatePrecision.AREA,
                layers=("katottg",),
            )
            draft.add(place, _raion_names(unit, paradigms))


def _raion_names(unit: Unit, paradigms: dict[Language, Paradigms]) -> Iterator[Name]:
    yield from with_generic(unit.name, _GENERIC_RAION[Language.UK], Language.UK, paradigms[Language.UK])
    yield Name(unit.name, Language.UK, NameKind.ADJECTIVE)
    for generic in _GENERIC_RAION[Language.EN]:
        yield Name(f"{english(unit.name)} {generic}", Language.EN, NameKind.ENGLISH, inflect=False)


def russias_raion_names(row: dict[str, str], paradigms: dict[Language, Paradigms]) -> Iterator[Name]:
    """Of a raion of Russia, most of which are called municipal or urban okrugs by now."""
    adjectives = {Language.RU: [row["adjective_ru"]], Language.UK: split(row["adjective_uk"])}
    for lang, each in adjectives.items():
        for adjective in each:
            yield from with_generic(adjective, (*_GENERIC_RAION[lang], *_GENERIC_OKRUG[lang]), lang, paradigms[lang])
    for stem, generic in product(
        (row["name_en"], *split(row["aliases_en"])), _GENERIC_RAION[Language.EN] + _GENERIC_OKRUG[Language.EN]
    ):
        yield Name(f"{stem} {generic}", Language.EN, NameKind.ENGLISH, inflect=False)


def russian_raion_names(adjective: str, paradigms: Paradigms) -> Iterator[Name]:
    yield from with_generic(adjective, _GENERIC_RAION[Language.RU], Language.RU, paradigms)


def add_hromadas(draft: Draft, units: list[Unit]) -> None:
    """«Білозерської громади» is about the town that the community is named after: the first of its settlements."""
    codes = {place_id[:_PCODE]: place_id for place_id in draft.places}
    for unit in units:
        centre = codes.get(unit.code[:_HROMADA] + "001")
        if unit.category == "H" and centre:
            draft.name(centre, [Name(unit.name, Language.UK, NameKind.ADJECTIVE)])


def add_others(draft: Draft, geodata: Path) -> None:
    """Waters, historical regions, republics, facilities: `geodata/places.csv`."""
    for row in rows(geodata / "places.csv"):
        place = Place(
            id=row["id"],
            name=row["name_en"],
            name_uk=row["name_uk"],
            name_ru=row["name_ru"],
            kind=PlaceKind(row["kind"]),
            lon=float(row["lon"]) if row["lon"] else None,
            lat=float(row["lat"]) if row["lat"] else None,
            country=row["country"],
            oblast_id=row["oblast"] or None,
            precision=CoordinatePrecision.EXACT if row["extent_m"] else CoordinatePrecision.AREA,
            uncertainty_m=float(row["extent_m"] or 0),
            layers=(LAYER,),
        )
        draft.add(place, _other_names(row))


def _other_names(row: dict[str, str]) -> Iterator[Name]:
    kinds = {Language.EN: NameKind.ENGLISH, Language.UK: NameKind.OFFICIAL, Language.RU: NameKind.RUSSIAN}
    for lang, kind in kinds.items():
        yield Name(row[f"name_{lang}"], lang, kind)
        for alias in split(row[f"aliases_{lang}"]):
            yield Name(alias, lang, NameKind.VARIANT)
