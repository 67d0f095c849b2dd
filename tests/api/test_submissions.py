"""Reports handed in: who may, what comes back, and that the same one is one job."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from app.api.services import Submissions
from app.gazetteer.open import Gazetteer
from app.ingest.hand_in import hand_in_address, hand_in_report
from app.ingest.tasks import Workshop
from app.ingest.worker import work
from app.main import create_app
from app.sources.fetch import Fetcher
from app.store.access import write_engine
from app.store.intake import keys
from tests.api.conftest import MakeServices

TEXT = "Ukrainian troops advanced near Klishchiivka, south of Bakhmut, the General Staff said.\n"
REPORT = {"text": TEXT, "published": "2023-07-12", "publisher": "Morning Courier"}


@pytest.fixture
def door(own_database_url: str, services: MakeServices) -> Iterator[TestClient]:
    """An API that takes reports, to a client that has a key."""
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        _, key = keys.add(connection, "a desk")
    engine.dispose()
    taken = Submissions(write_engine(own_database_url), hand_in_report, hand_in_address)
    app = create_app(replace(services(own_database_url), submissions=taken))
    with TestClient(app, headers={"Authorization": f"Bearer {key}"}) as client:
        yield client


def test_a_report_is_taken_read_and_found(door: TestClient, own_database_url: str, atlas: Gazetteer) -> None:
    taken = door.post("/reports", json=REPORT)
    assert taken.status_code == 202, taken.text
    path = taken.headers["location"]
    assert door.get(path).json()["state"] == "waiting"
    assert door.get(f"/reports/{taken.json()['report_id']}").status_code == 404
    work(own_database_url, lambda engine: Workshop(atlas, engine, Fetcher()), stay=False)
    done = door.get(path).json()
    assert (done["state"], done["outcome"], done["attempts"]) == ("done", "read", 1)
    [report] = done["reports"]
    assert door.get(report["href"]).json()["publisher"] == "Morning Courier"
    again = door.post("/reports", json=REPORT)
    assert (again.status_code, again.headers["location"]) == (202, path)


def test_the_same_text_is_one_job_and_another_day_another(door: TestClient) -> None:
    first = door.post("/reports", json=REPORT)
    plain = f"Published: 2023-07-12\nPublisher: Morning Courier\n\n{TEXT}"
    headers = {"Content-Type": "text/plain"}
    assert door.post("/reports", content=plain, headers=headers).headers["location"] == first.headers["location"]
    other = door.post("/reports", json=REPORT | {"published": "2023-07-13"})
    assert other.headers["location"] != first.headers["location"]
    page = door.post("/reports", json={"url": "https://news.example/a"})
    assert page.json()["task"] == "fetch"
    assert door.post("/reports", json={"url": "https://news.example/a"}).json()["id"] == page.json()["id"]


@pytest.mark.parametrize("key", [None, "", "Bearer", "Bearer wrong", "Basic {key}", "Bearer {key}x"])
def test_without_a_key_nothing_is_taken(door: TestClient, key: str | None) -> None:
    given = door.headers["Authorization"].removeprefix("Bearer ")
    del door.headers["Authorization"]
    headers = {} if key is None else {"Authorization": key.format(key=given)}
    refused = door.post("/reports", json=REPORT, headers=headers)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "neither"),
        ({"text": "  "}, "neither"),
        ({"url": "file:///etc/passwd"}, "neither"),
        ({"text": TEXT}, "no publication date"),
        ({"text": TEXT, "published": "yesterday"}, "YYYY-MM-DD"),
        (REPORT | {"lang": "de"}, "language"),
        (REPORT | {"author": "x"}, "author"),
        (REPORT | {"text": 5}, "text"),
        ([REPORT], "object"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_reason(door: TestClient, body: Any, told: str) -> None:
    refused = door.post("/reports", json=body)
    assert refused.status_code == 400
    assert told in refused.json()["detail"]


def test_what_is_too_long_no_text_or_no_job(door: TestClient) -> None:
    assert door.post("/reports", json=REPORT | {"text": "a" * 1_000_001}).status_code == 413
    assert door.post("/reports", content=b"\xff\xfe", headers={"Content-Type": "image/png"}).status_code == 415
    assert door.post("/reports", content=b"\xff", headers={"Content-Type": "text/plain"}).status_code == 400
    assert door.get("/jobs/1").status_code == 404
    assert door.get("/jobs/x").status_code == 400


def test_a_server_that_takes_no_reports_says_so(own_database_url: str, services: MakeServices) -> None:
    with TestClient(create_app(services(own_database_url))) as client:
        assert client.post("/reports", json=REPORT, headers={"Authorization": "Bearer x"}).status_code == 503
