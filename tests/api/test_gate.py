"""Requests that no route should see, and what the world calls the server."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.door import gate
from app.main import create_app
from tests.api.asgi import HOST, exchange, scope
from tests.api.conftest import MakeServices, Stock


def asked(client: TestClient, request: dict[str, Any], pieces: tuple[bytes, ...] = ()) -> tuple[int, dict[str, Any]]:
    answer = exchange(client, request, pieces)
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize(
    ("request_", "status", "word"),
    [
        (scope(path=b"/" + b"a" * 20_000), 414, "16384"),
        (scope(query=b"q=" + b"a" * 1_000_000), 414, "16384"),
        (scope(path=b"/a%00b"), 404, "NUL"),
        (scope(path=b"/a%"), 400, "percent"),
        (scope(query=b"direction=100%"), 400, "byte 13"),
        (scope(query=b"direction=%zz"), 400, "percent"),
        (scope(query=b"direction=%ff"), 400, "UTF-8"),
        (scope(query=b"direction=%ed%a0%80"), 400, "UTF-8"),
        (scope(query="direction=Бахмут".encode()), 400, "percent"),
        (scope(query=b"a\r\nb"), 400, "percent"),
        (scope(headers=[]), 400, "host"),
        (scope(headers=[HOST, HOST]), 400, "host"),
        (scope(headers=[(b"host", b'a"><script>')]), 400, "Host"),
        (scope(headers=[(b"host", b"a.example/x")]), 400, "Host"),
        (scope(headers=[(b"host", b"user@a.example")]), 400, "Host"),
        (scope(headers=[(b"host", b"")]), 400, "Host"),
        (scope(headers=[HOST, (b"content-length", b"-1")]), 400, "Content-Length"),
        (scope(headers=[HOST, (b"content-length", b"1000001")]), 413, "1000000"),
        (scope(headers=[HOST, (b"content-length", b"9" * 5_000)]), 413, "1000000"),
        (scope(headers=[HOST, (b"content-length", b"9"), (b"content-encoding", b"gzip")]), 415, "compressed"),
    ],
)
def test_what_is_no_request_is_refused(client: TestClient, request_: dict[str, Any], status: int, word: str) -> None:
    answered, problem = asked(client, request_)
    assert (answered, problem["status"]) == (status, status)
    assert word in problem["detail"]


@pytest.mark.parametrize("host", [b"map.example:8000", b"127.0.0.1", b"[::1]:8000", b"xn--80ak.example."])
def test_hosts_have_many_forms(client: TestClient, host: bytes) -> None:
    assert asked(client, scope(headers=[(b"host", host)]))[0] == 200


def a_text(*more: tuple[bytes, bytes]) -> dict[str, Any]:
    headers = [HOST, (b"content-type", b"text/plain"), (b"transfer-encoding", b"chunked"), *more]
    return scope(b"/read", headers=headers, method="POST")


def test_a_body_without_end_is_cut(client: TestClient) -> None:
    status, problem = asked(client, a_text(), (b"a" * 10_000,) * 100)
    assert (status, problem["detail"]) == (413, "a text may have 100000 bytes at most")


def test_a_body_that_does_not_come_is_not_waited_for(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "BODY_SECONDS", 0.05)

    def slowly() -> AsyncIterator[bytes]:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"Fighting"
            await asyncio.sleep(10)

        return pieces()

    sent: list[dict[str, Any]] = []
    body = slowly()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": await anext(body), "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(client.app(a_text(), receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 408


@pytest.mark.parametrize("path", ["/map-api/features?limit=1", "/features?limit=1"])
def test_links_begin_with_the_public_address(stock: Stock, services: MakeServices, path: str) -> None:
    app = create_app(services(stock.url), public="https://front.example/map-api")
    with TestClient(app) as client:
        page = client.get(path, headers={"Host": "evil.example"}).json()
        docs = client.get("/docs", headers={"Host": "evil.example"}).text
    assert len(page["links"]) > 2
    assert all(link["href"].startswith("https://front.example/map-api/features?") for link in page["links"])
    assert "/map-api/docs/openapi.json" in docs


def test_errors_are_kept_by_nobody(client: TestClient) -> None:
    for path in ("/nothing", "/features?limit=0", "/features/x", "/features?direction=zzzz qqqq", "/tiles"):
        answer = client.get(path)
        assert answer.status_code >= 400
        assert answer.headers["cache-control"] == "no-store"
    assert client.post("/features").headers["cache-control"] == "no-store"


def test_links_never_make_the_headers_too_long_for_proxies(client: TestClient) -> None:
    answer = client.get("/features?limit=1&filter=publisher <> '" + "x" * 3_000 + "'")
    assert (answer.status_code, len(answer.headers["link"]) < 4_000) == (200, True)
    assert len(answer.json()["links"]) > 5
