"""The feed holds the claims stored last, under any filter."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from app.main import create_app
from tests.api.conftest import MakeServices, Stock
from tests.api.test_features import FILTERS
from tests.store.factories import a_report, stored

NAMES = {"a": "http://www.w3.org/2005/Atom", "georss": "http://www.georss.org/georss"}


def entries(client: TestClient, **query: Any) -> list[ElementTree.Element]:
    answer = client.get("/feed.atom", params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    return ElementTree.fromstring(answer.content).findall("a:entry", NAMES)


def said(entry: ElementTree.Element, path: str) -> str:
    found = entry.find(path, NAMES)
    assert found is not None
    assert found.text is not None
    return found.text


@pytest.mark.parametrize(("name", "value", "expected"), FILTERS)
def test_every_filter_holds(client: TestClient, stock: Stock, name: str, value: str, expected: set[str]) -> None:
    wanted = {client.get(f"/features/{getattr(stock, each)}").json()["properties"]["claim_id"] for each in expected}
    found = {said(entry, "a:id").rpartition(":")[2] for entry in entries(client, **{name: value})}
    assert found == wanted


def test_what_an_entry_says(client: TestClient, stock: Stock) -> None:
    [entry] = entries(client, kind="point")
    told = client.get(f"/features/{stock.shelling}").json()["properties"]
    assert said(entry, "a:title") == "shelling: South of Bakhmut"
    assert (said(entry, "a:updated"), said(entry, "a:author/a:name")) == (told["recorded"], told["speaker"])
    assert told["quote"] in said(entry, "a:summary")
    assert said(entry, "georss:point") == "49.711 37.616"
    links = {link.get("rel"): link.get("href") or "" for link in entry.iterfind("a:link", NAMES)}
    assert client.get(links["alternate"]).status_code == 200
    assert links["via"] == told["report_url"]
    [area] = entries(client, event="assault")
    numbers = [float(number) for number in said(area, "georss:polygon").split()]
    assert set(numbers[::2]) == {48.4, 48.58}
    assert numbers[:2] == numbers[-2:]


def test_the_latest_stored_come_first_whatever_their_day(own_database_url: str, services: MakeServices) -> None:
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        hours = (3, 9, 5)
        for hour in hours:
            stored(connection, recorded=datetime(2023, 8, 1, hour, tzinfo=UTC))
        stored(connection, a_report(text="Near the <b>Kupiansk& \x0b\n", url="javascript:x"))
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        order = [said(entry, "a:updated")[11:13] for entry in entries(client)]
        assert order == ["09", "05", "03", "09"]
        assert [said(entry, "a:updated")[:13] for entry in entries(client, limit=1)] == ["2023-08-01T09"]
        hostile = entries(client)[-1]
        assert {link.get("rel") for link in hostile.iterfind("a:link", NAMES)} == {"alternate"}


def test_a_reader_that_holds_it_is_told_so(client: TestClient) -> None:
    first = client.get("/feed.atom?actor=UA")
    again = client.get("/feed.atom?actor=UA", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
