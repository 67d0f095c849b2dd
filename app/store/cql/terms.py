"""The values and properties that a CQL2 expression compares, each with its kind."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Double,
    Text,
    cast,
    collate,
    func,
    literal,
    literal_column,
    type_coerce,
)

from app.domain.properties import DAY, MOMENT, PROPERTIES, Property
from app.store.tables.interpretation import feature

Json = Any
PATTERN_ESCAPE = "\\"
_ICU = "und-x-icu"
"""A collation that knows the letters of every script, whatever the database's own knows."""
_MARKS = "[\u0300-\u036f]"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)\d*(Z|[+-]\d\d:\d\d)", re.ASCII)


class BadExpression(Exception):
    """Its text says which part cannot be asked, and what can."""


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    FLAG = "true or false"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Term:
    kind: Kind
    sql: ColumnElement[Any]
    value: Any = None
    """Where it was written, not read from a property."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a filter is asked of."""

    properties: Mapping[str, Property]
    column: Callable[[str], ColumnElement[Any]]
    """Where the value of a property is."""
    geometry: ColumnElement[Any]
    occurrence: ColumnElement[Any] | None = None
    """A range of days, where there is one, which an index answers; of the properties `start` and `end`."""


def term(node: Json, of: Subject) -> Term:  # noqa: PLR0911 — one for each form
    """BadExpression for what is neither a value nor a property."""
    match node:
        case bool():
            return Term(Kind.FLAG, literal(node, Boolean), node)
        case int() | float():
            return Term(Kind.NUMBER, literal(_finite(node), Double), node)
        case str():
            return Term(Kind.TEXT, literal(_storable(node), Text), node)
        case {"date": str(text)}:
            return day_term(text)
        case {"timestamp": str(text)}:
            return moment_term(text)
        case {"property": str(name)}:
            return _property(name, of)
        case {"op": "casei" | "accenti" as op, "args": [inner]}:
            return folded(op, term(inner, of))
    raise BadExpression(f"“{shown(node)}” is neither a value nor a property")


def shown(node: Json) -> str:
    """A part of an expression for whoever wrote it: a property by its name, all else as JSON."""
    match node:
        case {"property": str(name)}:
            return name[:60]
        case str():
            return node[:60]
    return json.dumps(node, ensure_ascii=False)[:60]


def day_term(text: str) -> Term:
    return Term(Kind.DAY, literal(said := day(text), Date), said)


def moment_term(text: str) -> Term:
    return Term(Kind.MOMENT, literal(now := moment(text), DateTime(timezone=True)), now)


def is_folding(node: Mapping[str, Json]) -> bool:
    return node["op"] in {"casei", "accenti"}


def folded(op: str, inner: Term) -> Term:
    """Without regard to capitals, or to marks above and below letters. In either script, й without its mark is и."""
    if inner.kind is not Kind.TEXT:
        raise BadExpression(f"{op} takes a text, not a {inner.kind}")
    if op == "casei":
        return Term(Kind.TEXT, func.lower(collate(inner.sql, _ICU)), inner.value)
    apart = func.normalize(inner.sql, literal_column("NFD"))
    return Term(Kind.TEXT, func.regexp_replace(apart, _MARKS, "", "g"), inner.value)


def alike(first: Term, second: Term) -> tuple[Term, Term]:
    """Both as the same kind: a text may be a day or a moment, and beside a day a moment is its day in UTC.

    BadExpression where they cannot be compared.
    """
    if first.kind is second.kind:
        return first, second
    kinds = {first.kind, second.kind}
    if kinds == {Kind.DAY, Kind.MOMENT}:
        return as_day(first), as_day(second)
    if kinds in ({Kind.TEXT, Kind.DAY}, {Kind.TEXT, Kind.MOMENT}):
        return alike(_as_time(first), _as_time(second))
    raise BadExpression(f"a {first.kind} cannot be compared with a {second.kind}")


def as_day(told: Term) -> Term:
    """Of a moment its day, in UTC."""
    if told.kind is not Kind.MOMENT:
        return told
    if told.value is not None:
        return day_term(told.value.date().isoformat())
    return Term(Kind.DAY, cast(func.timezone("UTC", told.sql), Date))


def _as_time(told: Term) -> Term:
    if told.kind is not Kind.TEXT:
        return told
    if told.value is None:
        raise BadExpression("a text cannot be compared with a day or a moment")
    return instant(told.value)


def instant(text: str) -> Term:
    """A day or a moment, whichever the text is."""
    return day_term(text) if _DAY.fullmatch(text) else moment_term(text)


def day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise BadExpression(f"“{text[:40]}” is no day, such as 2023-07-12")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadExpression(f"there is no day {text}") from error


def moment(text: str) -> datetime:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise BadExpression(f"“{text[:40]}” is no moment, such as 2023-07-12T06:00:00Z")
    try:
        return datetime.fromisoformat("".join(match.groups())).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadExpression(f"there is no moment {text[:40]}") from error


def _finite(number: float) -> float:
    try:
        if math.isfinite(number):
            return float(number)
    except OverflowError:
        pass
    raise BadExpression("a number is out of range")


def _storable(text: str) -> str:
    """What a text of the database can be: it has neither the NUL character nor half a character."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadExpression("a text holds a NUL character or half of one")
    return text


def _property(name: str, of: Subject) -> Term:
    if name not in of.properties:
        hint = "nothing is asked for with IS NULL" if name.upper() == "NULL" else "a text stands in single quotes"
        known = ", ".join(of.properties)
        raise BadExpression(f"there is no property “{name[:40]}” to compare ({hint}); there are {known}")
    return Term(_kind(of.properties[name]), of.column(name))


def _kind(about: Property) -> Kind:
    by_format = {DAY: Kind.DAY, MOMENT: Kind.MOMENT}
    if about.format is not None:
        return by_format[about.format]
    return {str: Kind.TEXT, float: Kind.NUMBER, int: Kind.NUMBER, bool: Kind.FLAG}[about.scalar]


def baked(body: ColumnElement[Any], name: str, about: Property) -> ColumnElement[Any]:
    """The value of a property as the text of a GeoJSON feature tells it."""
    told = cast(body, JSON)[("properties", name)].as_string()
    by_format: Mapping[str | None, Any] = {DAY: Date, MOMENT: DateTime(timezone=True)}
    by_scalar: Mapping[type, Any] = {bool: Boolean, int: Double, float: Double}
    kind = by_format.get(about.format) or by_scalar.get(about.scalar)
    return told if kind is None else cast(told, kind)


def _of_feature(name: str) -> ColumnElement[Any]:
    about = PROPERTIES[name]
    match name:
        case "start":
            return feature.c.start_on
        case "end":
            return func.upper(feature.c.occurrence, type_=Date) - 1
        case _ if name in feature.c:
            return type_coerce(feature.c[name], Text) if about.scalar is str and not about.format else feature.c[name]
    return baked(feature.c.body, name, about)


FEATURES = Subject(PROPERTIES, _of_feature, feature.c.geom, feature.c.occurrence)
