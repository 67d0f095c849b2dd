"""The rows of a database as they can be compared: everything but the moments of recording."""

from sqlalchemy import Text, cast, create_engine, select

from app.store.tables.jobs import job_result, metadata
from app.store.tables.operations import fetch_log

MOMENTS = {"recorded", "changed"}
JOURNALS = {fetch_log.name}
HISTORY = {job_result.name}
"""Tables that tell of attempts, not of what is known."""


def rows(url: str) -> dict[str, list[str]]:
    """By table, every row as text, in the order of its key. A feature's baked body is compared without `recorded`."""
    engine = create_engine(url)
    found = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name not in JOURNALS:
                columns = [cast(column, Text) for column in table.columns if column.name not in MOMENTS]
                result = connection.execute(select(*columns).order_by(*table.primary_key))
                found[table.name] = [_without_moment(str(tuple(row))) for row in result]
    engine.dispose()
    return found


def _without_moment(row: str) -> str:
    before, found, after = row.partition('"recorded":"')
    return before + after.partition('"')[2] if found else row


def without_revision(url: str) -> dict[str, list[str]]:
    """All rows but the count of changes, which tells how it came to them."""
    return {table: found for table, found in rows(url).items() if table != "revision"}


def differences(one: str, other: str) -> dict[str, int]:
    """Of two databases: by table, how many rows only one of them has. What tells how it came to them is left out."""
    first, second = without_revision(one), without_revision(other)
    apart = {table: len(set(first[table]) ^ set(second[table])) for table in first if table not in HISTORY}
    return {table: number for table, number in apart.items() if number}
