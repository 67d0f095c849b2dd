"""What is refused before any route looks at it: requests that are too long, too slow, or not what HTTP lets them be."""

import asyncio
import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.answer.errors import Problem

ADDRESS_MAX, BODY_MAX = 16_384, 1_000_000
"""Bytes of path and query together, and of a body."""
BODY_SECONDS = 30
_MALFORMED = re.compile(rb"%(?![0-9A-Fa-f]{2})|[^\x21-\x7e]")
# RFC 3986, 3.2.2 and 3.2.3, without what no name in use has.
_HOST = re.compile(rb"(?:[A-Za-z0-9._~-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")


class Gate:
    """Lets a request through with the address that it was meant for: `public` where the server has one of its own,
    or else whatever name the client calls it by."""

    def __init__(self, app: ASGIApp, public: str | None = None) -> None:
        self.app = app
        self.public = _Public(public) if public else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        names = dict[bytes, bytes](scope["headers"])
        problem = _of_address(scope) or _of_headers(scope, names)
        if problem:
            await problem.response()(scope, receive, send)
            return
        if self.public:
            self.public.take(scope)
        if _has_body(names):
            receive = _Bounded(receive)
        await self.app(scope, receive, send)


def _of_address(scope: Scope) -> Problem | None:
    raw: bytes = scope.get("raw_path") or b""
    query: bytes = scope["query_string"]
    if len(raw) + len(query) > ADDRESS_MAX:
        return Problem(414, f"path and query have {len(raw) + len(query)} bytes; {ADDRESS_MAX} are read at most")
    for part, text in (("path", raw), ("query", query)):
        if (found := _MALFORMED.search(text)) is not None:
            return Problem(400, f"the {part} is not percent-encoded at byte {found.start()}: RFC 3986 tells how")
        if b"%" in text:
            try:
                unquote_to_bytes(text).decode("utf-8")
            except UnicodeDecodeError as error:
                return Problem(400, f"the {part} is not UTF-8: {error.reason}")
    return Problem(404, "there is no address with a NUL character") if b"%00" in raw else None


def _of_headers(scope: Scope, names: dict[bytes, bytes]) -> Problem | None:
    hosts = _values(scope["headers"], b"host")
    if len(hosts) != 1 and (hosts or scope["http_version"] != "1.0"):
        return Problem(400, "a request names its host once (RFC 9112, 3.2)")
    if hosts and not _HOST.fullmatch(hosts[0]):
        return Problem(400, "the Host header names no host")
    if _has_body(names) and names.get(b"content-encoding", b"identity").strip().lower() != b"identity":
        return Problem(415, "bodies are taken as they are, not compressed", headers={"Accept-Encoding": "identity"})
    length = names.get(b"content-length", b"0")
    if not length.isdigit():
        return Problem(400, "Content-Length is no number")
    if len(length) > 18 or int(length) > BODY_MAX:
        return Problem(413, f"a body may have {BODY_MAX} bytes at most")
    return None


def _has_body(names: dict[bytes, bytes]) -> bool:
    return b"content-length" in names or b"transfer-encoding" in names


def _values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for each, value in headers if each == name]


class _Bounded:
    """A body that ends in time and within the limit, whatever length was announced."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._until = asyncio.get_running_loop().time() + BODY_SECONDS
        self._size = 0
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError as error:
            raise HTTPException(408, f"the body did not come within {BODY_SECONDS} seconds") from error
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._size > BODY_MAX:
            raise HTTPException(413, f"a body may have {BODY_MAX} bytes at most")
        return message


class _Public:
    """The address that the world knows the server by; links in answers begin with it, whatever `Host` says."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.scheme, self.host, self.prefix = parts.scheme, parts.netloc.encode(), parts.path.rstrip("/")

    def take(self, scope: Scope) -> None:
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        scope["headers"] = [(b"host", self.host), *others]
        scope["scheme"] = self.scheme
        if self.prefix:
            # A proxy may pass the prefix on or take it off; ASGI wants it in both places.
            scope["root_path"] = self.prefix
            if not scope["path"].startswith(f"{self.prefix}/"):
                scope["path"] = self.prefix + scope["path"]
