"""What reports an address of the web holds: a page is one; a feed or a sitemap, each item that it names."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from app.domain.errors import FetchError, ReportError
from app.domain.feed import Feed, Item, Validators
from app.domain.report import Report
from app.domain.vocabulary import DateBasis, FailureReason, FeedKind
from app.sources.address import told
from app.sources.draft import Facts, build_report
from app.sources.fetch import Answer, Fetcher
from app.sources.look import Found, kind_of, named
from app.sources.moments import day_of
from app.sources.texts import read_text

log = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds between requests to a host that somebody named."""


def open_address(url: str, overrides: Facts, fetcher: Fetcher, now: datetime) -> Iterator[Report | ReportError]:
    """The reports now at `url`, or the errors that name what is wrong; nothing of these is raised."""
    try:
        with guarded(url):
            answer = fetcher.get(url, pause=PAUSE)
            kind = kind_of(answer)
            report = read_text(answer.text, overrides, answer.url) if kind is FeedKind.PAGE else None
    except ReportError as error:
        yield error
        return
    if report is not None:
        yield report
        return
    feed = Feed(name=url, address=url, kind=kind, publisher="", pause=PAUSE)
    for item in each(named(feed, answer, fetcher, now), url):
        yield item if isinstance(item, ReportError) else _read(item, feed, overrides, fetcher, now)


def read_page(url: str, overrides: Facts, fetcher: Fetcher) -> Report:
    """The report of one page. Raises FetchError, and what `read_text` raises."""
    answer = fetcher.get(url)
    return read_text(answer.text, overrides, answer.url)


def read_item(
    item: Item, feed: Feed | None, answer: Answer | None, now: datetime, overrides: Facts | None = None
) -> Report:
    """The report of an item: from what its address answered, or from the text that came with it.

    Raises UnreadableReport, UndatedReport, and ReportError for a wrong line in a header.
    """
    stated = Facts(
        published=item.published,
        basis=item.basis or DateBasis.FEED,
        publisher=item.publisher or (feed.publisher if feed else None) or None,
        title=item.title,
        url=item.url,
        lang=item.lang or (feed.lang if feed else None),
    ).under(overrides or Facts())
    edited = day_of(item.changed, feed.zone if feed else "UTC", now)
    fallback = Facts(published=edited, basis=DateBasis.FEED) if feed and feed.kind is FeedKind.FEED else Facts()
    if answer is not None:
        return read_text(answer.text, stated, answer.url, fallback)
    if feed and feed.kind is FeedKind.FEED:  # its texts may be HTML
        return read_text(item.text or "", stated, None, fallback)
    return build_report(item.text or "", stated)


def each(found: Found, target: str) -> Iterator[Item | ReportError]:
    """What is found; an error that ends it is the last of it, and every error names what it is about."""
    try:
        with guarded(target):
            for item in found:
                yield item if isinstance(item, Item) else about(target, item)
    except ReportError as error:
        yield error


@contextmanager
def guarded(target: str) -> Iterator[None]:
    """Every error names what it is about; a fault of this program is one of `target`, so that the rest goes on."""
    try:
        yield
    except ReportError as error:
        about(target, error)
        raise
    except Exception as error:
        log.exception("%s could not be worked on", target)
        fault = f"a fault of this program ({type(error).__name__}: {error})"
        raise about(target, FetchError(fault, FailureReason.INTERNAL)) from error


def about(target: str, error: ReportError) -> ReportError:
    """The same error, which names what it is about; a password in an address is not told."""
    if error.target is None:
        error.target = told(target)
    if error.target not in str(error):
        error.args = (f"{error.target}: {error}",)
    return error


def _read(item: Item, feed: Feed, overrides: Facts, fetcher: Fetcher, now: datetime) -> Report | ReportError:
    try:
        with guarded(item.address):
            answer = None if item.text is not None else fetcher.get(item.address, Validators(), feed.pause)
            return read_item(item, feed, answer, now, overrides)
    except ReportError as error:
        return error
