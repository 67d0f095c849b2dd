"""How many reports of 500 words one core reads, resolves and draws in a second, by language: for `make bench` alone.

The column OPS is reports a second. `samples` are briefings as they come; in `corpus` every sentence names other
places. Each report is read again and again, so this is the speed of a process that has met the places before.
"""

from collections.abc import Callable
from itertools import cycle

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.domain.report import Report
from app.domain.vocabulary import Language
from app.gazetteer.open import Gazetteer
from app.ingest.pipeline import interpret
from tests.bench.reports import corpus, samples


@pytest.mark.parametrize("texts", [samples, corpus], ids=["samples", "corpus"])
@pytest.mark.parametrize("lang", list(Language))
def test_500_words(
    benchmark: BenchmarkFixture, atlas: Gazetteer, lang: Language, texts: Callable[[Language], list[Report]]
) -> None:
    reports = texts(lang)
    for report in reports:
        interpret(report, atlas)
    upcoming = cycle(reports)
    run: Callable[..., object] = benchmark.pedantic
    run(lambda: interpret(next(upcoming), atlas), rounds=20 * len(reports))
