"""What is kept of a request: its number, how it ended and how long it took, in the log and in the metrics."""

import logging
import re
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.door.courtesy import REQUEST_ID
from app.api.door.metrics import Metrics

log = logging.getLogger("app.requests")

_GIVEN = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_HEADER = REQUEST_ID.lower().encode()
_UNUSUAL = re.compile(r"[^A-Za-z0-9._-]")
CUT_SHORT = 499
"""What is noted for a request whose answer was begun by nobody: its client left."""


class Watch:
    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number = _number(scope)
        scope["request_id"] = number
        status, size, started = CUT_SHORT, 0, time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (_HEADER, number.encode())]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        self.metrics.in_flight.inc()
        try:
            await self.app(scope, receive, sent)
        finally:
            seconds = time.perf_counter() - started
            self.metrics.in_flight.dec()
            route = getattr(scope.get("route"), "path", "other")
            self.metrics.answered(route, scope["method"], status, seconds)
            _tell(scope, status, seconds, size)


def _number(scope: Scope) -> str:
    """The client's own number for the request where it is a plain word, so that it finds it in our log."""
    given = next((value for name, value in scope["headers"] if name == _HEADER), b"")
    return given.decode() if _GIVEN.fullmatch(given) else secrets.token_hex(8)


def _tell(scope: Scope, status: int, seconds: float, size: int) -> None:
    """Neither who asked nor the words that were asked for: names of parameters, without their values."""
    level = logging.WARNING if status >= 500 else logging.INFO
    if not log.isEnabledFor(level):
        return
    facts = {
        "request_id": scope["request_id"],
        "method": scope["method"],
        "path": (scope.get("raw_path") or b"").decode("ascii", "backslashreplace")[:200],
        "parameters": _names(scope["query_string"]),
        "status": status,
        "ms": round(seconds * 1000, 1),
        "bytes": size,
        **({"failure": scope["failure"]} if "failure" in scope else {}),
    }
    log.log(level, "%(method)s %(path)s %(status)s", facts, extra={"facts": facts})


def _names(query: bytes) -> list[str]:
    if not query:
        return []
    names = {each.partition("=")[0] for each in query[:2_000].decode("latin-1").split("&")}
    return sorted(_UNUSUAL.sub("?", name[:40]) for name in names)
