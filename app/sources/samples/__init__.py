"""Reports of our own writing, so that a fresh installation has something to show.

They retell well-documented days of the war, 2022 to 2026, as a neutral desk would: what each side said, and that it
said so. They are samples, not a source.
"""

from collections.abc import Iterator
from pathlib import Path

from app.domain.report import Report
from app.sources.draft import Facts
from app.sources.texts import read_text

SAMPLES = Path(__file__).parent


def sample_reports() -> Iterator[Report]:
    """In the order of their dates. Raises ReportError for a sample that was broken by an edit."""
    for path in sorted(SAMPLES.glob("*.txt")):
        yield read_text(path.read_text("utf-8"), Facts())
