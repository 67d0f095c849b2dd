"""What a connection may do before it is a request and while its answer waits to be taken: uvicorn has no limits."""

import asyncio
import fcntl
import termios
from array import array

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.api.answer.errors import Problem

CONNECTIONS_MAX = 1_000
"""From one address half as many, so that nobody takes them all."""
HEAD_MAX = 65_536
"""Bytes of a request's first line and headers together."""
HEAD_SECONDS = 10
"""From the first byte of a request, or the opening of a connection, to the end of the headers."""
STALL_SECONDS = 30
"""A client that takes not a byte for so long is left."""
LINGER_SECONDS = 2
"""How long a refused client may go on sending before it closes; it is thrown away, so that it gets to read why."""
NO_REQUEST = (
    "this is no HTTP request (RFC 9112), or its method is known to nobody; in an address, what is not ASCII has to be"
    " percent-encoded"
)


class Wire(HttpToolsProtocol):
    """HTTP/1.1 within bounds. Refusals are problems (RFC 9457), as everywhere."""

    _in_head = True
    _head_bytes = 0
    _head_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None
    _waiting_bytes = 0
    _refusal: Problem | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()
        if self._is_too_many():
            self._refuse(Problem(503, "too many connections; try again", headers={"Retry-After": "5"}))

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._head_timer, self._stall_timer):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refusal:
            return
        if self._head_timer is None and (self.cycle is None or self.cycle.response_complete):
            self._expect_head()
        self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > HEAD_MAX:
            self._refuse(self._too_long())

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0
        if self._head_timer is None:
            self._expect_head()

    def on_headers_complete(self) -> None:
        self._in_head = False
        if self._head_timer:
            self._head_timer.cancel()
            self._head_timer = None
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > HEAD_MAX:  # all of it in one piece
            self._refusal = self._too_long()
            raise ValueError(self._refusal.detail)
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 — our own words instead
        """What the parser could not read, or refused."""
        self._refuse(self._refusal or Problem(400, NO_REQUEST))

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_taking()

    def resume_writing(self) -> None:
        if self._stall_timer:
            self._stall_timer.cancel()
        super().resume_writing()

    def _is_too_many(self) -> bool:
        if len(self.connections) <= CONNECTIONS_MAX // 2:
            return False
        others = (each.client for each in self.connections if isinstance(each, Wire))
        same = sum(1 for other in others if other and self.client and other[0] == self.client[0])
        return same > CONNECTIONS_MAX // 2 or len(self.connections) > CONNECTIONS_MAX

    def _expect_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _too_long(self) -> Problem:
        if self.headers and len(self.url) <= HEAD_MAX:
            return Problem(431, f"the headers have more than {HEAD_MAX} bytes")
        return Problem(414, f"the address has more than {HEAD_MAX} bytes")

    def _refuse(self, problem: Problem) -> None:
        self._refusal = problem
        if self.cycle and not self.cycle.response_complete:  # nothing may be put between the bytes of its answer
            self.transport.abort()
            return
        answer = problem.response()
        head = [f"HTTP/1.1 {problem.status} {problem.title}".encode()]
        head += [name + b": " + value for name, value in answer.raw_headers]
        head += [b"x-content-type-options: nosniff", b"connection: close", b"", b""]
        self.transport.write(b"\r\n".join(head) + bytes(answer.body))
        # To close with something of the client's unread would take the answer back (RFC 9112, 9.6).
        self.transport.write_eof()
        self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def _watch_taking(self) -> None:
        self._waiting_bytes = self._untaken()
        self._stall_timer = self.loop.call_later(STALL_SECONDS, self._leave_if_stalled)

    def _leave_if_stalled(self) -> None:
        """What waits shrinks however slowly a client takes it: one that has all along taken some is not left."""
        if self._untaken() >= self._waiting_bytes:
            self.transport.abort()
        else:
            self._watch_taking()

    def _untaken(self) -> int:
        """Bytes that the client's machine has not got: ours, and megabytes more that the kernel holds."""
        held = array("i", [0])
        fcntl.ioctl(self.transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, held)
        return held[0] + self.transport.get_write_buffer_size()

    def _unsupported_upgrade_warning(self) -> None:
        """To go on without an upgrade is an answer (RFC 9110, 7.8), and no news."""
