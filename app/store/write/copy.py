"""How many rows are written at once: by COPY, several times faster than INSERT and as safe."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

import psycopg
from geoalchemy2 import Geometry
from psycopg import sql
from sqlalchemy import Column, Connection, Table
from sqlalchemy.exc import DBAPIError

Convert = Callable[[Any], Any]


def copy_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """In the transaction of `connection`. All rows name the same columns; the others take their defaults."""
    if not rows:
        return
    converters = {name: _converter(connection, table.c[name]) for name in rows[0]}
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, converters))
    )
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([convert(row[name]) for name, convert in converters.items()])
    except psycopg.Error as error:  # as any other statement would fail
        raise DBAPIError.instance(f"COPY {table.name}", None, error, psycopg.Error) from error


def _converter(connection: Connection, column: Column[Any]) -> Convert:
    """What a statement would make of a value of this column, as the driver takes it."""
    if isinstance(column.type, Geometry):
        return _hexadecimal
    bind = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return lambda value: _plain(value if bind is None or value is None else bind(value))


def _hexadecimal(element: Any) -> str | None:
    """Of a geometry in extended well-known binary, which PostGIS reads as text."""
    return None if element is None else bytes(element.data).hex()


def _plain(value: Any) -> Any:
    """Words of a vocabulary as text: the driver would look for a type of the database with their name."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
