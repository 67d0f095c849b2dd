"""What a CQL2 expression (OGC 21-065r2, as JSON) asks of the features; every value in it becomes a bound parameter."""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_

from app.store.cql import shapes, times
from app.store.cql.terms import (
    FEATURES,
    PATTERN_ESCAPE,
    BadExpression,
    Kind,
    Subject,
    Term,
    alike,
    is_folding,
    shown,
    term,
)

Json = Any
DEPTH_MAX, NODES_MAX = 64, 4_000
"""How deep an expression may be nested, and of how many operations and values it may consist."""
COMPARISONS: Mapping[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
OPERATIONS = ("and", "or", "not", *COMPARISONS, "like", "between", "in", "isNull", "casei", "accenti",
              *shapes.RELATIONS, *times.RELATIONS)  # fmt: skip


def condition(expression: Json, of: Subject = FEATURES) -> ColumnElement[bool]:
    """BadExpression for what is no CQL2, is too deep or too long, or uses what there is not."""
    _measure(expression)
    return _condition(expression, of)


def _measure(expression: Json) -> None:
    """Level by level, since a descent would end where the interpreter's stack does."""
    level, nodes, depth = [expression], 0, 0
    while level:
        nodes, depth = nodes + len(level), depth + 1
        # An operation is two levels: the object, and the list of its arguments.
        if depth > 2 * DEPTH_MAX or nodes > NODES_MAX:
            raise BadExpression(f"it is nested deeper than {DEPTH_MAX}, or has more than {NODES_MAX} parts")
        level = [inner for each in level for inner in _inside(each)]


def _inside(node: Json) -> Sequence[Json]:
    if isinstance(node, Mapping):
        return [*node.values()]
    return node if isinstance(node, list) else ()


def _condition(node: Json, of: Subject) -> ColumnElement[bool]:
    match node:
        case {"op": str(op), "args": [*args]} if not is_folding(node):
            return _operation(op, args, of)
        case bool() | {"property": _}:
            told = term(node, of)
            if told.kind is Kind.FLAG:
                return told.sql
    raise BadExpression(f"“{shown(node)}” is no condition; one compares a property with a value")


def _operation(op: str, args: Sequence[Json], of: Subject) -> ColumnElement[bool]:  # noqa: PLR0911 — one for each form
    match op, args:
        case "and" | "or", [_, _, *_]:
            return (and_ if op == "and" else or_)(*(_condition(arg, of) for arg in args))
        case "not", [inner]:
            return not_(_condition(inner, of))
        case "isNull", [told]:
            return (shapes.shape(told, of) if shapes.is_shape(told) else term(told, of).sql).is_(None)
        case "like", [told, pattern]:
            return _like(term(told, of), term(pattern, of))
        case "between", [told, low, high]:
            return and_(_compared(">=", told, low, of), _compared("<=", told, high, of))
        case "in", [told, [_, *_] as values]:
            return _in(term(told, of), [term(value, of) for value in values])
        case _, [left, right] if op in COMPARISONS:
            return _compared(op, left, right, of)
        case _, [left, right] if op in shapes.RELATIONS:
            return shapes.related(op, left, right, of)
        case _, [left, right] if op in times.RELATIONS:
            return times.related(op, left, right, of)
    raise BadExpression(f"“{op[:50]}” is not known in this form; there are {', '.join(OPERATIONS)}")


def _compared(op: str, left: Json, right: Json, of: Subject) -> ColumnElement[bool]:
    first, second = alike(term(left, of), term(right, of))
    return COMPARISONS[op](first.sql, second.sql)


def _in(told: Term, values: Sequence[Term]) -> ColumnElement[bool]:
    pairs = [alike(told, value) for value in values]
    first = pairs[0][0]
    if any(each.kind is not first.kind for each, _ in pairs):
        raise BadExpression("the values after in have to be of one kind")
    return first.sql.in_([value.sql for _, value in pairs])


def _like(told: Term, pattern: Term) -> ColumnElement[bool]:
    if told.kind is not Kind.TEXT or pattern.kind is not Kind.TEXT or pattern.value is None:
        raise BadExpression("like compares a text with a pattern in quotes, with % for any letters and _ for one")
    return told.sql.like(pattern.sql, escape=PATTERN_ESCAPE)
