"""Stores a report with everything read and drawn from it, once; redraws what was drawn from it before."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, Table, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.domain.feature import Feature, Understanding
from app.domain.reading import Reading
from app.domain.report import Report
from app.store import tables
from app.store.evidence import Values, evidence, report_values, source_id, speakers
from app.store.interpretation import interpretation
from app.store.ledger import claims_of, recount, touched
from app.store.run import Run


def write(
    connection: Connection,
    understanding: Understanding,
    features: Sequence[Feature],
    run: Run,
    recorded: datetime | None = None,
) -> bool:
    """True where the report is new; False, and nothing is written, where it is already known.

    All or nothing, whatever stops it. `recorded` is now, unless given.
    """
    with _transaction(connection):
        when = _write_report(connection, understanding.report, understanding.reading, recorded)
        if when is None:
            return False
        _insert_new(connection, tables.speaker, speakers(understanding.reading))
        for table, rows in evidence(understanding.report, understanding.reading):
            _insert(connection, table, rows)
        _write_interpretation(connection, understanding, features, run, when)
        _take_turn(connection)
        recount(connection, claims_of(connection, understanding.report.id))
    return True


def redraw(connection: Connection, understanding: Understanding, features: Sequence[Feature], run: Run) -> None:
    """Replaces all that was derived from a stored report; its evidence is not touched.

    Raises LookupError for a report that is not stored.
    """
    report = tables.report
    with _transaction(connection):
        # The lock makes two redraws of one report wait for each other.
        held = select(report.c.recorded).where(report.c.id == understanding.report.id).with_for_update()
        recorded = connection.execute(held).scalar_one_or_none()
        if recorded is None:
            raise LookupError(f"no report {understanding.report.id} to redraw")
        _take_turn(connection)
        before = touched(connection, understanding.report.id)
        connection.execute(
            delete(tables.interpretation).where(tables.interpretation.c.report_id == understanding.report.id)
        )
        _write_interpretation(connection, understanding, features, run, recorded)
        recount(connection, before.union(claims_of(connection, understanding.report.id)))


def forget(connection: Connection, report_id: str) -> None:
    """Removes a report with all that was read and derived from it; what others claim stays as it was.

    Raises LookupError for a report that is not stored.
    """
    with _transaction(connection):
        _take_turn(connection)
        others = touched(connection, report_id) - set(claims_of(connection, report_id))
        if connection.execute(delete(tables.report).where(tables.report.c.id == report_id)).rowcount == 0:
            raise LookupError(f"no report {report_id} to forget")
        recount(connection, others)


def _take_turn(connection: Connection) -> None:
    """Tells readers of a change; every other writer waits from here to the end of this transaction, so that each sees
    the claims of all before it."""
    revision = tables.revision
    connection.execute(update(revision).values(number=revision.c.number + 1, changed=func.clock_timestamp()))


def _transaction(connection: Connection) -> AbstractContextManager[object]:
    """A transaction of its own, or a savepoint inside the caller's."""
    return connection.begin_nested() if connection.in_transaction() else connection.begin()


def _write_report(
    connection: Connection, report: Report, reading: Reading, recorded: datetime | None
) -> datetime | None:
    """When the report was recorded; None where it is known. Two writers of one report wait for each other here."""
    _insert_new(connection, tables.source, [{"id": source_id(report.publisher), "publisher": report.publisher}])
    values = report_values(report, reading) | ({"recorded": recorded} if recorded else {})
    statement = insert(tables.report).values(values).on_conflict_do_nothing().returning(tables.report.c.recorded)
    return connection.execute(statement).scalar_one_or_none()


def _write_interpretation(
    connection: Connection, understanding: Understanding, features: Sequence[Feature], run: Run, recorded: datetime
) -> None:
    _insert_new(
        connection,
        tables.run,
        [
            {
                "id": run.id,
                "code_version": run.code_version,
                "gazetteer_digest": run.gazetteer_digest,
                "rules_version": run.rules_version,
            }
        ],
    )
    _insert(connection, tables.interpretation, [{"report_id": understanding.report.id, "run_id": run.id}])
    for table, rows in interpretation(understanding, features, run.id, recorded):
        _insert(connection, table, rows)


def _insert(connection: Connection, table: Table, rows: list[Values]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _insert_new(connection: Connection, table: Table, rows: list[Values]) -> None:
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), rows)
