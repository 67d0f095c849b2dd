"""What reports a file, a folder or a stream holds.

A failure is yielded in its place, so that one bad file never keeps the rest of a folder from being read.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import FetchError, ReportError, UnreadableReport
from app.domain.report import Report
from app.domain.vocabulary import FailureReason
from app.sources.clean import decode
from app.sources.draft import Facts
from app.sources.header import build_facts
from app.sources.texts import read_text

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson"})
"""What a folder is searched for. A file named by itself may have any name: its content decides how it is read."""
MAX_BYTES = 50_000_000
"""Of one text. Reports as JSON lines are read line by line and may be any number."""
LINE_MAX_BYTES = 5_000_000


def read_path(path: Path, overrides: Facts) -> Iterator[Report | ReportError]:
    """Each report of a file or folder, or the error that names where and what is wrong."""
    if not path.exists():
        yield _missing(path, "there is no such file or folder")
    elif not path.is_dir():
        yield from _read_file(path, overrides)
    elif found := _texts_below(path):
        for file in found:
            yield from _read_file(file, overrides)
    else:
        yield _missing(path, f"no {', '.join(sorted(SUFFIXES))} file is in this folder")


def _texts_below(folder: Path) -> list[Path]:
    """In the order of their names; hidden files and folders are left out."""
    paths = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _read_file(path: Path, overrides: Facts) -> Iterator[Report | ReportError]:
    try:
        with path.open("rb") as stream:
            yield from read_stream(str(path), stream, overrides)
    except OSError as error:
        yield _missing(path, f"cannot be read ({error.strerror})")


def _missing(path: Path, why: str) -> ReportError:
    return _named(str(path), FetchError(why, FailureReason.MISSING))


def read_stream(where: str, stream: BinaryIO, overrides: Facts) -> Iterator[Report | ReportError]:
    """Each report of a text, a page's source or JSON lines; `where` names it in errors."""
    first = stream.readline(LINE_MAX_BYTES)
    if _is_json_lines(first.decode("utf-8-sig", "replace")):
        yield from _read_lines(where, first.removeprefix(BOM_UTF8), stream, overrides)
        return
    content = first + stream.read(MAX_BYTES + 1 - len(first))
    if len(content) > MAX_BYTES:
        yield _named(where, FetchError(f"larger than {MAX_BYTES:,} bytes; split it", FailureReason.TOO_LARGE))
        return
    try:
        text = decode(content)
    except ReportError as error:
        yield _named(where, error)
        return
    if _is_json_lines(text):  # after blank lines, or in another encoding
        yield from _read_lines(where, b"", BytesIO(text.encode()), overrides)
    else:
        yield _attempt(where, partial(read_text, text, overrides))


def _read_lines(where: str, first: bytes, stream: BinaryIO, overrides: Facts) -> Iterator[Report | ReportError]:
    """One at a time, so that an archive of any length fits in memory."""
    rest = iter(lambda: stream.readline(LINE_MAX_BYTES), b"")
    number, too_long = 1, False
    for piece in chain([first], rest) if first else rest:
        whole = piece.endswith(b"\n") or len(piece) < LINE_MAX_BYTES
        if too_long or not whole:
            if not too_long:
                why = f"longer than {LINE_MAX_BYTES:,} bytes"
                yield _named(f"{where}, line {number}", FetchError(why, FailureReason.TOO_LARGE))
            too_long = not whole
        elif piece.strip():
            yield _attempt(f"{where}, line {number}", partial(_read_line, piece, overrides))
        number += whole


def _read_line(line: bytes, overrides: Facts) -> Report:
    try:
        return read_json(line.decode("utf-8"), overrides)
    except UnicodeDecodeError as error:
        raise UnreadableReport(f"it is not UTF-8 ({error.reason} at byte {error.start})") from error


def _is_json_lines(text: str) -> bool:
    """The first line decides: an object with a text in it."""
    first = text.lstrip().partition("\n")[0]
    if not first.startswith("{"):
        return False
    try:
        return "text" in json.loads(first)
    except ValueError:
        return False


def read_json(line: str, overrides: Facts) -> Report:
    """One report as a JSON object: `text`, and as far as known `published`, `publisher`, `title`, `url`, `lang`.

    Raises UnreadableReport for anything else, and what `read_text` raises.
    """
    try:
        given = json.loads(line)
    except ValueError as error:
        raise UnreadableReport(f"it is not JSON ({error})") from error
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise UnreadableReport('it has no "text"')
    stated = {key: str(value) for key, value in given.items() if value is not None and key != "text"}
    return read_text(given["text"], build_facts(stated).under(overrides))


def _attempt(where: str, read: Callable[[], Report]) -> Report | ReportError:
    try:
        return read()
    except ReportError as error:
        return _named(where, error)


def _named(where: str, error: ReportError) -> ReportError:
    """The same error with the place it happened at."""
    error.target = where
    if not str(error).startswith(where):
        error.args = (f"{where}: {error}",)
    return error
