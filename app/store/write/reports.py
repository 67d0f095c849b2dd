"""Stores reports with everything read and drawn from them, once; redraws what was drawn from one before.

Writing has two steps. Storing copies many reports at once and notes that their links are not counted yet; any number of
processes do so side by side. Counting (`count.py`) sees to revisions and to `independent_sources`, one process at a
time. A stop between the two loses nothing: what is noted is counted by whoever comes next.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects.postgresql import insert

from app.domain.feature import Feature, Understanding
from app.store.tables import interpretation as derived
from app.store.tables import months
from app.store.tables.evidence import report, source, speaker
from app.store.tables.jobs import uncounted
from app.store.tables.operations import run as run_table
from app.store.write import days
from app.store.write.copy import copy_rows
from app.store.write.count import count_links, next_revision, wait_for_turn
from app.store.write.evidence import Values, evidence, report_values, source_id, speakers
from app.store.write.interpretation import ground, interpretation
from app.store.write.ledger import claims_of, recount, touched
from app.store.write.run import Run


@dataclass(frozen=True, slots=True)
class Entry:
    """A report to be stored, with what was made of it and the moment it was received."""

    understanding: Understanding
    features: Sequence[Feature]
    recorded: datetime

    @property
    def id(self) -> str:
        return self.understanding.report.id


def write(
    connection: Connection,
    understanding: Understanding,
    features: Sequence[Feature],
    run: Run,
    recorded: datetime | None = None,
) -> bool:
    """True where the report is new; False, and nothing is written, where it is already known.

    All or nothing, links counted. `recorded` is now, unless given.
    """
    entry = Entry(understanding, features, recorded or datetime.now(UTC))
    _make_room(connection, [entry])
    with _transaction(connection):
        wait_for_turn(connection)
        new = _store(connection, [entry], run)
        count_links(connection, new)
        days.add(connection, features if new else ())
    return bool(new)


def write_all(connection: Connection, entries: Iterable[Entry], run: Run) -> set[str]:
    """Ids of the reports that are new; nothing is written of those that are known. All or nothing.

    Their links are noted as not counted. Any number of processes may write at once, also the same reports: rows that
    two may want to add are added in one order everywhere, so that none waits for the other in a circle.
    """
    by_id = {entry.id: entry for entry in entries}
    _make_room(connection, by_id.values())
    with _transaction(connection):
        if new := _store(connection, by_id.values(), run):
            next_revision(connection)
            days.add(connection, [feature for key in new for feature in by_id[key].features])
    return new


def redraw(connection: Connection, understanding: Understanding, features: Sequence[Feature], run: Run) -> None:
    """Replaces all that was derived from a stored report; its evidence is not touched.

    Raises LookupError for a report that is not stored.
    """
    report_id = understanding.report.id
    entry = Entry(understanding, features, datetime.now(UTC))
    _make_room(connection, [entry])
    with _transaction(connection):
        wait_for_turn(connection)
        held = connection.execute(
            select(report.c.recorded, report.c.superseded_by).where(report.c.id == report_id).with_for_update()
        ).one_or_none()
        if held is None:
            raise LookupError(f"no report {report_id} to redraw")
        before, drawn = touched(connection, [report_id]), days.of_reports(connection, [report_id])
        _add_new(connection, run_table, [_run_values(run)])
        connection.execute(delete(derived.interpretation).where(derived.interpretation.c.report_id == report_id))
        on_map = held.superseded_by is None
        _interpret(connection, [replace(entry, recorded=held.recorded)], run, on_map=on_map)
        recount(connection, before.union(claims_of(connection, [report_id])))
        next_revision(connection)
        days.remove(connection, drawn)
        days.add(connection, features if on_map else ())


def forget(connection: Connection, report_id: str) -> None:
    """Removes a report with all that was read and derived from it; what others claim stays as it was.

    A revision that it superseded comes back onto the map when it is redrawn.
    Raises LookupError for a report that is not stored.
    """
    with _transaction(connection):
        wait_for_turn(connection)
        others = touched(connection, [report_id]) - set(claims_of(connection, [report_id]))
        drawn = days.of_reports(connection, [report_id])
        if connection.execute(delete(report).where(report.c.id == report_id)).rowcount == 0:
            raise LookupError(f"no report {report_id} to forget")
        recount(connection, others)
        next_revision(connection)
        days.remove(connection, drawn)


def _make_room(connection: Connection, entries: Iterable[Entry]) -> None:
    """Before anything is written, so that no writer waits for another's tables while it holds what that one needs."""
    claims = [feature.claim for entry in entries for feature in entry.features]
    with _transaction(connection):
        months.make(connection, {months.month_of(claim.start, claim.end) for claim in claims})


def _transaction(connection: Connection) -> AbstractContextManager[object]:
    """A transaction of its own, or a savepoint inside the caller's."""
    return connection.begin_nested() if connection.in_transaction() else connection.begin()


def _store(connection: Connection, entries: Iterable[Entry], run: Run) -> set[str]:
    by_id = {entry.id: entry for entry in entries}
    publishers = {entry.understanding.report.publisher for entry in by_id.values()}
    _add_new(connection, source, [{"id": source_id(name), "publisher": name} for name in publishers])
    new = _add_reports(connection, [by_id[key] for key in sorted(by_id)])
    if new:
        _add_new(connection, run_table, [_run_values(run)])
        _add_parts(connection, [entry for key, entry in by_id.items() if key in new], run)
        copy_rows(connection, uncounted, [{"report_id": key} for key in sorted(new)])
    return new


def _add_reports(connection: Connection, entries: Sequence[Entry]) -> set[str]:
    """Ids of those that are new. Two writers of one report wait for each other here."""
    rows = [
        report_values(entry.understanding.report, entry.understanding.reading) | {"recorded": entry.recorded}
        for entry in entries
    ]
    statement = insert(report).on_conflict_do_nothing().returning(report.c.id)
    return set(connection.execute(statement, rows).scalars()) if rows else set()


def _add_parts(connection: Connection, entries: Sequence[Entry], run: Run) -> None:
    told = [each for entry in entries for each in speakers(entry.understanding.reading)]
    _add_new(connection, speaker, list({each["id"]: each for each in told}.values()))
    rows: dict[Table, list[Values]] = defaultdict(list)
    for entry in entries:
        for table, some in evidence(entry.understanding.report, entry.understanding.reading):
            rows[table] += some
    for table, some in rows.items():  # in the order of `evidence`: each after those it refers to
        copy_rows(connection, table, some)
    _interpret(connection, entries, run)


def _interpret(connection: Connection, entries: Sequence[Entry], run: Run, *, on_map: bool = True) -> None:
    """What was resolved and drawn; of a superseded report nothing that others or the map would meet."""
    rows: dict[Table, list[Values]] = defaultdict(list)
    for entry in entries:
        drawn = ground(entry.features) if on_map else None
        rows[derived.interpretation].append({"report_id": entry.id, "run_id": run.id, "ground": drawn})
        for table, some in interpretation(entry.understanding, entry.features, run.id, entry.recorded):
            if on_map or table not in (derived.feature_key, derived.feature, derived.claim_key):
                rows[table] += some
    for table, some in rows.items():
        copy_rows(connection, table, some)


def _run_values(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "code_version": run.code_version,
        "gazetteer_digest": run.gazetteer_digest,
        "rules_version": run.rules_version,
    }


def _add_new(connection: Connection, table: Table, rows: list[Values]) -> None:
    if rows:
        ordered = sorted(rows, key=lambda row: str(row["id"]))
        connection.execute(insert(table).on_conflict_do_nothing(), ordered)
