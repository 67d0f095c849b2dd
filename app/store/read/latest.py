"""Features in the order asked for, and no more of them read than are told, however many there are."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, bindparam, func, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY

from app.store.read import order
from app.store.read.query import LASTING_MONTH, Query, conditions
from app.store.tables import months
from app.store.tables.interpretation import LASTING, feature


def found(query: Query, told: Sequence[ColumnElement[Any]], *more: ColumnElement[bool]) -> Select[Any]:
    """The columns `told` of the features that the query asks for and of which `more` is true; the caller limits them.
    What `order.columns` names has to be among those of a query with another order than the latest first."""
    beyond = [order.beyond(query.sort, query.after)] if query.after else []
    looked_for = [
        select(*told).where(*part, *beyond, *more).order_by(*order.ordering(query.sort)) for part in _parts(query)
    ]
    if len(looked_for) == 1:
        return looked_for[0]
    reach = bindparam("reach", type_=Integer)
    return select(union_all(*(select(part.limit(reach).subquery()) for part in looked_for)).subquery())


def values(query: Query, reach: int) -> dict[str, Any]:
    """Of the names in `found`; `reach` is how many features are needed."""
    return {"reach": reach, **_own(query)}


def _parts(query: Query) -> list[list[ColumnElement[bool]]]:
    """The latest first: what starts on the days asked for, and then what had started before and still goes on. The
    first is found in its order by the index alone, and the second looked for only where the first is not enough."""
    own = _own(query)
    if not own:
        return [conditions(query)]
    first, rest = bindparam("first_day", type_=Date), conditions(replace(query, occurrence=None))
    started = [feature.c.start_on >= first]
    if "own_months" in own:
        started.append(_in_months("own_months"))
        started.append(feature.c.start_on <= bindparam("last_day", type_=Date))
    else:
        started.append(or_(feature.c.month == LASTING_MONTH, feature.c.month >= bindparam("own_from", type_=Date)))
    # Not by `start_on`, of which an index would find all that had started ever since.
    before = [func.lower(feature.c.occurrence, type_=Date) < first, feature.c.occurrence.op("@>")(first)]
    return [[*started, *rest], [*before, _in_months("months_before"), *rest]]


def _in_months(name: str) -> ColumnElement[bool]:
    return feature.c.month == func.any(bindparam(name, type_=ARRAY(Date)))


def _own(query: Query) -> dict[str, Any]:
    """The months in which something may start on the days asked for, and those in which something may have started
    that goes on to the first of them; nothing where that does not help."""
    asked = query.occurrence
    if asked is None or asked.start is None or query.sort != order.LATEST:
        return {}
    first = months.first_of_month(asked.start)
    before = {"months_before": months.before(asked.start)}
    if asked.end is None:
        return {"own_from": first, **before}
    return {"own_months": [LASTING, *months.listed(first, months.first_of_month(asked.end))], **before}
