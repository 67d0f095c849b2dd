"""The whole way of a report holds for spoilt reports too; `python -m tests.bench.endurance` tries thousands."""

from app.gazetteer.open import Gazetteer
from app.ingest.pipeline import interpret
from app.sources.samples import sample_reports
from tests.mutated import check, mutated


def test_spoilt_reports_are_understood_as_far_as_they_go(atlas: Gazetteer) -> None:
    for report in mutated(list(sample_reports()), number=150):
        check(*interpret(report, atlas))
