"""The routes that are asked for most answer as the framework's own would."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient
from starlette.routing import Match

from app.api.door.quick import Quick
from app.main import create_app
from tests.api.conftest import MakeServices, Stock

KNOWN = (
    "/features",
    "/features?limit=1",
    "/features?limit=99999&sortby=-published,event&count=exact",
    "/features?bbox=37,48,39,49&datetime=2023-07-01/..&f=json",
    "/features?direction=south%20of%20Bakhmut&datetime=2023-07-12",
    "/features?filter-lang=cql2-json&filter=%7B%22op%22:%22=%22,%22args%22:%5B%7B%22property%22:%22event%22%7D,%22shelling%22%5D%7D",
    "/features?min_probability=0.5&kind=sector,point&f=csv",
    "/collections/sectors/items?offset=1&f=html",
    "/collections/features/tiles/WebMercatorQuad/8/88/154?datetime=2023-07-12",
)
STRANGE = (
    "/features?limit=0",
    "/features?limit=ten",
    "/features?limit=1&limit=2",
    "/features?bboxx=1,2,3,4",
    "/features?min_probability=2",
    "/features?publisher=%00",
    "/features?filter-lang=sql&filter=1",
    "/features?f=tiff",
    "/features?sortby=colour",
    "/collections/nowhere/items",
    "/collections/features/tiles/WebMercatorQuad/8/88/999",
    "/collections/features/tiles/WebMercatorQuad/8/north/0",
)


@pytest.fixture(scope="module")
def slow(stock: Stock, services: MakeServices) -> Iterator[TestClient]:
    app = create_app(services(stock.url))
    app.router.routes[:] = [route for route in app.router.routes if not isinstance(route, Quick)]
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("address", [*KNOWN, *STRANGE])
@pytest.mark.parametrize("accept", ["*/*", "text/html", "image/png"])
def test_both_say_the_same(client: TestClient, slow: TestClient, address: str, accept: str) -> None:
    quickly, slowly = (each.get(address, headers={"Accept": accept}) for each in (client, slow))
    assert (quickly.status_code, _told(quickly), quickly.text) == (slowly.status_code, _told(slowly), slowly.text)


@pytest.mark.parametrize("address", [*KNOWN, "/features/0", "/collections/points/items/0"])
def test_what_is_right_is_answered_quickly(client: TestClient, address: str) -> None:
    assert _match(client, address) is Match.FULL


@pytest.mark.parametrize("address", STRANGE)
def test_what_is_wrong_is_left_to_the_framework(client: TestClient, address: str) -> None:
    assert _match(client, address) is Match.NONE


def _match(client: TestClient, address: str) -> Match:
    url = httpx.URL(f"http://server{address}")
    scope = {
        "type": "http",
        "method": "GET",
        "path": url.path,
        "query_string": url.query,
        "headers": [(b"host", b"server")],
        "app": client.app,
        "scheme": "http",
    }
    [quick] = [route for route in client.app.router.routes if isinstance(route, Quick)]  # type: ignore[attr-defined]
    return quick.matches(scope)[0]


def _told(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in ("x-request-id", "date")}
