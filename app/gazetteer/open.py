"""The built gazetteer, opened: everything that reading, resolving and drawing ask of it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from app.domain.errors import GazetteerError
from app.domain.place import NameHit, NameReference, OperationalDirection, Place
from app.domain.vocabulary import CoordinatePrecision, Language, NameKind, PlaceKind
from app.gazetteer import schema
from app.gazetteer.entry import WEIGHT
from app.gazetteer.file import File, Query
from app.gazetteer.guess import Guesser
from app.gazetteer.neighbours import Neighbours
from app.gazetteer.scan import Entry, scan
from app.gazetteer.search import Match, search

_PLACES = """
    SELECT id, name, name_uk, name_ru, kind, lon, lat, country, oblast_id, raion_id, population, precision,
    uncertainty_m, layers FROM places
"""
_AT_ONCE = 500
_MOST_KEPT = 20_000
"""Of rows, for each table: reports of a month hold fewer different words; misspelt ones there is no end of."""


class Gazetteer:
    """An `Atlas` over one read-only file; thread-safe.

    A newer build that replaces the file is not seen until the gazetteer is opened again.
    """

    def __init__(self, path: Path) -> None:
        self._query: Query = File(path).rows
        self._meta: dict[str, str] = dict(self._query("SELECT key, value FROM meta"))
        self._kept: dict[str, dict[str, Entry | None]] = {"forms": {}, "folds": {}}
        self._forms = partial(self._rows, "forms")
        self._folds = partial(self._rows, "folds")
        self.place = lru_cache(maxsize=20_000)(self._place)
        self._closest = lru_cache(maxsize=5_000)(self._guess)
        self.area = lru_cache(maxsize=500)(self._area)
        self.references = lru_cache(maxsize=20_000)(self._references)
        self.alike = lru_cache(maxsize=20_000)(self._alike)

    @property
    def digest(self) -> str:
        return str(self._meta["digest"])

    @property
    def version(self) -> int:
        """Of the file's tables."""
        return int(self._meta.get("version", 0))

    @property
    def inputs(self) -> str:
        """What it was built from, as `inputs_digest` gives it."""
        return str(self._meta.get("inputs", ""))

    def scan(self, text: str, *, any_case: bool = False) -> Sequence[NameHit]:
        return scan(text, self._forms, self._folds, self.references, self.alike, any_case=any_case)

    def guess(self, surface: str) -> Sequence[NameReference]:
        names = self._closest(surface)
        return self.alike(names) if names else ()

    def _guess(self, surface: str) -> str | None:
        return self._guesser.closest(surface)

    def directions(self, place_id: str, on: date) -> Sequence[OperationalDirection]:
        return [
            d
            for d in self._directions.get(place_id, ())
            if d.valid_from <= on and (d.valid_to is None or on <= d.valid_to)
        ]

    def towns(self, lon: float, lat: float, within_km: float) -> Sequence[Place]:
        return [self.place(place_id) for place_id in self._neighbours.around(lon, lat, within_km)]

    def search(self, q: str, limit: int = 10) -> Sequence[Match]:
        """Places that someone may mean who is typing `q`, in any script and spelling, best first."""
        return search(q, limit, self._query, place=self.place, references=self.references, guess=self.guess)

    def places(self) -> Iterator[Place]:
        """All there are, by id."""
        return map(_place, self._query(f"{_PLACES} ORDER BY id"))

    def periods(self) -> Iterator[tuple[str, OperationalDirection]]:
        """All operational directions there ever were, each with the id that `directions` knows it by."""
        for place_id, known in self._directions.items():
            yield from ((place_id, each) for each in known)

    def _rows(self, table: str, keys: Iterable[str]) -> Mapping[str, Entry | None]:
        """Rows of all `keys`, None for unknown ones. Texts repeat themselves: what was asked once is kept."""
        kept = self._kept[table]
        if len(kept) > _MOST_KEPT:
            kept = self._kept[table] = {}
        new = [key for key in dict.fromkeys(keys) if key not in kept]
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            statement = f"SELECT key, names, words FROM {table} WHERE key IN ({marks})"  # noqa: S608 - marks only
            answers: dict[str, Entry | None] = dict.fromkeys(some)
            answers.update((key, Entry(names, words)) for key, names, words in self._query(statement, some))
            kept.update(answers)  # whole: another thread must not take an answer that is still awaited for "unknown"
        return kept

    def _references(self, names: str) -> tuple[NameReference, ...]:
        """Everyone who bears one of the names, each place once, by its weightiest kind of name."""
        ids = names.split()
        marks = ",".join("?" * len(ids))
        statement = f"""
            SELECT b.place_id, b.kind, n.lang FROM bearers b JOIN names n ON n.id = b.name_id
            WHERE b.name_id IN ({marks})
        """  # noqa: S608 - marks only
        held: dict[str, NameReference] = {}
        for place_id, kind, lang in self._query(statement, ids):
            reference = NameReference(place_id, NameKind(kind), Language(lang))
            known = held.get(place_id)
            if known is None or WEIGHT[reference.kind] < WEIGHT[known.kind]:
                held[place_id] = reference
        return tuple(held[place_id] for place_id in sorted(held))

    def _alike(self, names: str) -> tuple[NameReference, ...]:
        """The same for names met by sound only: whatever the name is, this spelling of it is a variant."""
        return tuple(
            r if r.kind is NameKind.ADJECTIVE else r._replace(kind=NameKind.VARIANT) for r in self.references(names)
        )

    def _place(self, place_id: str) -> Place:
        rows = self._query(f"{_PLACES} WHERE id = ?", (place_id,))
        if not rows:
            raise KeyError(place_id)
        return _place(rows[0])

    def _area(self, place_id: str) -> BaseGeometry | None:
        rows = self._query("SELECT wkb FROM areas WHERE place_id = ?", (place_id,))
        return shapely.from_wkb(rows[0][0]) if rows else None

    def prepare(self) -> None:
        """Learns how names sound, which takes a second or two, before somebody waits for the first guess."""
        _ = self._guesser

    @cached_property
    def _directions(self) -> dict[str, list[OperationalDirection]]:
        found: dict[str, list[OperationalDirection]] = {}
        statement = (
            "SELECT place_id, slug, name, name_uk, name_ru, valid_from, valid_to FROM directions"
            " ORDER BY slug, valid_from"
        )
        for place_id, slug, name, name_uk, name_ru, start, end in self._query(statement):
            nameless = place_id.startswith("direction:")
            direction = OperationalDirection(
                slug=slug,
                name=name,
                name_uk=name_uk,
                name_ru=name_ru,
                valid_from=date.fromisoformat(start),
                valid_to=date.fromisoformat(end) if end else None,
                place_id=None if nameless else place_id,
                area=self.area(place_id) if nameless else None,
            )
            found.setdefault(place_id, []).append(direction)
        return found

    @cached_property
    def _guesser(self) -> Guesser:
        return Guesser(self._query)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._query)


def _place(row: tuple[Any, ...]) -> Place:
    return Place(
        id=row[0],
        name=row[1],
        name_uk=row[2],
        name_ru=row[3],
        kind=PlaceKind(row[4]),
        lon=row[5],
        lat=row[6],
        country=row[7],
        oblast_id=row[8],
        raion_id=row[9],
        population=row[10],
        precision=CoordinatePrecision(row[11]),
        uncertainty_m=row[12],
        layers=tuple(row[13].split()),
    )


def open_atlas(path: Path) -> Gazetteer:
    """Opens a built gazetteer. Raises GazetteerError when it is missing, broken or of another version."""
    if not path.is_file():
        raise GazetteerError(f"There is no gazetteer at {path}: build one with `frontline gazetteer build`.")
    try:
        gazetteer = Gazetteer(path)
    except sqlite3.DatabaseError as error:
        raise GazetteerError(
            f"{path} is no gazetteer ({error}): build it anew with `frontline gazetteer build`."
        ) from error
    return _of_this_version(gazetteer, path)


def _of_this_version(gazetteer: Gazetteer, path: Path) -> Gazetteer:
    version = gazetteer.version
    if version != schema.VERSION:
        raise GazetteerError(
            f"{path} was built for version {version} of the gazetteer, this is version {schema.VERSION}:"
            " build it anew with `frontline gazetteer build`."
        )
    return gazetteer
