"""In which partition a feature lies: by the month it starts in, made when it is needed; what lasts has one of its own.

What is asked for between two days starts between them, at most LASTING_DAYS before, or lasts: so a few partitions are
looked at, however many there are.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, select, text

from app.store.tables.interpretation import LASTING, LASTING_DAYS, feature, feature_key

SCHEMA = "feature_month"
FIRST, END = date(2014, 1, 1), date(2036, 1, 1)
"""Months from the one on and before the other have a partition each; those before and after, one together."""
ROW_BYTES = 4000
"""Of a longer row the body is compressed; only where that is not enough is it kept elsewhere and looked for."""
_ADVISORY = 7_032_014
"""A number of our own, by which makers of partitions wait for each other."""

_MISSING = text(
    # By the catalogue's rows: what to_regclass has not found once, it does not find in the same transaction again.
    "SELECT month FROM unnest(CAST(:months AS date[])) month WHERE NOT EXISTS ("
    "SELECT FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE n.nspname = :schema AND relname = to_char(month, '\"m\"YYYY_MM')) ORDER BY month"
)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def next_month(month: date) -> date:
    return first_of_month(month + timedelta(days=31))


def month_of(start: date, end: date) -> date:
    """Where a feature that occurs from one day to the other, both included, is stored."""
    return LASTING if (end - start).days >= LASTING_DAYS else first_of_month(start)


def between(start: date | None, end: date | None) -> tuple[date | None, date | None]:
    """The first and the last month in which something may start that shares a day with these and does not last."""
    first = None if start is None else first_of_month(max(start, date.min + timedelta(LASTING_DAYS)) - _REACH)
    return first, None if end is None else first_of_month(end)


def before(day: date) -> list[date]:
    """Where something is stored that has started before the day and goes on to it."""
    first, _ = between(day, None)
    last = first_of_month(day - timedelta(days=1)) if day > date.min else date.min
    return [LASTING, *listed(first or date.min, last)]


_REACH = timedelta(days=LASTING_DAYS - 1)


def listed(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        if first >= first_of_month(date.max):
            return
        first = next_month(first)


def missing(connection: Connection, months: Iterable[date]) -> Sequence[date]:
    """Of these, the months that need a partition and have none."""
    own = sorted({month for month in months if FIRST <= month < END})
    return connection.execute(_MISSING, {"months": own, "schema": SCHEMA}).scalars().all() if own else ()


def make(connection: Connection, months: Collection[date]) -> None:
    """Partitions for these months, where there are none. For a transaction of its own: who writes features meanwhile
    waits for its end. Who reads does not."""
    if not missing(connection, months):
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY})
    for month in missing(connection, months):
        name = f"{SCHEMA}.m{month:%Y_%m}"
        # Made apart and then attached, which readers do not notice; made in place, it would keep them all out.
        rows = f"WITH (toast_tuple_target = {ROW_BYTES})"
        connection.execute(text(f"CREATE TABLE {name} (LIKE feature INCLUDING ALL) {rows}"))
        bounds = f"FROM ('{month}') TO ('{next_month(month)}')"
        connection.execute(text(f"ALTER TABLE feature ATTACH PARTITION {name} FOR VALUES {bounds}"))


def found(connection: Connection, *conditions: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """The conditions that find the features of which these are true of their keys, without a look into all months."""
    key = feature_key.c
    rows = connection.execute(select(key.id, key.start_on, key.month).where(*conditions)).all()
    return [
        column.in_(sorted({getattr(row, column.name) for row in rows}))
        for column in (feature.c.month, feature.c.start_on, feature.c.id)
    ]
