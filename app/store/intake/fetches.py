"""What feeds have named and what became of it: items that wait for their turn, and the log of attempts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.domain.digest import digest
from app.domain.feed import Attempt, Feed, Item, Validators
from app.domain.vocabulary import FeedKind
from app.store.intake.feeds import find, note_terms_of_others, validators_of
from app.store.tables import feeds
from app.store.tables.evidence import source
from app.store.tables.operations import fetch_log
from app.store.write.evidence import source_id


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item with what is remembered of it."""

    item: Item
    feed: Feed | None
    validators: Validators
    found: datetime
    failures: int
    """In a row."""


def note(connection: Connection, attempts: Sequence[Attempt]) -> None:
    """Adds to the log behind `/coverage`."""
    rows = [_log_values(attempt) for attempt in attempts]
    publishers = sorted({attempt.publisher for attempt in attempts if attempt.publisher})
    if publishers:
        known = insert(source).on_conflict_do_nothing()
        connection.execute(known, [{"id": source_id(name), "publisher": name} for name in publishers])
    if rows:
        connection.execute(fetch_log.insert(), rows)


def add_items(connection: Connection, feed: str, items: Sequence[Item], now: datetime) -> int:
    """Puts what is new, and what was edited since it was taken, in line; how many that is.

    An item belongs to the feed that named it first.
    """
    by_address = {item.address: item for item in items}
    if not by_address:
        return 0
    rows = [_item_values(by_address[key]) | {"feed": feed, "next_take": now} for key in sorted(by_address)]
    item = feeds.item
    statement = insert(item)
    new = statement.excluded
    edited = or_(
        and_(new.whole, or_(item.c.digest.is_(None), new.digest != item.c.digest)),
        and_(~new.whole, new.changed > func.coalesce(item.c.taken, new.changed)),
    )
    changes = {
        name: new[name]
        for name in ("text", "title", "published", "basis", "publisher", "lang", "changed", "digest", "next_take")
    }
    upsert = statement.on_conflict_do_update(
        index_elements=[item.c.address], set_=changes, where=and_(item.c.feed == feed, edited)
    ).returning(item.c.address)
    note_terms_of_others(connection, feed, {each.publisher for each in by_address.values() if each.publisher})
    return len(connection.execute(upsert, rows).scalars().all())


def due_items(connection: Connection, now: datetime, limit: int, feed: str | None = None) -> Sequence[str]:
    """Addresses whose turn has come, the longest waiting first; of one feed, or of all."""
    item = feeds.item
    statement = select(item.c.address).where(item.c.next_take <= now).order_by(item.c.next_take, item.c.address)
    if feed is not None:
        statement = statement.where(item.c.feed == feed)
    return connection.execute(statement.limit(limit)).scalars().all()


def waiting(connection: Connection, address: str) -> Waiting | None:
    """None where nobody named it, or its feed was removed."""
    row = connection.execute(select(feeds.item).where(feeds.item.c.address == address)).one_or_none()
    return None if row is None else _waiting(row, find(connection, row.feed).feed if row.feed else None)


def note_taken(
    connection: Connection, address: str, validators: Validators | None, now: datetime, next_take: datetime | None
) -> None:
    """An item that was fetched and read, or was found unchanged (`validators` None: those of before stay).

    Its text, if it came whole, is stored with the report now.
    """
    item = feeds.item
    values: dict[str, Any] = {} if validators is None else asdict(validators)
    values |= {"taken": now, "next_take": next_take, "failures": 0, "text": None}
    connection.execute(update(item).where(item.c.address == address).values(values))


def note_item_failure(connection: Connection, address: str, next_take: datetime | None) -> None:
    item = feeds.item
    values = {"next_take": next_take, "failures": item.c.failures + 1}
    connection.execute(update(item).where(item.c.address == address).values(values))


def sum_up(connection: Connection, before: datetime) -> int:
    """Makes one row of those that `/coverage` tells together, of attempts before a moment; how many went.

    What it tells stays the same, to the number: reports that were read, and what failed each day and why, keep rows of
    their own; of all else, which repeats with every poll, only how often it was so is of interest by then.
    """
    return connection.execute(text(_SUM_UP), {"before": before}).rowcount


def drop_items(connection: Connection, before: datetime) -> int:
    """Forgets what RSS and Atom feeds named and what is not asked for again, since before a moment; how many went.

    Such a feed names its newest items only. One that it names all the same is fetched again, and found known. Sitemaps,
    archives and folders name everything at every poll: what of them was taken stays noted.
    """
    item, feed = feeds.item, feeds.feed
    newest_only = select(feed.c.name).where(feed.c.kind == FeedKind.FEED)
    over = and_(item.c.next_take.is_(None), func.coalesce(item.c.taken, item.c.found) < before)
    return connection.execute(delete(item).where(over, item.c.feed.in_(newest_only))).rowcount


# The row that stays is the newest of its group, so that the newest row of all is the same before and after.
_SUM_UP = """
WITH groups AS (
    SELECT max(id) AS kept, sum(times) AS times, array_agg(id) AS ids FROM fetch_log
    WHERE recorded < :before AND outcome <> 'read'
    GROUP BY (recorded AT TIME ZONE 'UTC')::date, source_id, feed, outcome, reason,
        CASE outcome WHEN 'failed' THEN target END
    HAVING count(*) > 1
), told AS (
    UPDATE fetch_log SET times = groups.times FROM groups WHERE fetch_log.id = groups.kept
)
DELETE FROM fetch_log USING groups WHERE fetch_log.id = ANY (groups.ids) AND fetch_log.id <> groups.kept
"""


def _log_values(attempt: Attempt) -> dict[str, Any]:
    values = asdict(attempt)
    publisher = values.pop("publisher")
    return values | {"source_id": source_id(publisher) if publisher else None}


def _item_values(item: Item) -> dict[str, Any]:
    return {
        "address": item.address,
        "text": item.text,
        "whole": item.text is not None,
        "permalink": item.url,
        "published": item.published,
        "basis": item.basis,
        "publisher": item.publisher,
        "lang": item.lang,
        "title": item.title,
        "changed": item.changed,
        "digest": None if item.text is None else digest("text", item.title, item.text),
    }


def _waiting(row: Row[Any], feed: Feed | None) -> Waiting:
    item = Item(
        address=row.address,
        text=row.text,
        url=row.permalink,
        published=row.published,
        basis=row.basis,
        publisher=row.publisher,
        lang=row.lang,
        title=row.title,
        changed=row.changed,
    )
    return Waiting(item, feed, validators_of(row), row.found, row.failures)
