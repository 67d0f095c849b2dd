"""`frontline read --jsonl`: one report a line in, one reading a line out, a bad line named and passed over."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from app.domain.errors import UnreadableReport
from app.domain.place import Atlas
from app.domain.report import Report
from app.domain.vocabulary import Language
from app.ingest.pipeline import understand
from app.ingest.wire import Json, reading_json


def read_lines(lines: Iterable[str], atlas: Atlas) -> Iterator[Json | UnreadableReport]:
    """A reading, or what was wrong, for every line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                report_id, report = report_of_line(line)
            except ValueError as error:
                yield UnreadableReport(f"line {number}: {error}")
            else:
                yield reading_json(understand(report, atlas), report_id)


def report_of_line(line: str) -> tuple[str, Report]:
    """The id and report of one JSON line; ValueError says which key is missing or malformed."""
    said = json.loads(line)
    if not isinstance(said, dict):
        raise ValueError('a JSON object is needed, {"id", "text", "published", …}')  # noqa: TRY004 — of the line, not of a type
    report = Report(
        text=_needed(said, "text"),
        published=date.fromisoformat(_needed(said, "published")),
        publisher=_optional(said, "publisher") or "",
        title=_optional(said, "title"),
        url=_optional(said, "url"),
        lang=Language(lang) if (lang := _optional(said, "lang")) else None,
    )
    return str(said.get("id") or report.id), report


def _needed(said: dict[str, Any], key: str) -> str:
    value = _optional(said, key)
    if value is None:
        raise ValueError(f'the key "{key}" is missing')
    return value


def _optional(said: dict[str, Any], key: str) -> str | None:
    value = said.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f'"{key}" must be a text, not {value!r}')
    return value
