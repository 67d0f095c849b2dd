"""How fast the gazetteer is; measured by `make bench`, left out of ordinary runs.

The fastest round counts: the others tell what else the machine was doing.
"""

from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from app.gazetteer.open import Gazetteer, open_atlas

SENTENCE = (
    "The General Staff reported fighting near Bila Hora, Kurdyumivka and Chasiv Yar in Donetsk Oblast, and said that "
    "the army had repelled attacks on Velyka Novosilka; біля Куп'янська та Авдіївки, в районе Часова Яра, без змін. "
)
REPORT = SENTENCE * 15
"""Five hundred words, a fifth of them capitalised."""


def fastest(benchmark: BenchmarkFixture) -> float:
    """Seconds of the fastest round."""
    assert benchmark.stats is not None
    return float(benchmark.stats.stats.min)


def test_opening(benchmark: BenchmarkFixture, gazetteer_path: Path) -> None:
    benchmark(open_atlas, gazetteer_path)
    assert fastest(benchmark) < 1.0


def test_looking_up_one_name(benchmark: BenchmarkFixture, atlas: Gazetteer) -> None:
    benchmark(atlas.scan, "Куп'янську")
    assert fastest(benchmark) < 50e-6


def test_scanning_a_report(benchmark: BenchmarkFixture, atlas: Gazetteer) -> None:
    assert 480 <= len(REPORT.split()) <= 560
    benchmark(atlas.scan, REPORT)
    assert fastest(benchmark) < 5e-3


def test_searching(benchmark: BenchmarkFixture, atlas: Gazetteer) -> None:
    benchmark(atlas.search, "Андрі")
    assert fastest(benchmark) < 50e-3
