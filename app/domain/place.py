"""Gazetteer entries, the names they are found by, and what the later stages ask of a gazetteer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from shapely.geometry.base import BaseGeometry

from app.domain.vocabulary import POINTLIKE, SETTLEMENTS, CoordinatePrecision, Language, NameKind, PlaceKind


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer entry. `lon`/`lat` are WGS 84 degrees; both None where the place has no sensible point."""

    id: str
    name: str
    name_uk: str | None
    name_ru: str | None
    kind: PlaceKind
    lon: float | None
    lat: float | None
    country: str
    """ISO 3166-1 alpha-2; Crimea is UA (UN GA 68/262)."""
    oblast_id: str | None = None
    raion_id: str | None = None
    population: int | None = None
    precision: CoordinatePrecision = CoordinatePrecision.EXACT
    uncertainty_m: float = 0.0
    """Of the coordinate itself, not of the place's extent: 0 for an exact one."""
    layers: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """As quick as it may be: places are what drawn areas are remembered by."""
        return hash(self.id)

    def __post_init__(self) -> None:
        if (self.lon is None) != (self.lat is None):
            raise ValueError(f"{self.id}: a longitude without a latitude")
        if self.lon is not None and self.lat is not None:
            if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):
                raise ValueError(f"{self.id}: no such coordinate as {self.lon}, {self.lat}")
            if self.lon == 0 and self.lat == 0:
                raise ValueError(f"{self.id}: (0, 0) is no place")

    @property
    def is_settlement(self) -> bool:
        return self.kind in SETTLEMENTS

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude where a point can stand for the place; None for oblasts, raions, seas, rivers and the
        like, whose coordinates only serve to tell how far away they are."""
        if self.lon is None or self.lat is None or self.kind not in POINTLIKE:
            return None
        return self.lon, self.lat


@dataclass(frozen=True, slots=True)
class OperationalDirection:
    """A named stretch of the front (напрямок, направление) and the days it was in use."""

    slug: str
    name: str
    name_uk: str
    name_ru: str
    valid_from: date
    valid_to: date | None
    """Last day, inclusive; None while in use."""
    place_id: str | None
    """The settlement it is named after."""
    area: BaseGeometry | None
    """The register's polygon (WGS 84), where it has one."""


class NameReference(NamedTuple):
    """One place that a name form may stand for."""

    place_id: str
    kind: NameKind
    lang: Language


@dataclass(frozen=True, slots=True)
class NameHit:
    """A stretch of text that is a known name form: `text[start:end]`, with all it may stand for."""

    start: int
    end: int
    references: tuple[NameReference, ...]


class Atlas(Protocol):
    """What reading, resolving and drawing ask of a gazetteer. Implementations are read-only and thread-safe."""

    @property
    def digest(self) -> str:
        """Content hash of everything the atlas was built from."""
        ...

    def __hash__(self) -> int:
        """By identity: what is derived from an atlas is cached with it."""
        ...

    def scan(self, text: str, *, any_case: bool = False) -> Sequence[NameHit]:
        """Every longest known name form in `text`, left to right, not overlapping, on word boundaries.

        Only capitalised words open a name, unless `any_case` (a phrase typed into a search box).
        """
        ...

    def guess(self, surface: str) -> Sequence[NameReference]:
        """References of the names closest in spelling to an unknown `surface`; empty when none is close."""
        ...

    def place(self, place_id: str) -> Place:
        """Raises KeyError for an unknown id."""
        ...

    def area(self, place_id: str) -> BaseGeometry | None:
        """Polygon of an oblast, raion, region or sea; line of a river; None when not known."""
        ...

    def directions(self, place_id: str, on: date) -> Sequence[OperationalDirection]:
        """Operational directions named after `place_id` (or being it) that were in use on that day."""
        ...

    def towns(self, lon: float, lat: float, within_km: float) -> Sequence[Place]:
        """Places of known population around a point, nearest first."""
        ...
