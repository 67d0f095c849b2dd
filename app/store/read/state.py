"""Which state the data are in, what is newest in it, and how far it reaches in space and time."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.vocabulary import FeatureKind
from app.store.tables.interpretation import feature, feature_day
from app.store.tables.operations import revision


@dataclass(frozen=True, slots=True)
class State:
    """Which state of the data an answer shows: another number is another answer."""

    number: int
    changed: datetime


STATE = select(revision.c.number, revision.c.changed)
"""The row of a `State`."""
STATE_BESIDE = [select(column).scalar_subquery() for column in STATE.selected_columns]
"""The same as columns of a statement on other tables, which so tells of the one state that it sees."""


@dataclass(frozen=True, slots=True)
class Extent:
    box: tuple[float, float, float, float]
    """West, south, east, north."""
    first: date | None
    last: date | None
    """None where there is no time, or no end of it."""


async def state_of(connection: AsyncConnection) -> State:
    return State(*(await connection.execute(STATE)).one())


async def newest(connection: AsyncConnection) -> dict[str, str]:
    """Ids of the newest `feature`, of its `claim` and of its `report`, and the name of its `publisher`; empty where
    nothing is stored."""
    latest = select(
        feature.c.id.label("feature"),
        feature.c.claim_id.label("claim"),
        feature.c.report_id.label("report"),
        feature.c.publisher,
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
