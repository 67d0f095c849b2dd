"""The work of the whole way of a report is linear in its length; `tests.bench.lengths` measures the time up to 1 MB."""

from datetime import date

import pytest

from app.domain.report import Report
from app.gazetteer.open import Gazetteer
from app.ingest.pipeline import interpret
from tests.bench.reports import MONOTONOUS
from tests.counted import calls

SHORT, LONG = 4_000, 16_000
"""Characters: several times what any rule looks back or ahead."""


@pytest.mark.parametrize("kind", MONOTONOUS)
def test_four_times_the_text_is_four_times_the_work(kind: str, atlas: Gazetteer) -> None:
    def work(size: int) -> int:
        unit = MONOTONOUS[kind]
        report = Report((unit * (size // len(unit) + 1))[:size], date(2023, 7, 12), "The wire")
        interpret(report, atlas)
        return calls(lambda: interpret(report, atlas))

    # A quadratic reader would make 16 times as many.
    assert work(LONG) < 6 * work(SHORT) + 2_000
