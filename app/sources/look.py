"""What a feed names now: its address is looked at, and the adapter of its kind opens what is there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from app.domain.digest import digest
from app.domain.errors import FetchError, ReportError
from app.domain.feed import Feed, Item, Validators
from app.domain.vocabulary import FailureReason, FeedKind
from app.sources.fetch import Answer, Fetcher
from app.sources.kinds import files, page, sitemap, syndication, telegram

Found = Iterable[Item | ReportError]
ITEMS_MAX = 1000
"""Of a feed or sitemap in one poll: the newest, or the first. Files are read whole."""


@dataclass(frozen=True, slots=True)
class Look:
    """`unchanged`: it is as it was, and `found` is empty."""

    validators: Validators
    found: Found = ()
    unchanged: bool = False


def look(feed: Feed, seen: Validators, fetcher: Fetcher, now: datetime) -> Look:
    """Raises ReportError where the feed cannot be had or is no such feed; what is wrong with one item stands in its
    place, and what is found wrong on the way raises there."""
    if feed.kind is FeedKind.PAGE:
        return Look(seen, page.items(feed, now))
    if feed.kind in ON_DISK:
        return _look_at_file(feed, seen, now)
    answer = fetcher.get(feed.address, seen, feed.pause)
    if answer.unchanged:
        return Look(seen, unchanged=True)
    return Look(answer.validators, named(feed, answer, fetcher, now))


def named(feed: Feed, answer: Answer, fetcher: Fetcher, now: datetime) -> Found:
    """The items that a feed or sitemap names, having answered."""
    return _first(WEB[feed.kind](answer, feed, now, lambda address: fetcher.get(address, pause=feed.pause)), feed)


def kind_of(answer: Answer) -> FeedKind:
    """By content, whatever the server calls it: a feed, a sitemap, or else a page."""
    if syndication.looks_like_feed(answer.content):
        return FeedKind.FEED
    return FeedKind.SITEMAP if sitemap.looks_like_sitemap(answer.content) else FeedKind.PAGE


def _first(found: Found, feed: Feed) -> Found:
    rest = iter(found)
    yield from islice(rest, ITEMS_MAX)
    if any(isinstance(each, Item) for each in rest):
        raise FetchError(
            f"{feed.address} names more than {ITEMS_MAX:,} items; the others are left out", FailureReason.TOO_LARGE
        )


def _look_at_file(feed: Feed, seen: Validators, now: datetime) -> Look:
    path = Path(feed.address)
    state = Validators(digest=_fingerprint(path))
    if state.digest == seen.digest:
        return Look(seen, unchanged=True)
    return Look(state, telegram.items(path, feed, now) if feed.kind is FeedKind.TELEGRAM else files.items(path, feed))


def _fingerprint(path: Path) -> str:
    """Changes with the name, size or time of any file."""
    try:
        below = sorted(path.rglob("*")) if path.is_dir() else [path]
        facts = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in below]
    except OSError as error:
        raise FetchError(f"{path} cannot be read ({error.strerror})", FailureReason.MISSING) from error
    return digest("files", *(str(fact) for fact in facts))


def _feed_items(
    answer: Answer, feed: Feed, now: datetime, _ask: Callable[[str], Answer]
) -> Iterator[Item | FetchError]:
    return syndication.items(answer, feed, now)


WEB = {FeedKind.FEED: _feed_items, FeedKind.SITEMAP: sitemap.items}
ON_DISK = frozenset({FeedKind.FOLDER, FeedKind.JSONL, FeedKind.TELEGRAM})
