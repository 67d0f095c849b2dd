"""How the log looks: lines to read, or JSON lines for what collects them."""

import json
import logging
from datetime import UTC, datetime
from typing import Any


class PlainLine(logging.Formatter):
    """`12:30:05 INFO GET /features 200 12.3 ms`; what a record has beside its message follows as name=value."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s%(told)s", "%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 — the framework's name
        facts = getattr(record, "facts", {})
        rest = {name: value for name, value in facts.items() if name not in ("method", "path", "status") and value}
        record.told = "".join(f" {name}={_word(value)}" for name, value in rest.items())
        return super().formatMessage(record)


class JsonLine(logging.Formatter):
    """An object a line: `time`, `level`, `logger`, `message`, `error` with its trace, and the facts of a request."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_config(*, as_json: bool) -> dict[str, Any]:
    """For `logging.config.dictConfig`: everything goes to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": JsonLine if as_json else PlainLine}},
        "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["error"], "level": "WARNING"},
        "loggers": {"app": {"level": "INFO"}, "uvicorn": {"level": "INFO"}},
    }


def _word(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
