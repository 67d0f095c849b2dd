"""One report with all that hangs on it, and one claim in its report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from app.domain.reading import Reading
from app.domain.report import Report
from app.linking.statement import Statement
from app.linking.web import Relative
from app.store.read.load import is_known, load_reading
from app.store.tables.evidence import claim, report, source
from app.store.tables.interpretation import feature, feature_key, issue, resolution
from app.store.tables.months import found
from app.store.write.ledger import web
from app.store.write.revisions import revisions


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report with all that was read from it, and the rows of what was resolved and drawn."""

    report: Report
    reading: Reading
    recorded: datetime
    resolutions: Sequence[Row[Any]]
    """Parallel to the reading's mentions."""
    issues: Sequence[Row[Any]]
    bodies: Sequence[str]
    revisions: Sequence[tuple[str, datetime]] = ()
    """All states of the page, by id and moment of recording, the oldest first; none where there is but one."""
    whole: bool = True
    """Whether its text may be shown whole, and not only what is quoted of it."""


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim in its report, with its features and the claims around it."""

    ordinal: int
    """In the report's reading, where it is told first."""
    stored: StoredReport
    bodies: Sequence[str]
    independent_sources: int
    copies: Sequence[Statement]
    relatives: Sequence[Relative]


def stored_report(connection: Connection, report_id: str) -> StoredReport | None:
    """None for an unknown id. For use under `run_sync`: reports are asked for one at a time."""
    if not is_known(connection, report_id):
        return None
    held, reading = load_reading(connection, report_id)
    of_report = found(connection, feature_key.c.report_id == report_id)
    drawn = select(feature.c.body).where(*of_report).order_by(feature.c.claim, feature.c.id)
    return StoredReport(
        held,
        reading,
        connection.execute(select(report.c.recorded).where(report.c.id == report_id)).scalar_one(),
        _rows(connection, resolution, report_id),
        _rows(connection, issue, report_id),
        connection.execute(drawn).scalars().all(),
        revisions(connection, report_id) if held.url else (),
        _may_be_shown(connection, held.publisher),
    )


def _may_be_shown(connection: Connection, publisher: str) -> bool:
    """Where no feed told any terms, whoever brought the report here answers for it."""
    told = connection.execute(select(source.c.republishable).where(source.c.publisher == publisher))
    return told.scalar_one_or_none() is not False


def stored_claim(connection: Connection, claim_id: str) -> StoredClaim | None:
    """None for an unknown id. For use under `run_sync`, like `stored_report`."""
    told = select(claim.c.report_id, claim.c.ordinal).where(claim.c.id == claim_id).order_by(claim.c.ordinal).limit(1)
    row = connection.execute(told).one_or_none()
    stored = row and stored_report(connection, row.report_id)
    if row is None or stored is None:
        return None
    drawn = select(feature.c.body).where(*found(connection, feature_key.c.claim_id == claim_id)).order_by(feature.c.id)
    bodies = connection.execute(drawn).scalars().all()
    around = web(connection, [claim_id])
    return StoredClaim(
        row.ordinal,
        stored,
        bodies,
        around.independent_sources(claim_id),
        around.copies(claim_id),
        around.relatives(claim_id),
    )


def _rows(connection: Connection, table: Table, report_id: str) -> Sequence[Row[Any]]:
    ordered = select(table).where(table.c.report_id == report_id).order_by(*table.primary_key)
    return connection.execute(ordered).all()
