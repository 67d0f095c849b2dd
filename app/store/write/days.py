"""How many features there are by day, kind and event, and where: kept with every change, so that no one has to count.

A feature counts on the day it starts and on its last; what goes on at a day is what has started less what has ended.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from shapely import MultiPoint
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    Row,
    Select,
    bindparam,
    cast,
    delete,
    func,
    select,
    union_all,
    update,
)
from sqlalchemy import literal_column as number
from sqlalchemy.dialects.postgresql import insert

from app.domain.feature import Feature
from app.domain.vocabulary import Event, FeatureKind
from app.store.tables.columns import geometry
from app.store.tables.interpretation import LASTING, feature, feature_day, feature_key
from app.store.tables.months import found

Key = tuple[date, FeatureKind, Event]
Columns = tuple[ColumnElement[Any], ...]
KEY = ("day", "kind", "event")


def add(connection: Connection, features: Iterable[Feature]) -> None:
    """Count features that were written in this transaction."""
    starting: Counter[Key] = Counter()
    ending: Counter[Key] = Counter()
    corners: dict[Key, list[tuple[float, float]]] = defaultdict(list)
    for each in features:
        first, last = ((day, each.footprint.kind, each.claim.event) for day in (each.claim.start, each.claim.end))
        starting[first] += 1
        ending[last] += 1
        west, south, east, north = each.footprint.geometry.bounds
        corners[first] += [(west, south), (east, north)]
    rows = [
        dict(zip(KEY, key, strict=True))
        | {"starting": starting[key], "ending": ending[key]}
        | {"corners": MultiPoint(corners[key]).wkb if key in corners else None}
        for key in sorted(starting.keys() | ending.keys())
    ]
    if rows:
        connection.execute(_ADD, rows)


def of_reports(connection: Connection, report_ids: Collection[str]) -> Sequence[Row[Any]]:
    """What the features of these reports add to the counts."""
    if not report_ids:
        return ()
    return connection.execute(_counted(found(connection, feature_key.c.report_id.in_(report_ids)))).all()


def remove(connection: Connection, counted: Sequence[Row[Any]]) -> None:
    """Count no more what `of_reports` told of features that are deleted by now."""
    held = feature_day.c
    for row in counted:
        around = select(_box(feature.c.geom)).where(
            feature.c.start_on == row.day,
            feature.c.month.in_((LASTING, row.day.replace(day=1))),
            feature.c.kind == row.kind,
            feature.c.event == row.event,
        )
        left = {"starting": held.starting - row.starting, "ending": held.ending - row.ending}
        here = [held[name] == getattr(row, name) for name in KEY]
        connection.execute(update(feature_day).where(*here).values(**left, around=around.scalar_subquery()))
    if counted:
        connection.execute(delete(feature_day).where(held.starting == 0, held.ending == 0))


def _counted(conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """What the features that these hold of add to the counts."""
    own = feature.c.kind, feature.c.event
    first: Columns = feature.c.start_on.label("day"), *own, number("1").label("starting"), number("0").label("ending")
    last: Columns = (func.upper(feature.c.occurrence) - 1).label("day"), *own, number("0"), number("1")
    ends = union_all(select(*first).where(*conditions), select(*last).where(*conditions)).subquery("ends")
    key = [ends.c[name] for name in KEY]
    sums = [cast(func.sum(ends.c[name]), Integer).label(name) for name in ("starting", "ending")]
    return select(*key, *sums).group_by(*key).order_by(*key)


def _box(shape: ColumnElement[Any]) -> ColumnElement[Any]:
    """The box around all of them; null around nothing."""
    return func.ST_Envelope(func.ST_SetSRID(cast(func.ST_Extent(shape), geometry()), number("4326")))


def _add() -> Any:
    corners = func.ST_SetSRID(func.geometry(bindparam("corners", type_=LargeBinary)), number("4326"))
    given: dict[str, Any] = {name: bindparam(name) for name in (*KEY, "starting", "ending")}
    statement = insert(feature_day).values(**given, around=func.ST_Envelope(corners))
    held, new = feature_day.c, statement.excluded
    return statement.on_conflict_do_update(
        index_elements=KEY,
        set_={
            "starting": held.starting + new.starting,
            "ending": held.ending + new.ending,
            "around": func.ST_Envelope(func.ST_Collect(held.around, new.around)),
        },
    )


_ADD = _add()
