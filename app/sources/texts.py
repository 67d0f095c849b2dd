"""The one report of a text, plain or a web page's source, with what it says of its own publication."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.report import Report
from app.domain.vocabulary import DateBasis
from app.sources.dateline import dateline
from app.sources.draft import Facts, build_report
from app.sources.header import split_header
from app.sources.html import looks_like_html, reduce_html


def read_text(text: str, overrides: Facts, url: str | None = None, fallback: Facts | None = None) -> Report:
    """`overrides` win over what the text says of itself, and that over `fallback`; a page (with `url`) that nobody
    dates is dated by its dateline.

    Raises UnreadableReport, UndatedReport, or ReportError for a wrong line in the header.
    """
    facts, body = split_header(text)
    if looks_like_html(body):
        of_page, body = reduce_html(body, url)
        facts = of_page.under(facts)
    known = (fallback or Facts()).under(Facts(url=url)).under(facts).under(overrides)
    if known.published is None and url:
        day = dateline(known.title, body, datetime.now(UTC).date())
        known = replace(known, published=day, basis=DateBasis.TEXT)
    return build_report(body, known)
