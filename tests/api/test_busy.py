"""What is answered where something is at its limit: 503, and when to try again."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import ANY

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from app.api import reading
from app.main import create_app
from app.store import access
from tests.api.conftest import MakeServices, Stock


def refused(client: TestClient, path: str = "/features") -> dict[str, object]:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["retry-after"], answer.headers["cache-control"]) == (
        503,
        "5",
        "no-store",
    )
    told: dict[str, object] = answer.json()
    return told


@contextmanager
def locked(url: str) -> Iterator[None]:
    """As while a migration changes the table."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE feature IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


def test_a_statement_that_takes_too_long(stock: Stock, services: MakeServices, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {**access._LIMITS, "statement_timeout": "100ms"}
    monkeypatch.setattr(access, "_LIMITS", limits)
    with TestClient(create_app(services(stock.url))) as client, locked(stock.url):
        assert "in time" in str(refused(client)["detail"])


def test_a_lock_that_is_held_too_long(stock: Stock, services: MakeServices, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {**access._LIMITS, "lock_timeout": "100ms"}
    monkeypatch.setattr(access, "_LIMITS", limits)
    with TestClient(create_app(services(stock.url))) as client:
        with locked(stock.url):
            assert "in time" in str(refused(client)["detail"])
        assert client.get("/features").status_code == 200


def test_no_connection_is_free(stock: Stock, services: MakeServices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "POOL_SECONDS", 0.1)
    wired = services(stock.url)

    async def take_all_but_for_this() -> list[object]:
        return [await wired.engine.connect() for _ in range(2)]

    with TestClient(create_app(wired)) as client:
        assert client.portal
        held = client.portal.call(take_all_but_for_this)
        assert refused(client, "/coverage") == {
            "type": "about:blank",
            "title": "Service Unavailable",
            "status": 503,
            "detail": "too many requests at once; try again",
        }
        for connection in held:
            client.portal.call(connection.close)  # type: ignore[attr-defined, call-arg]
        assert client.get("/coverage").status_code == 200


def test_too_many_texts_wait_to_be_read(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WAITING_MAX", 0)
    answer = client.post("/read", content="A text.", headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_a_database_without_our_tables_is_not_set_up(empty_database_url: str, services: MakeServices) -> None:
    with TestClient(create_app(services(empty_database_url))) as client:
        assert refused(client) == {"type": ANY, "title": ANY, "status": 503, "detail": ANY}
        assert "migrate" in str(refused(client)["detail"])
