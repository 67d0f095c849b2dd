"""Which reports are stored, and what one of them says, back as the domain knows it: for redrawing from evidence."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, exists, select

from app.domain.reading import Reading
from app.domain.report import Report
from app.store.tables.evidence import (
    claim,
    claim_expression,
    mention,
    passage,
    report,
    source,
    spatial_expression,
    speaker,
)
from app.store.tables.interpretation import interpretation
from app.store.write.evidence import reading_of, report_of
from app.store.write.run import Run


def is_known(connection: Connection, report_id: str) -> bool:
    """True where a report was read and stored, also where it held nothing."""
    return bool(connection.execute(select(exists().where(report.c.id == report_id))).scalar_one())


def known_ids(connection: Connection, report_ids: Collection[str]) -> set[str]:
    """Those of the reports that were read and stored."""
    return set(connection.execute(select(report.c.id).where(report.c.id.in_(report_ids))).scalars())


def report_ids(connection: Connection) -> list[str]:
    """Of all stored reports, in a fixed order."""
    return list(connection.execute(select(report.c.id).order_by(report.c.published, report.c.id)).scalars())


def stale_report_ids(connection: Connection, run: Run) -> list[str]:
    """Of the reports whose interpretation another run made, or none."""
    made = interpretation.c.report_id == report.c.id
    fresh = select(interpretation.c.report_id).where(made, interpretation.c.run_id == run.id).exists()
    return list(
        connection.execute(select(report.c.id).where(~fresh).order_by(report.c.published, report.c.id)).scalars()
    )


def load_reading(connection: Connection, report_id: str) -> tuple[Report, Reading]:
    """A stored report and its reading, equal to those that were written. Raises LookupError for an unknown id."""
    row = connection.execute(
        select(report, source.c.publisher).join(source).where(report.c.id == report_id)
    ).one_or_none()
    if row is None:
        raise LookupError(f"no report {report_id}")
    claims = select(claim, speaker.c.name, speaker.c.side).join(speaker)
    reading = reading_of(
        row.lang,
        passages=_rows(connection, select(passage), passage, report_id),
        mentions=_rows(connection, select(mention), mention, report_id),
        expressions=_rows(connection, select(spatial_expression), spatial_expression, report_id),
        claims=_rows(connection, claims, claim, report_id),
        claim_expressions=_rows(connection, select(claim_expression), claim_expression, report_id),
    )
    return report_of(row), reading


def _rows(connection: Connection, statement: Select[Any], table: Table, report_id: str) -> list[Row[Any]]:
    """The report's rows of a table, in the order of its key."""
    return list(connection.execute(statement.where(table.c.report_id == report_id).order_by(*table.primary_key)).all())
