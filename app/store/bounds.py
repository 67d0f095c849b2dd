"""Bounds in time and space: days, moments, and boxes, also across the antimeridian."""

from dataclasses import dataclass
from datetime import date, datetime
from struct import Struct

from shapely import box, set_srid, to_wkb
from shapely.geometry.base import BaseGeometry

_RECTANGLE, _HEAD = Struct("<BIIII10d"), (1, 0x2000_0003, 4326, 1, 5)
"""Of extended well-known binary: little-endian, a polygon with its reference system, one ring of five points."""


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; None is open. ValueError where it ends before it starts."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"an interval cannot end on {self.end}, before it starts on {self.start}")


@dataclass(frozen=True, slots=True)
class Moments:
    """From one moment to another, both included, with time zones; None is open."""

    start: datetime | None
    end: datetime | None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"an interval cannot end at {self.end}, before it starts at {self.start}")


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees of WGS 84, edges included. `west` > `east` crosses the antimeridian (RFC 7946, 5.2)."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        # Written so that NaN is refused too.
        if not (-180 <= self.west <= 180 and -180 <= self.east <= 180):
            raise ValueError("longitudes lie between -180 and 180")
        if not (-90 <= self.south <= self.north <= 90):
            raise ValueError("latitudes lie between -90 and 90, the southern one first")

    @property
    def halves(self) -> tuple["Box", ...]:
        """Itself, or the two parts on either side of the antimeridian."""
        if self.west <= self.east:
            return (self,)
        return Box(self.west, self.south, 180, self.north), Box(-180, self.south, self.east, self.north)

    @property
    def shape(self) -> BaseGeometry:
        """Of one half: a polygon, or the line or point that it is without width or height."""
        return box(self.west, self.south, self.east, self.north).envelope

    @property
    def binary(self) -> bytes:
        """Of one half, for the database."""
        west, south, east, north = self.west, self.south, self.east, self.north
        if west == east or south == north:
            return binary_of(self.shape)
        return _RECTANGLE.pack(*_HEAD, west, south, west, north, east, north, east, south, west, south)


def binary_of(shape: BaseGeometry) -> bytes:
    """Extended well-known binary, which holds the reference system too."""
    return to_wkb(set_srid(shape, 4326), include_srid=True)
