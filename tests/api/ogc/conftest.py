"""The server as clients meet it: over HTTP, on a port of its own, with the known features."""

from collections.abc import Iterator
from threading import Thread
from time import monotonic, sleep

import httpx
import pytest
import uvicorn

from app.api.door.wire import Wire
from app.main import create_app
from tests.api.conftest import MakeServices, Stock


@pytest.fixture(scope="session")
def base(stock: Stock, services: MakeServices) -> Iterator[str]:
    server = uvicorn.Server(
        uvicorn.Config(create_app(services(stock.url)), port=0, log_level="warning", http=Wire, ws="none")
    )
    thread = Thread(target=server.run)
    thread.start()
    deadline = monotonic() + 60
    while not server.started:
        assert thread.is_alive()
        assert monotonic() < deadline
        sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(30)


@pytest.fixture(scope="session")
def http(base: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base, headers={"Accept": "*/*"}, timeout=30) as client:
        yield client
