"""The log of attempts is summed up without telling anything else, and forgets only what is not asked for again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update

from app.domain.feed import Attempt, Feed, Item
from app.domain.vocabulary import FailureReason, FeedKind, FetchOutcome
from app.store.intake import feeds, fetches
from app.store.read.coverage import attempts, failures, log_state
from app.store.tables.feeds import item
from app.store.tables.operations import fetch_log

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=100)
WIRE = Feed("wire", "https://wire.example/feed", FeedKind.FEED, "The Wire")
MAP = Feed("map", "https://map.example/sitemap.xml", FeedKind.SITEMAP, "The Map")


def noted(connection: Connection, when: datetime, times: int, attempt: Attempt) -> None:
    fetches.note(connection, [attempt] * times)
    connection.execute(update(fetch_log).where(fetch_log.c.recorded == func.now()).values(recorded=when))


def told(connection: Connection) -> list[Sequence[Any]]:
    asked = (attempts(None, None), failures(None, None), log_state())
    return [[tuple(row) for row in connection.execute(each)] for each in asked]


def test_a_log_that_is_summed_up_says_the_same(connection: Connection) -> None:
    page = "https://wire.example/page"
    connection.execute(fetch_log.delete())
    for when in (OLD, OLD + timedelta(days=1), NOW):
        polled = Attempt(FetchOutcome.POLLED, WIRE.address, "wire", "The Wire")
        noted(connection, when, 5, polled)
        noted(connection, when, 4, Attempt(FetchOutcome.UNCHANGED, WIRE.address, "wire", "The Wire"))
        noted(connection, when, 2, Attempt(FetchOutcome.READ, page, "wire", "The Wire"))
        noted(connection, when, 3, Attempt(FetchOutcome.KNOWN, page))
        for target in ("/a", "/b"):
            failed = Attempt(FetchOutcome.FAILED, page + target, "wire", "The Wire", FailureReason.GONE, "404")
            noted(connection, when, 2, failed)
    before = told(connection)
    assert fetches.sum_up(connection, NOW - timedelta(days=92)) == 2 * (4 + 3 + 2 + 2 * 1)
    assert told(connection) == before
    assert fetches.sum_up(connection, NOW - timedelta(days=92)) == 0
    rows = select(func.count()).where(fetch_log.c.recorded < NOW)
    assert connection.execute(rows).scalar_one() == 2 * (1 + 1 + 2 + 1 + 2)


def test_items_that_a_feed_of_news_names_no_more_are_forgotten(connection: Connection) -> None:
    named = {WIRE: ("over", "waiting", "young"), MAP: ("map",)}
    for feed, names in named.items():
        feeds.add(connection, feed)
        fetches.add_items(connection, feed.name, [Item(f"https://x.example/{name}") for name in names], OLD)
    for name in ("over", "map"):
        fetches.note_taken(connection, f"https://x.example/{name}", None, OLD, None)
    fetches.note_taken(connection, "https://x.example/waiting", None, OLD, NOW)
    fetches.note_taken(connection, "https://x.example/young", None, NOW, None)
    connection.execute(update(item).values(found=OLD))
    assert fetches.drop_items(connection, NOW - timedelta(days=92)) == 1
    left = connection.execute(select(item.c.address)).scalars()
    assert {each.rpartition("/")[2] for each in left} == {"waiting", "young", "map"}
