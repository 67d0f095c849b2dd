"""The paths of OGC API – Features, as a client walks them from the landing page."""

from typing import Any

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from tests.api.conftest import MakeServices, Stock
from tests.api.ogc.checks import COLLECTIONS


def linked(document: dict[str, Any], rel: str) -> str:
    return str(next(link["href"] for link in document["links"] if link["rel"] == rel))


def test_from_the_landing_page_to_a_feature(client: TestClient, stock: Stock) -> None:
    collections = client.get(linked(client.get("/").json(), "data")).json()
    assert [each["id"] for each in collections["collections"]] == list(COLLECTIONS)
    sectors = client.get(linked(collections["collections"][2], "self")).json()
    assert sectors["links"][2:] == collections["collections"][2]["links"]
    page = client.get(linked(sectors, "items")).json()
    assert [each["id"] for each in page["features"]] == [stock.south, stock.north]
    item = client.get(f"{linked(sectors, 'items')}/{stock.south}").json()
    assert item["properties"] == page["features"][0]["properties"]
    assert client.get(linked(item, "collection")).json()["id"] == "sectors"


def test_a_collection_of_one_kind_holds_no_other(client: TestClient, stock: Stock) -> None:
    def ids(collection: str, query: str = "") -> set[str]:
        return {each["id"] for each in client.get(f"/collections/{collection}/items{query}").json()["features"]}

    assert ids("points") == {stock.shelling}
    assert ids("features") == stock.everything
    assert ids("points", "?kind=sector") == set()
    assert client.get(f"/collections/points/items/{stock.south}").status_code == 404


def test_extents_hold_everything(client: TestClient) -> None:
    extent = client.get("/collections/features").json()["extent"]
    assert extent["spatial"]["bbox"] == [[37.616, 48.4, 38.1, 49.711]]
    assert extent["temporal"]["interval"] == [["2023-07-01T00:00:00Z", "2023-07-12T23:59:59Z"]]


def test_an_empty_collection_has_no_extent(own_database_url: str, services: MakeServices) -> None:
    with TestClient(create_app(services(own_database_url))) as client:
        assert "extent" not in client.get("/collections/points").json()
        assert client.get("/collections/points/items").json()["features"] == []


def test_what_can_be_asked_for_is_what_features_hold(client: TestClient) -> None:
    answer = client.get("/collections/features/queryables")
    assert answer.headers["content-type"] == "application/schema+json"
    [feature] = client.get("/collections/points/items").json()["features"]
    assert set(answer.json()["properties"]) == {"geometry", *feature["properties"]}
    for name in answer.json()["properties"]:
        asked = {"filter": f'"{name}" IS NOT NULL'}
        held = name == "geometry" or feature["properties"][name] is not None
        found = client.get("/collections/points/items", params=asked).json()["numberMatched"]
        assert found == int(held), name


@pytest.mark.parametrize("collection", ["features", "points", "sectors"])
def test_items_are_as_the_schema_says(client: TestClient, collection: str) -> None:
    address = linked(client.get(f"/collections/{collection}").json(), "describedby")
    schema = jsonschema_rs.validator_for(client.get(address).json())
    features = client.get(f"/collections/{collection}/items").json()["features"]
    assert features
    for feature in features:
        schema.validate(feature)
    assert not schema.is_valid({**features[0], "properties": {**features[0]["properties"], "event": "landing"}})


def test_items_are_the_short_path(client: TestClient) -> None:
    query = "?datetime=2023-07-11/..&limit=1"
    short, long = (client.get(path + query).json() for path in ("/features", "/collections/features/items"))
    assert short["features"] == long["features"]
    assert "/collections/features/items" in linked(long, "next")


@pytest.mark.parametrize("path", ["", "/items", "/items/x", "/queryables"])
def test_an_unknown_collection(client: TestClient, path: str) -> None:
    answer = client.get(f"/collections/planes{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_conformance(client: TestClient) -> None:
    classes = client.get("/conformance").json()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in classes


def test_the_landing_page_speaks_to_programs_and_to_browsers(client: TestClient) -> None:
    program = client.get("/")
    browser = client.get("/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert program.headers["content-type"] == "application/json"
    assert browser.headers["content-type"] == "text/html; charset=utf-8"
    assert program.headers["etag"] != browser.headers["etag"]
    assert "Accept" in program.headers["vary"]
    rels = {link["rel"] for link in program.json()["links"]}
    assert {"self", "service-desc", "service-doc", "conformance", "data"} <= rels
    for link in program.json()["links"][2:]:
        assert f'href="{link["href"].replace("&", "&amp;")}"' in browser.text
