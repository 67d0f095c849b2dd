"""Requests as the server hands them to the application, also those that no HTTP client would send."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from fastapi.testclient import TestClient

Headers = list[tuple[bytes, bytes]]
HOST = (b"host", b"map.example")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def scope(
    path: bytes = b"/healthz", query: bytes = b"", headers: Headers | None = None, method: str = "GET"
) -> dict[str, Any]:
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(path.decode("ascii")), "raw_path": path, "query_string": query, "root_path": "",
        "client": ("192.0.2.1", 1), "server": ("127.0.0.1", 80), "headers": [HOST] if headers is None else headers,
    }  # fmt: skip


def exchange(client: TestClient, request: dict[str, Any], pieces: tuple[bytes, ...] = ()) -> Answer:
    """`pieces` of a body are followed by its end."""
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    assert client.portal
    client.portal.call(client.app, request, receive, send)  # type: ignore[arg-type, call-arg]
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))
