"""The register of feeds that are followed, and how the following of each goes."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from app.domain.errors import FeedError
from app.domain.feed import Feed, Validators
from app.store.tables import feeds as tables
from app.store.tables.evidence import source
from app.store.write.count import next_revision
from app.store.write.evidence import source_id


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed in the register and how it goes."""

    feed: Feed
    validators: Validators
    polled: datetime | None
    """When it was asked last, whatever it answered."""
    answered: datetime | None
    next_poll: datetime
    failures: int
    """In a row."""


def add(connection: Connection, feed: Feed) -> None:
    """Raises FeedError where its name or its address is in the register. From now on the publisher's texts are shown
    as its feeds allow."""
    try:
        with connection.begin_nested():
            connection.execute(tables.feed.insert().values(asdict(feed)))
            _note_terms(connection, feed.publisher)
    except IntegrityError as error:
        raise FeedError(
            f"a feed of the name “{feed.name}” or the address {feed.address} is followed already; remove it first"
        ) from error


def remove(connection: Connection, name: str) -> None:
    """Its reports stay, and the terms of their texts. Raises FeedError where there is none."""
    gone = delete(tables.feed).where(tables.feed.c.name == name).returning(tables.feed.c.publisher)
    publisher = connection.execute(gone).scalar_one_or_none()
    if publisher is None:
        raise no_feed(connection, name)
    _note_terms(connection, publisher)


def _note_terms(connection: Connection, publisher: str) -> None:
    """The strictest of a publisher's feeds says whether its texts may be shown whole; the last of them, where none is
    followed any more."""
    feed = tables.feed
    strictest = select(func.bool_and(feed.c.republishable)).where(feed.c.publisher == publisher)
    told = connection.execute(strictest).scalar_one()
    if told is None:
        return
    _say(connection, publisher, source.c.republishable.is_distinct_from(told), whole=told)


def note_terms_of_others(connection: Connection, name: str, publishers: Collection[str]) -> None:
    """What a feed forbids holds for the texts of others that it carries, as long as no feed of their own told more."""
    if publishers and not find(connection, name).feed.republishable:
        for publisher in sorted(publishers):
            _say(connection, publisher, source.c.republishable.is_(None), whole=False)


def _say(connection: Connection, publisher: str, where: ColumnElement[bool], *, whole: bool) -> None:
    known = insert(source).values(id=source_id(publisher), publisher=publisher, republishable=whole)
    said = known.on_conflict_do_update(
        index_elements=[source.c.publisher], set_={"republishable": whole}, where=where
    ).returning(source.c.id)
    if connection.execute(said).one_or_none() is not None:
        next_revision(connection)


def followed(connection: Connection) -> list[Followed]:
    """All, by name."""
    return [_followed(row) for row in connection.execute(select(tables.feed).order_by(tables.feed.c.name))]


def find(connection: Connection, name: str) -> Followed:
    """Raises FeedError where there is none."""
    row = connection.execute(select(tables.feed).where(tables.feed.c.name == name)).one_or_none()
    if row is None:
        raise no_feed(connection, name)
    return _followed(row)


def due(connection: Connection, now: datetime) -> Sequence[str]:
    """Names of the feeds that are to be polled, the longest overdue first."""
    feed = tables.feed
    return (
        connection.execute(select(feed.c.name).where(feed.c.next_poll <= now).order_by(feed.c.next_poll))
        .scalars()
        .all()
    )


def note_answer(connection: Connection, name: str, validators: Validators, now: datetime, next_poll: datetime) -> None:
    values: dict[str, Any] = asdict(validators) | {
        "polled": now,
        "answered": now,
        "next_poll": next_poll,
        "failures": 0,
    }
    connection.execute(update(tables.feed).where(tables.feed.c.name == name).values(values))


def note_failure(connection: Connection, name: str, now: datetime, next_poll: datetime) -> None:
    feed = tables.feed
    values = {"polled": now, "next_poll": next_poll, "failures": feed.c.failures + 1}
    connection.execute(update(feed).where(feed.c.name == name).values(values))


def reserve(connection: Connection, host: str, now: datetime, pause: float) -> datetime:
    """When the next request to `host` may go out, `pause` seconds after the one before it, whoever on whatever machine
    made that one. Commit at once: others wait for the row."""
    free = tables.host.c.free
    step = timedelta(seconds=pause)
    statement = (
        insert(tables.host)
        .values(name=host, free=now + step)
        .on_conflict_do_update(index_elements=[tables.host.c.name], set_={"free": func.greatest(free, now) + step})
        .returning(free)
    )
    turn: datetime = connection.execute(statement).scalar_one()
    return turn - step


def no_feed(connection: Connection, name: str) -> FeedError:
    names = ", ".join(each.feed.name for each in followed(connection)) or "none"
    return FeedError(f"no feed “{name}” is followed; followed: {names}")


def _followed(row: Row[Any]) -> Followed:
    return Followed(
        feed=Feed(
            name=row.name,
            address=row.address,
            kind=row.kind,
            publisher=row.publisher,
            side=row.side,
            lang=row.lang,
            zone=row.zone,
            licence=row.licence,
            quoting=row.quoting,
            republishable=row.republishable,
            every=row.every,
            pause=row.pause,
            permalink=row.permalink,
        ),
        validators=validators_of(row),
        polled=row.polled,
        answered=row.answered,
        next_poll=row.next_poll,
        failures=row.failures,
    )


def validators_of(row: Row[Any]) -> Validators:
    """From a row of `feed` or of `item`."""
    return Validators(row.url, row.etag, row.modified, row.digest)
