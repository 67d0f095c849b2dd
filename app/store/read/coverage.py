"""How the fetching went: attempts by day, publisher and feed, each failure by name, and the feeds that are followed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import TIMESTAMP, ColumnElement, Date, Select, cast, func, select

from app.domain.vocabulary import FetchOutcome
from app.store.bounds import Days
from app.store.tables.evidence import source
from app.store.tables.feeds import feed
from app.store.tables.operations import fetch_log

FAILURES_MAX = 1000
"""Failures that are named in one answer, the newest; the numbers count all."""


@dataclass(frozen=True, slots=True)
class LogState:
    """Changes with every attempt."""

    newest: int
    recorded: datetime | None


def log_state() -> Select[Any]:
    """The row of a `LogState`: the number and the moment of the newest attempt."""
    return select(func.coalesce(func.max(fetch_log.c.id), 0), func.max(fetch_log.c.recorded))


def attempts(days: Days | None, publisher: str | None) -> Select[Any]:
    """Of each day, publisher and feed: how many attempts had which outcome. Days are those of Greenwich."""
    outcomes = (_times(fetch_log.c.outcome == each).label(each) for each in FetchOutcome)
    statement = select(_DAY.label("day"), source.c.publisher, fetch_log.c.feed, *outcomes).select_from(_LOG)
    statement = statement.group_by(_DAY, source.c.publisher, fetch_log.c.feed)
    return _asked(statement, days, publisher).order_by(_DAY.desc(), source.c.publisher, fetch_log.c.feed)


def failures(days: Days | None, publisher: str | None) -> Select[Any]:
    """What failed on each day, once for each target and reason, the newest first."""
    log = fetch_log.c
    statement = select(
        _DAY.label("day"),
        source.c.publisher,
        log.feed,
        log.target,
        log.reason,
        func.max(log.detail).label("detail"),
        func.sum(log.times).label("times"),
        func.max(log.recorded).label("last"),
    ).select_from(_LOG)
    statement = _asked(statement, days, publisher).where(log.outcome == FetchOutcome.FAILED)
    statement = statement.group_by(_DAY, source.c.publisher, log.feed, log.target, log.reason)
    return statement.order_by(func.max(log.recorded).desc(), log.target).limit(FAILURES_MAX)


def feeds_followed(publisher: str | None) -> Select[Any]:
    """Where and when each publisher is listened to, by name."""
    columns = ("name", "kind", "publisher", "side", "lang", "licence", "quoting", "republishable")
    state = ("polled", "answered", "next_poll", "failures")
    statement = select(*(feed.c[name] for name in (*columns, *state))).order_by(feed.c.name)
    return statement if publisher is None else statement.where(feed.c.publisher == publisher)


_LOG = fetch_log.outerjoin(source)
_DAY: ColumnElement[date] = cast(func.timezone("UTC", fetch_log.c.recorded), Date)


def _times(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(fetch_log.c.times).filter(which), 0)


def _asked(statement: Select[Any], days: Days | None, publisher: str | None) -> Select[Any]:
    # By moment rather than by day, so that the index on it serves.
    if days and days.start:
        statement = statement.where(fetch_log.c.recorded >= _midnight(days.start))
    if days and days.end:
        statement = statement.where(fetch_log.c.recorded < _midnight(days.end + timedelta(days=1)))
    return statement if publisher is None else statement.where(source.c.publisher == publisher)


def _midnight(day: date) -> ColumnElement[Any]:
    return func.timezone("UTC", cast(day.isoformat(), TIMESTAMP))
