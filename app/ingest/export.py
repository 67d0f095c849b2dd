"""Everything that a query finds, written to one file: without a server, and without its limits."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from app.domain.errors import BadParameter
from app.formats import files
from app.formats.forms import FORMS, Format
from app.formats.text import TEXTS, Text, text_of
from app.store.properties import timestamp
from app.store.read.features import PIECE
from app.store.read.query import Query, every
from app.store.tables.operations import revision

FORMATS = {f".{FORMS[form].extension}": form for form in (*TEXTS, *files.DRIVERS, Format.PARQUET)}
"""By the ending of the file's name."""


def format_of(file: Path) -> Format:
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        raise BadParameter("file", f"“{file.name}” does not end in a known format", f"one of {', '.join(FORMATS)}")
    return form


def export(engine: Engine, query: Query, file: Path, form: Format) -> int:
    """How many features were written. The file is there when it is whole: until then it has another name."""
    unfinished = file.with_name(f"{file.stem}.unfinished{file.suffix}")
    written = 0

    def counted(pieces: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
        nonlocal written
        for bodies in pieces:
            written += len(bodies)
            yield bodies

    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            pieces = counted(_pieces(connection, query))
            if form in TEXTS:
                _write_text(unfinished, text_of(form), pieces)
            else:
                files.write(form, chain.from_iterable(pieces), unfinished, _changed(connection))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def _pieces(connection: Connection, query: Query) -> Iterator[Sequence[str]]:
    with closing(connection.execution_options(yield_per=PIECE).execute(every(query))) as result:
        for rows in result.partitions():
            yield [row.body for row in rows]


def _write_text(file: Path, text: Text, pieces: Iterator[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        opened.write(text.head)
        for number, bodies in enumerate(pieces):
            opened.write(text.piece(bodies, first=number == 0))
        opened.write(text.tail)


def _changed(connection: Connection) -> str:
    return timestamp(connection.execute(select(revision.c.changed)).scalar_one())
