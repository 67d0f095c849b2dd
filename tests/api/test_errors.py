"""What clients are told when something is wrong on this side: never what it was."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.api.answer.responses import Json
from app.api.services import Services
from app.domain.report import Report
from app.main import create_app
from app.store import schema
from tests.api.conftest import MakeServices, Stock


def secret(report: Report) -> Json:
    raise RuntimeError("the password is xyzzy")


def test_a_bug_is_a_500_without_a_word_of_it(stock: Stock, services: MakeServices) -> None:
    broken = create_app(replace(services(stock.url), read=secret))
    with TestClient(broken, raise_server_exceptions=False) as client:
        answer = client.post("/read", content="A text.", headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "xyzzy" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/features", "/features/x", "/reports/x", "/readyz"])
def test_without_a_database_it_is_a_503_that_says_when_to_try_again(
    stock: Stock, services: MakeServices, path: str
) -> None:
    with TestClient(create_app(services(stock.url + "_that_is_not_there"))) as client:
        answer = client.get(path)
        assert client.get("/healthz").json() == {"status": "ok"}
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.headers["retry-after"] == "5"
    assert "not_there" not in answer.text


def test_a_schema_of_another_version_is_not_ready(empty_database_url: str, services: MakeServices) -> None:
    with TestClient(create_app(services(empty_database_url))) as client:
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "the schema is at None" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("revision", "path"),
    [
        (None, "/features"),
        ("0006", "/collections/places/items"),
        ("0006", "/collections/features/tiles/WebMercatorQuad/5/11/19"),
    ],
)
def test_what_a_schema_of_another_version_lacks_is_no_mistake_of_ours(
    empty_database_url: str, services: MakeServices, revision: str | None, path: str
) -> None:
    if revision:
        schema.upgrade(empty_database_url, revision)
    with TestClient(create_app(services(empty_database_url))) as client:
        answer = client.get(path)
    assert answer.status_code == 503
    assert "`frontline db migrate`" in answer.json()["detail"]


def test_ready(client: TestClient) -> None:
    assert client.get("/readyz").json()["status"] == "ok"


def test_requests_cannot_write(stock: Stock, services: MakeServices) -> None:
    """Whatever a route might be made to do, its connection refuses."""
    with TestClient(create_app(services(stock.url))) as client:
        shown = client.portal.call(_try_to_write, services(stock.url))  # type: ignore[union-attr]
    assert "read-only transaction" in shown


async def _try_to_write(services: Services) -> str:
    engine = services.engine
    try:
        async with engine.connect() as connection:
            await connection.exec_driver_sql("DELETE FROM feature")
    except Exception as error:  # noqa: BLE001 — whichever the driver raises
        return str(error)
    finally:
        await engine.dispose()
    return "written"
