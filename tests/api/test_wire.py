"""Connections that are slow, endless or no HTTP, against a server on a socket."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from app.api.door import wire
from app.api.door.wire import Wire


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Says what it was asked, or sends ten million bytes."""
    request = Request(scope)
    if scope["path"] == "/large":
        answer: Response = Response(b"a" * 10_000_000)
    else:
        answer = JSONResponse({"path": scope["path"], "query": scope["query_string"].decode("ascii")})
    assert request.method
    await answer(scope, receive, send)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with pytest.MonkeyPatch.context() as patch:
        for name, seconds in {"HEAD_SECONDS": 0.5, "STALL_SECONDS": 0.5}.items():
            patch.setattr(wire, name, seconds)
        patch.setattr(wire, "CONNECTIONS_MAX", 20)
        config = uvicorn.Config(app, port=0, http=Wire, ws="none", lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
        server.should_exit = True
        thread.join()


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        yield connection


def everything(connection: socket.socket) -> bytes:
    """What comes until the server closes."""
    held = bytearray()
    while piece := connection.recv(1 << 16):
        held += piece
    return bytes(held)


def problem(answer: bytes) -> tuple[int, dict[str, Any]]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    assert b"connection: close" in head
    assert b"cache-control: no-store" in head
    return int(head.split()[1]), json.loads(body)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("GET /?direction=Бахмут HTTP/1.1\r\nHost: a\r\n\r\n".encode(), 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"GET\r\n\r\n", 400),
        (b"FETCH / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n", 400),
        (b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400),
        (b"GET /?" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET /?" + b"a" * 66_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 50_000 + b"\r\n", 431),
    ],
)
def test_what_is_no_request_is_told_so(port: int, sent: bytes, status: int) -> None:
    with connected(port) as connection:
        connection.sendall(sent)
        assert problem(everything(connection))[0] == status


def test_who_goes_on_sending_after_a_refusal_is_left(port: int) -> None:
    with connected(port) as connection, pytest.raises(OSError):
        connection.sendall(b"GET\r\n\r\n")
        assert problem(everything(connection))[0] == 400, "told at once, though the connection is still open for us"
        while True:
            connection.sendall(b"a" * 65_536)


@pytest.mark.parametrize("sent", [b"", b"GET", b"GET / HTTP/1.1\r\nHost: a\r\n", b"\r\n"])
def test_a_head_that_does_not_come_is_not_waited_for(port: int, sent: bytes) -> None:
    with connected(port) as connection:
        connection.sendall(sent)
        assert everything(connection) == b"", "before the connection's own patience ends"


def test_byte_by_byte_it_gains_no_time(port: int) -> None:
    with connected(port) as connection, pytest.raises(OSError):
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n"[:-2])
        for _ in range(100):
            connection.sendall(b"X: y\r\n")
            time.sleep(0.05)


def test_a_second_head_is_not_waited_for_either(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(b"GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"/first" in connection.recv(1 << 16)
        connection.sendall(b"\r\n")
        assert everything(connection) == b""


def test_who_takes_nothing_is_left_and_who_is_slow_is_not(port: int) -> None:
    with connected(port) as stalled, connected(port) as slow:
        for connection in (stalled, slow):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
            connection.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        taken = 0
        for _ in range(20):  # twice as long as a stalled client is waited for
            time.sleep(0.05)
            taken += len(slow.recv(300_000))
        taken += len(everything(slow))
        assert taken > 10_000_000
        with pytest.raises(ConnectionResetError):
            assert len(everything(stalled)) < 10_000_000
            raise ConnectionResetError


def answered(held: list[socket.socket]) -> list[int]:
    """Statuses that the connections are answered with before they have asked anything."""
    time.sleep(0.1)
    return [problem(everything(each))[0] for each in held]


def test_one_address_gets_half_of_all_connections_and_all_get_no_more_than_there_are(port: int) -> None:
    held = {
        address: [socket.create_connection(("127.0.0.1", port), 10, (address, 0)) for _ in range(15)]
        for address in ("127.0.0.1", "127.0.0.2", "127.0.0.3")
    }
    assert answered(held["127.0.0.1"][10:] + held["127.0.0.2"][10:] + held["127.0.0.3"]) == [503] * 25
    for connection in (each for connections in held.values() for each in connections):
        connection.close()


def test_many_requests_at_once_are_answered_in_order(port: int) -> None:
    wanted = [f"/{number}" for number in range(200)]
    with connected(port) as connection:
        connection.sendall(b"".join(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode() for path in wanted))
        connection.sendall(b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        answers = everything(connection)
    found = re.findall(r'"path":"([^"]+)"', answers.decode())
    assert found == [*wanted, "/last"]


def test_an_offered_upgrade_is_declined_in_silence(port: int, caplog: pytest.LogCaptureFixture) -> None:
    with connected(port) as connection:
        connection.sendall(b"GET /a HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200")
    assert not caplog.records
