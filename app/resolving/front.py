"""How far from the fighting was a place on a day? A coarse record of the contact line, good to some 15 km.

`front.csv` holds polylines, each with the days it held (last day inclusive, empty while it holds) and the settlement
that each point stands for. Compiled for this project from publicly known events; only a weak hint is drawn from it.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from app.resolving.sphere import Array

KM_PER_DEGREE = 111.2
EAST_SHRINKS = 0.66
"""Cosine of 48.5 degrees: between 44 and 53 degrees the error is under a tenth, as is that of the record."""


@dataclass(frozen=True, slots=True)
class Stretch:
    line: str
    since: date
    until: date | None
    near: str
    lon: float
    lat: float


@dataclass(frozen=True, eq=False)
class Front:
    """The contact line over one period. Hashable by identity: one object for each period."""

    starts: Array
    ends: Array

    def distance_km(self, lon: Array, lat: Array) -> Array:
        """From the nearest stretch of the line."""
        points = _plane(lon, lat)[:, None, :]
        along = self.ends - self.starts
        length = np.maximum((along**2).sum(-1), 1e-9)
        share = np.clip(((points - self.starts) * along).sum(-1) / length, 0.0, 1.0)
        nearest = self.starts + share[..., None] * along
        km: Array = np.sqrt(((points - nearest) ** 2).sum(-1)).min(axis=1)
        return km


def front_of(day: date) -> Front | None:
    """The line on that day; None before there was one."""
    return _period(sum(day >= change for change in _changes()))


@cache
def _changes() -> tuple[date, ...]:
    """The days on which the record changes."""
    days = {s.since for s in stretches()} | {date.fromordinal(s.until.toordinal() + 1) for s in stretches() if s.until}
    return tuple(sorted(days))


@cache
def _period(number: int) -> Front | None:
    if number == 0:
        return None
    day = _changes()[number - 1]
    held = [s for s in stretches() if s.since <= day and (s.until is None or day <= s.until)]
    pairs = [(a, b) for a, b in pairwise(held) if a.line == b.line]
    if not pairs:
        return None
    starts, ends = (
        _plane(np.array([p[side].lon for p in pairs]), np.array([p[side].lat for p in pairs])) for side in (0, 1)
    )
    return Front(starts, ends)


@cache
def stretches() -> tuple[Stretch, ...]:
    table = (files("app.resolving") / "front.csv").read_text(encoding="utf-8")
    return tuple(
        Stretch(
            row["line"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
            row["near"],
            float(row["lon"]),
            float(row["lat"]),
        )
        for row in csv.DictReader(table.splitlines())
    )


def _plane(lon: Array, lat: Array) -> Array:
    return np.stack([lon * KM_PER_DEGREE * EAST_SHRINKS, lat * KM_PER_DEGREE], axis=-1)
