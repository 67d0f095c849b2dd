"""A folder of reports, or an archive of them as JSON lines: each report in it is a text."""

from collections.abc import Iterator
from pathlib import Path

from app.domain.errors import ReportError
from app.domain.feed import Feed, Item
from app.sources.draft import UNNAMED, Facts
from app.sources.paths import read_path


def items(path: Path, feed: Feed) -> Iterator[Item | ReportError]:
    """In the order of names and lines; what cannot be read is told in its place."""
    for report in read_path(path, Facts()):
        if isinstance(report, ReportError):
            yield report
            continue
        yield Item(
            address=f"{feed.address}#{report.id}",
            text=report.text,
            url=report.url,
            published=report.published,
            basis=report.basis,
            publisher=None if report.publisher == UNNAMED else report.publisher,
            lang=report.lang,
            title=report.title,
        )
