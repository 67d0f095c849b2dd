"""A short run of what `python -m tests.bench.soak` does for a minute: the database restarts while clients ask."""

from pathlib import Path

import pytest

from tests.bench.soak import ALLOWED, Figures, soak


@pytest.fixture(scope="module")
def figures(gazetteer_path: Path) -> Figures:
    return soak(gazetteer_path, seconds=6, connections=16)


def test_no_answer_is_wrong(figures: Figures) -> None:
    assert figures.wrong == []
    assert set(figures.statuses) <= ALLOWED
    assert figures.statuses[200] > 20
    assert figures.statuses[503] > 0, "it did not notice that there was no database"


def test_only_downloads_break_off(figures: Figures) -> None:
    """Their first bytes were sent when the database went away; no client takes them for whole."""
    assert [path for path in figures.cut if "f=csv" not in path and "f=geojsonseq" not in path] == []


def test_it_recovers_by_itself(figures: Figures) -> None:
    assert figures.recovery_seconds < 5
