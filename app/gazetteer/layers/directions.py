"""The register of operational directions: named stretches of the front with the days they were in use."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry import Polygon

from app.domain.place import Place
from app.domain.vocabulary import CoordinatePrecision, Language, NameKind, PlaceKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.layers.regions import rows, split
from app.gazetteer.romanise import from_russian, from_ukrainian

LAYER = "directions"
_KM_PER_DEGREE = 111.2
_CORNERS = 32


@dataclass(frozen=True, slots=True)
class Period:
    """One row of the register: a direction and one stretch of days it was in use."""

    slug: str
    place_id: str
    name: str
    name_uk: str
    name_ru: str
    valid_from: str
    valid_to: str | None
    reason: str


def add(draft: Draft, geodata: Path) -> list[Period]:
    """Adds the adjectives to the settlements they are named after; directions named after none become regions."""
    periods = []
    register = rows(geodata / "directions.csv")
    taken = {name for row in register for name in (row["name_en"], *split(row["aliases_en"]))}
    for row in register:
        if row["place_id"] not in draft.places:
            draft.add(_region(row), _english_names(row))
            draft.areas[row["place_id"]] = _disc(float(row["lon"]), float(row["lat"]), float(row["radius_km"]))
        draft.name(row["place_id"], (*_names(row), *_translated(row, taken)))
        periods.append(_period(row))
    return periods


def _period(row: dict[str, str]) -> Period:
    return Period(
        slug=row["slug"],
        place_id=row["place_id"],
        name=f"{row['name_en']} direction",
        name_uk=f"{row['adjective_uk']} напрямок",
        name_ru=f"{row['adjective_ru'][:-2]}ое направление",
        valid_from=row["valid_from"],
        valid_to=row["valid_to"] or None,
        reason=row["reason"],
    )


def _region(row: dict[str, str]) -> Place:
    return Place(
        id=row["place_id"],
        name=f"{row['name_en']} direction",
        name_uk=f"{row['adjective_uk']} напрямок",
        name_ru=f"{row['adjective_ru'][:-2]}ое направление",
        kind=PlaceKind.REGION,
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        country="UA",
        precision=CoordinatePrecision.AREA,
        uncertainty_m=float(row["radius_km"]) * 1000,
        layers=(LAYER,),
    )


def _english_names(row: dict[str, str]) -> Iterator[Name]:
    for name in (row["name_en"], *split(row["aliases_en"])):
        yield Name(name, Language.EN, NameKind.ADJECTIVE)


def _translated(row: dict[str, str], taken: set[str]) -> Iterator[Name]:
    """ "Limansk", "Bakhmutsky": what machines make of the adjective of a direction that is named after a settlement."""
    if row["lon"] or not row["adjective_uk"].endswith("ський"):
        return
    for latin in sorted(from_ukrainian(row["adjective_uk"]) | from_russian(row["adjective_ru"])):
        for form in (latin, latin[: latin.rindex("sk") + 2]):
            if form not in taken:
                yield Name(form, Language.EN, NameKind.ADJECTIVE)


def _names(row: dict[str, str]) -> Iterator[Name]:
    for lang in (Language.UK, Language.RU):
        for adjective in (row[f"adjective_{lang}"], *split(row[f"adjectives_{lang}"])):
            yield Name(adjective, lang, NameKind.ADJECTIVE)
            neuter = adjective[:-2] + ("ое" if lang is Language.RU else "е")
            yield Name(neuter, lang, NameKind.ADJECTIVE)


def _disc(lon: float, lat: float, radius_km: float) -> Polygon:
    """A disc on the local tangent plane, anticlockwise."""
    dlat = radius_km / _KM_PER_DEGREE
    dlon = dlat / math.cos(math.radians(lat))
    turns = (2 * math.pi * i / _CORNERS for i in range(_CORNERS))
    return Polygon([(round(lon + dlon * math.cos(t), 4), round(lat + dlat * math.sin(t), 4)) for t in turns])
