"""What requests read: pages of features, one feature, one report with all that hangs on it. Nothing here writes."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.reading import Reading
from app.domain.report import Report
from app.domain.vocabulary import FeatureKind
from app.linking.statement import Statement
from app.linking.web import Relative
from app.store import query as statements
from app.store.ledger import web
from app.store.load import is_known, load_reading
from app.store.months import found
from app.store.query import Query
from app.store.revisions import revisions
from app.store.tables import claim, feature, feature_day, feature_key, issue, report, resolution, revision, source

PIECE = 500
"""Features that are held at a time where all are sent."""


@dataclass(frozen=True, slots=True)
class State:
    """Which state of the data an answer shows: another number is another answer."""

    number: int
    changed: datetime


@dataclass(frozen=True, slots=True)
class Extent:
    box: tuple[float, float, float, float]
    """West, south, east, north."""
    first: date | None
    last: date | None
    """None where there is no time, or no end of it."""


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


async def state(connection: AsyncConnection) -> State:
    row = (await connection.execute(select(revision.c.number, revision.c.changed))).one()
    return State(row.number, row.changed)


async def every(connection: AsyncConnection, query: Query) -> AsyncIterator[Sequence[str]]:
    """Bodies of all features in pieces, through a cursor of the server, so that any number fits in memory."""
    result = await connection.stream(statements.every(query), execution_options={"yield_per": PIECE})
    async for rows in result.partitions():
        yield [row.body for row in rows]


async def matched(connection: AsyncConnection, query: Query) -> int:
    return (await connection.execute(statements.count(query))).scalar_one()


async def newest(connection: AsyncConnection) -> dict[str, str]:
    """Ids of the newest `feature`, of its `claim` and of its `report`; empty where nothing is stored."""
    latest = select(
        feature.c.id.label("feature"), feature.c.claim_id.label("claim"), feature.c.report_id.label("report")
    )
    ordered = latest.order_by(feature.c.start_on.desc(), feature.c.id.desc()).limit(1)
    row = (await connection.execute(ordered)).mappings().one_or_none()
    return dict(row) if row else {}


async def extent(connection: AsyncConnection, only: FeatureKind | None = None) -> Extent | None:
    """None where there is no feature. Told by the counts, not by the features."""
    held = feature_day.c
    around = func.ST_Extent(held.around)
    corners = [edge(around) for edge in (func.ST_XMin, func.ST_YMin, func.ST_XMax, func.ST_YMax)]
    days = func.min(held.day), func.max(held.day).filter(held.ending > 0)
    statement = select(*corners, *days)
    if only is not None:
        statement = statement.where(held.kind == only)
    *box, first, last = (await connection.execute(statement)).one()
    return None if first is None else Extent((box[0], box[1], box[2], box[3]), first, last)


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
