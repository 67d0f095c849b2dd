"""A small gazetteer of real places for tests of the stages that need only a few, looked up by their plain names."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from app.domain.place import NameHit, NameReference, OperationalDirection, Place
from app.domain.vocabulary import Language, NameKind, PlaceKind

SETTLEMENTS = """
bakhmut        | Bakhmut         | city       | 38.002 | 48.595 | 71094  | donetsk
soledar        | Soledar         | city       | 38.067 | 48.696 | 10490  | donetsk
chasiv_yar     | Chasiv Yar      | city       | 37.830 | 48.588 | 12250  | donetsk
kostiantynivka | Kostiantynivka  | city       | 37.692 | 48.535 | 67350  | donetsk
toretsk        | Toretsk         | city       | 37.850 | 48.397 | 30914  | donetsk
horlivka       | Horlivka        | city       | 38.003 | 48.306 | 239828 | donetsk
avdiivka       | Avdiivka        | city       | 37.770 | 48.128 | 31392  | donetsk
donetsk_city   | Donetsk         | city       | 37.759 | 48.007 | 901645 | donetsk
opytne         | Opytne          | settlement | 38.021 | 48.552 |        | donetsk
klishchiivka   | Klishchiivka    | settlement | 37.958 | 48.528 |        | donetsk
odradivka      | Odradivka       | settlement | 38.021 | 48.502 |        | donetsk
andriivka      | Andriivka       | settlement | 37.967 | 48.501 |        | donetsk
andriivka_k    | Andriivka       | settlement | 36.600 | 49.520 |        | kharkiv
kurdiumivka    | Kurdiumivka     | settlement | 37.957 | 48.468 |        | donetsk
bila_hora      | Bila Hora       | settlement | 37.856 | 48.487 |        | donetsk
bila_hora_l    | Bila Hora       | settlement | 38.512 | 48.850 |        | luhansk
ozarianivka    | Ozarianivka     | settlement | 37.955 | 48.450 |        | donetsk
khromove       | Khromove        | settlement | 37.945 | 48.599 |        | donetsk
berkhivka      | Berkhivka       | settlement | 37.962 | 48.643 |        | donetsk
opytne_a       | Opytne          | settlement | 37.736 | 48.064 |        | donetsk
kharkiv_city   | Kharkiv         | city       | 36.268 | 49.977 | 1421125| kharkiv
kherson_city   | Kherson         | city       | 32.609 | 46.657 | 279131 | kherson
oleshky        | Oleshky         | city       | 32.728 | 46.626 | 24124  | kherson
kyiv           | Kyiv            | city       | 30.524 | 50.450 | 2952301|
"""

AREAS: dict[str, tuple[str, PlaceKind, BaseGeometry]] = {
    "donetsk": ("Donetsk Oblast", PlaceKind.OBLAST, shapely.box(36.5, 46.9, 39.1, 49.2)),
    "luhansk": ("Luhansk Oblast", PlaceKind.OBLAST, shapely.box(39.1, 47.8, 40.2, 50.1)),
    "kharkiv": ("Kharkiv Oblast", PlaceKind.OBLAST, shapely.box(34.9, 48.55, 36.5, 50.4)),
    "kherson": ("Kherson Oblast", PlaceKind.OBLAST, shapely.box(31.5, 46.1, 35.3, 47.6)),
    "dnipro": (
        "Dnipro",
        PlaceKind.RIVER,
        shapely.LineString([(35.0, 48.45), (35.1, 47.85), (34.0, 47.45), (33.37, 46.76), (32.62, 46.64), (32.2, 46.5)]),
    ),
    "black_sea": ("Black Sea", PlaceKind.SEA, shapely.box(28.5, 41.0, 41.5, 46.2)),
    "ukraine": ("Ukraine", PlaceKind.COUNTRY, shapely.box(22.1, 44.4, 40.2, 52.4)),
}


def settlements() -> dict[str, Place]:
    places = {}
    for row in SETTLEMENTS.strip().splitlines():
        key, name, kind, lon, lat, people, oblast = (cell.strip() for cell in row.split("|"))
        places[key] = Place(
            id=key,
            name=name,
            name_uk=None,
            name_ru=None,
            kind=PlaceKind(kind),
            lon=float(lon),
            lat=float(lat),
            country="UA",
            oblast_id=oblast or None,
            population=int(people) if people else None,
        )
    return places


def outlined() -> dict[str, Place]:
    return {
        key: Place(id=key, name=name, name_uk=None, name_ru=None, kind=kind, lon=None, lat=None, country="UA")
        for key, (name, kind, _) in AREAS.items()
    }


@dataclass(eq=False)
class TableAtlas:
    """An atlas over a table; names match where they are written as in the table, without inflection."""

    places: dict[str, Place] = field(default_factory=lambda: settlements() | outlined())
    outlines: dict[str, BaseGeometry] = field(default_factory=lambda: {k: area for k, (_, _, area) in AREAS.items()})
    register: tuple[OperationalDirection, ...] = ()
    aliases: dict[str, tuple[NameReference, ...]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        return "a table for tests"

    def references(self, name: str) -> tuple[NameReference, ...]:
        own = (p for p in self.places.values() if p.name == name)
        return (
            *(NameReference(p.id, NameKind.OFFICIAL, Language.EN) for p in own),
            *self.aliases.get(name, ()),
        )

    def scan(self, text: str, *, any_case: bool = False) -> Sequence[NameHit]:
        names = {p.name for p in self.places.values()} | set(self.aliases)
        found = sorted((text.find(name), name) for name in names if name in text)
        return [NameHit(start, start + len(name), self.references(name)) for start, name in found]

    def guess(self, surface: str) -> Sequence[NameReference]:
        return ()

    def place(self, place_id: str) -> Place:
        return self.places[place_id]

    def area(self, place_id: str) -> BaseGeometry | None:
        return self.outlines.get(place_id)

    def directions(self, place_id: str, on: date) -> Sequence[OperationalDirection]:
        return [
            d
            for d in self.register
            if d.place_id == place_id and d.valid_from <= on and (d.valid_to is None or on <= d.valid_to)
        ]

    def towns(self, lon: float, lat: float, within_km: float) -> Sequence[Place]:
        def away(place: Place) -> float:
            assert place.lon is not None and place.lat is not None
            return math.hypot((place.lon - lon) * 0.66, place.lat - lat) * 111.2

        known = [p for p in self.places.values() if p.population and p.lon is not None]
        return sorted((p for p in known if away(p) <= within_km), key=away)
