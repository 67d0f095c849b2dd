"""The coarse record of the contact line."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from app.resolving.front import front_of, stretches


def km(day: date, lon: float, lat: float) -> float:
    front = front_of(day)
    assert front is not None
    return float(front.distance_km(np.array([lon]), np.array([lat]))[0])


@pytest.mark.parametrize(
    ("day", "place", "near"),
    [
        (date(2023, 7, 12), (37.96, 48.53), True),  # Klishchiivka
        (date(2023, 7, 12), (37.17, 48.28), False),  # Pokrovsk, then far behind
        (date(2025, 2, 1), (37.17, 48.28), True),
        (date(2022, 3, 10), (30.25, 50.52), True),  # Irpin
        (date(2023, 3, 10), (30.25, 50.52), False),
        (date(2022, 8, 1), (33.17, 47.2), True),  # Davydiv Brid
        (date(2023, 8, 1), (33.17, 47.2), False),
        (date(2024, 9, 1), (35.27, 51.19), True),  # Sudzha
        (date(2021, 5, 1), (37.77, 48.13), True),  # Avdiivka
    ],
)
def test_distance_from_the_line_of_the_day(day: date, place: tuple[float, float], near: bool) -> None:
    assert (km(day, *place) < 20) == near


def test_there_was_no_line_before_the_war() -> None:
    assert front_of(date(2013, 1, 1)) is None


def test_every_stretch_belongs_to_a_line_of_the_same_days() -> None:
    lines: dict[tuple[str, date], set[date | None]] = {}
    for stretch in stretches():
        lines.setdefault((stretch.line, stretch.since), set()).add(stretch.until)
        assert stretch.until is None or stretch.since <= stretch.until
        assert 29 < stretch.lon < 40 and 46 < stretch.lat < 53
    assert all(len(ends) == 1 for ends in lines.values())


def test_no_line_is_recorded_twice_for_one_day() -> None:
    periods = sorted({(s.line, s.since, s.until or date.max) for s in stretches()})
    overlaps = [(a, b) for a, b in pairwise(periods) if a[0] == b[0] and b[1] <= a[2]]
    assert overlaps == []
