"""The samples that a fresh installation shows are complete, varied and plainly samples."""

from collections import Counter

from app.domain.vocabulary import Language
from app.sources.samples import SAMPLES, sample_reports


def test_there_are_enough_in_each_language_and_year() -> None:
    reports = list(sample_reports())
    assert len(reports) == len(list(SAMPLES.glob("*.txt")))
    assert len({report.id for report in reports}) == len(reports)
    languages = Counter(report.lang for report in reports)
    assert all(languages[language] >= 8 for language in Language)
    assert {report.published.year for report in reports} == {2022, 2023, 2024, 2025, 2026}


def test_each_says_that_it_is_a_sample_and_is_named_by_its_day_and_language() -> None:
    for path, report in zip(sorted(SAMPLES.glob("*.txt")), sample_reports(), strict=True):
        assert path.name.startswith(report.published.isoformat())
        assert path.name.endswith(f".{report.lang}.txt")
        assert (report.title or "").startswith(("Sample", "Зразков", "Образцов"))
        assert report.publisher.startswith(("Sample", "Зразков", "Образцов"))
        assert report.url is None
        assert 80 <= len(report.text.split()) <= 200, path.name
