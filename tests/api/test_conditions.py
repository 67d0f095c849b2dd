"""Requests that want an answer only if it is another than the one they have (RFC 9110, 13)."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from time import sleep

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from app.main import create_app
from tests.api.conftest import MakeServices, Stock
from tests.store.factories import stored

PATHS = (
    "/features", "/features?f=csv", "/collections", "/collections/points/items", "/collections/reports/items",
    "/collections/places/items?limit=3", "/timeline", "/coverage", "/feed.atom", "/features?f=html",
    "/collections/features/tiles/WebMercatorQuad/6/22/38",
)  # fmt: skip


def of_one(client: TestClient, feature: str) -> tuple[str, ...]:
    told = client.get(f"/features/{feature}").json()["properties"]
    return f"/features/{feature}", f"/claims/{told['claim_id']}", f"/reports/{told['report_id']}"


@pytest.fixture
def settled(client: TestClient) -> TestClient:
    """Once the second of the last change is over."""
    while "last-modified" not in client.get("/features").headers:
        sleep(0.1)
    return client


def test_if_modified_since(settled: TestClient, stock: Stock) -> None:
    for path in (*PATHS, *of_one(settled, stock.south)):
        told = settled.get(path).headers["last-modified"]
        again = settled.get(path, headers={"If-Modified-Since": told})
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["last-modified"] == told
        assert "etag" in again.headers and "vary" in again.headers
        assert settled.head(path, headers={"If-Modified-Since": told}).status_code == 304
        before = format_datetime(parsedate_to_datetime(told) - timedelta(seconds=1), usegmt=True)
        assert settled.get(path, headers={"If-Modified-Since": before}).status_code == 200, path
        for odd in ("yesterday", "", "2023-07-12", "Wed, 99 Jul 2023 10:00:00 GMT"):
            assert settled.get(path, headers={"If-Modified-Since": odd}).status_code == 200, (path, odd)


def test_the_tag_comes_before_the_date(settled: TestClient) -> None:
    late = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)
    for path in PATHS:
        both = {"If-None-Match": '"another"', "If-Modified-Since": late}
        assert settled.get(path, headers=both).status_code == 200, path
        tag = settled.get(path).headers["etag"]
        early = {"If-None-Match": tag, "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}
        assert settled.get(path, headers=early).status_code == 304, path


def test_any_answer_that_there_is(client: TestClient, stock: Stock) -> None:
    for path in (*PATHS, *of_one(client, stock.south), "/", "/openapi.json", "/places?q=Bakhmut", "/docs/openapi.json"):
        answer = client.get(path, headers={"If-None-Match": "*"})
        assert (answer.status_code, answer.content) == (304, b""), path
    for path in ("/features/nothing", "/claims/nothing", "/reports/nothing", "/collections/places/items/nothing"):
        assert client.get(path, headers={"If-None-Match": "*"}).status_code == 404, path
    assert client.get("/features?limit=x", headers={"If-None-Match": "*"}).status_code == 400


def test_what_a_phrase_means_may_change_with_the_day(settled: TestClient) -> None:
    path = "/features?direction=south of Bakhmut"
    told = settled.get(path).headers["last-modified"]
    assert settled.get(path, headers={"If-Modified-Since": told}).status_code == 200


def test_no_change_is_missed_within_a_second(own_database_url: str, services: MakeServices) -> None:
    """The date that is told lies after all that was seen with it, or none is told."""
    engine = create_engine(own_database_url)
    with TestClient(create_app(services(own_database_url))) as client:
        for number in range(6):
            with engine.begin() as connection:
                stored(connection)
            answer = client.get("/features")
            with engine.connect() as connection:
                changed = connection.execute(text("SELECT changed FROM revision")).scalar_one()
            if (told := answer.headers.get("last-modified")) is not None:
                assert changed <= parsedate_to_datetime(told) <= datetime.now(UTC)
            assert len(answer.json()["features"]) == number + 1
            sleep(0.3)
    engine.dispose()
