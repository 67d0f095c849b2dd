"""How much happened, and how much was read: features by stretch of time, reports by day and publisher."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    TIMESTAMP,
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    text,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.vocabulary import Event, MentionOutcome, Use
from app.store.bounds import Days
from app.store.read.query import Query, conditions, values
from app.store.tables.evidence import mention, report, source
from app.store.tables.interpretation import feature, feature_day, feature_key, issue, resolution

_ESTIMATE = text("""
    SELECT coalesce(sum(greatest(reltuples, 0)), 0) FROM pg_class WHERE relkind = 'r' AND (oid = 'feature'::regclass
        OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'feature'::regclass))
""")


class Per(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def first_day(self, day: date) -> date:
        """Of the stretch that holds `day`."""
        if self is Per.MONTH:
            return day.replace(day=1)
        return day - timedelta(days=day.weekday() if self is Per.WEEK else 0)

    def last_day(self, start: date) -> date:
        """Of the stretch that begins on `start`."""
        if self is Per.MONTH:
            return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return start + timedelta(days=6 if self is Per.WEEK else 0)


async def estimate(connection: AsyncConnection) -> int:
    """Features, as many as there were when the database last looked: known without counting."""
    return int((await connection.execute(_ESTIMATE)).scalar_one())


def timeline(query: Query, per: Per) -> Select[date, Event, int]:
    """Features of each event in each stretch that their occurrence shares a day with, the earliest first.

    A stretch counts what a query for those of its days that are asked for finds; weeks begin on Monday. Paging does
    not apply.
    """
    asked = query.occurrence or Days(None, None)
    first: ColumnElement[Any] = feature.c.start_on
    last: ColumnElement[Any] = func.upper(feature.c.occurrence) - 1
    if asked.start:
        first = func.greatest(first, asked.start)
    if asked.end:
        last = func.least(last, asked.end)
    # Timestamps without a zone, so that days are days whatever zone the server is in.
    begin = func.date_trunc(per.value, cast(first, TIMESTAMP))
    step = text(f"interval '1 {per.value}'")
    stretch = func.generate_series(begin, cast(last, TIMESTAMP), step).column_valued("stretch", joins_implicitly=True)
    start = cast(stretch, Date).label("start")
    return (
        select(start, feature.c.event, func.count())
        .select_from(feature)  # first, since the series refers to it
        .where(*conditions(query))
        .group_by(start, feature.c.event)
        .order_by(start, feature.c.event)
    )


def changes(query: Query) -> Select[Any]:
    """For `swept`: how many features of each event start and how many end on each day, of a query that `by_day` holds
    of, whatever days it asks for."""
    held = feature_day.c
    sums = [cast(func.sum(each), Integer).label(each.name) for each in (held.starting, held.ending)]
    days = select(held.day, type_coerce(held.event, Text).label("event"), *sums).where(*_of_days(query))
    return days.group_by(held.day, held.event).order_by(held.day, held.event)


def swept(rows: Sequence[Row[Any]], per: Per, asked: Days | None) -> Iterator[tuple[date, str, int]]:
    """What `timeline` finds, from the rows of `changes`: a feature goes on from its first day to its last."""
    days = asked or Days(None, None)
    starts = deque((row.day, row.event, row.starting) for row in rows if row.starting)
    ends = deque((row.day, row.event, row.ending) for row in rows if row.ending)
    if not starts:
        return
    first, last = max(starts[0][0], days.start or date.min), min(ends[-1][0], days.end or date.max)
    going_on: Counter[str] = Counter()
    start = per.first_day(first)
    while start <= last:
        begin, end = max(start, first), min(per.last_day(start), last)
        while starts and starts[0][0] <= end:
            _, event, number = starts.popleft()
            going_on[event] += number
        while ends and ends[0][0] < begin:
            _, event, number = ends.popleft()
            going_on[event] -= number
        yield from ((start, event, number) for event, number in sorted(going_on.items()) if number)
        start = per.last_day(start) + timedelta(days=1)


def by_day(query: Query) -> bool:
    """Whether the counts that are kept by day can tell what a query finds."""
    return query.filter is None and values(query).keys() <= _KEPT


def kept(query: Query) -> Select[int]:
    """How many there are on all pages, of a query that `by_day` holds of: what has started less what has ended."""
    asked, held = query.occurrence or Days(None, None), feature_day.c
    started: ColumnElement[Any] = func.coalesce(func.sum(held.starting), literal_column("0"))
    if asked.end:
        last = bindparam("last_day", asked.end, Date)
        started = func.coalesce(func.sum(held.starting).filter(held.day <= last), literal_column("0"))
    if asked.start is None:
        return select(started).where(*_of_days(query))
    ended = func.sum(held.ending).filter(held.day < bindparam("first_day", asked.start, Date))
    return select(started - func.coalesce(ended, literal_column("0"))).where(*_of_days(query))


_KEPT = frozenset({"only", "kind", "event", "first_day", "last_day", "months", "month_from", "month_to"})


def _of_days(query: Query) -> list[ColumnElement[bool]]:
    """The conditions on kind and event, of the counts instead of the features."""
    given = values(query)
    columns = {name: type_coerce(feature_day.c[name], Text) for name in ("kind", "event")}
    found = [
        column == func.any(bindparam(name, given[name], ARRAY(Text)))
        for name, column in columns.items()
        if name in given
    ]
    return [*found, *([columns["kind"] == bindparam("only", given["only"], Text)] if "only" in given else [])]


def coverage(published: Days | None, publisher: str | None) -> Select[Any]:
    """Of each day of publication and publisher: reports, how many held no claim, claims, and what was not settled."""
    unsettled = (
        select(func.count())
        .select_from(resolution)
        .join(mention, (mention.c.report_id == resolution.c.report_id) & (mention.c.ordinal == resolution.c.mention))
        .where(
            resolution.c.report_id == report.c.id,
            mention.c.use == Use.LITERAL,
            resolution.c.outcome.in_((MentionOutcome.AMBIGUOUS, MentionOutcome.UNKNOWN)),
        )
        .scalar_subquery()
    )
    undrawn = select(func.count()).select_from(issue).where(issue.c.report_id == report.c.id).scalar_subquery()
    drawn = select(func.count()).where(feature_key.c.report_id == report.c.id).scalar_subquery()
    statement = (
        select(
            report.c.published,
            source.c.publisher,
            func.count().label("reports"),
            func.count().filter(report.c.claim_count == 0).label("without_claims"),
            cast(func.sum(report.c.claim_count), Integer).label("claims"),
            cast(func.sum(drawn), Integer).label("features"),
            cast(func.sum(unsettled), Integer).label("unsettled_names"),
            cast(func.sum(undrawn), Integer).label("undrawn_expressions"),
        )
        .join(source)
        .group_by(report.c.published, source.c.publisher)
        .order_by(report.c.published.desc(), source.c.publisher)
    )
    if published and published.start:
        statement = statement.where(report.c.published >= published.start)
    if published and published.end:
        statement = statement.where(report.c.published <= published.end)
    return statement if publisher is None else statement.where(source.c.publisher == publisher)
