"""Reports, places and operational directions, listed beside the features."""

import json
from datetime import timedelta
from typing import Any

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient
from shapely import Point, box, from_geojson
from shapely.geometry import shape
from sqlalchemy import create_engine, select, tuple_

from app.api.direction import search_area
from app.gazetteer.open import Gazetteer
from app.ingest.register import entries
from app.main import create_app
from app.store.read.listings import PLACES
from app.store.tables.register import registered
from app.store.write.register import publish, register_digest
from tests.api.conftest import VERSION, MakeServices, Stock
from tests.api.ogc.checks import LISTS
from tests.api.test_formats import TEXT_IDS
from tests.store.factories import stored


@pytest.mark.parametrize("name", LISTS)
def test_items_are_as_the_schema_says(client: TestClient, name: str) -> None:
    schema = jsonschema_rs.validator_for(client.get(f"/collections/{name}/schema").json())
    items = client.get(f"/collections/{name}/items?limit=1000").json()["features"]
    assert items
    for item in items:
        schema.validate(item)
    assert not schema.is_valid({**items[0], "properties": {**items[0]["properties"], "shape": "round"}})


def test_a_report_is_listed_as_it_is_told(client: TestClient) -> None:
    for item in client.get("/collections/reports/items").json()["features"]:
        told = client.get(f"/reports/{item['id']}").json()
        shared = ("publisher", "title", "url", "published", "recorded", "lang", "citation")
        assert {name: item["properties"][name] for name in shared} == {name: told[name] for name in shared}
        assert item["properties"]["claims"] == len(told["claims"])
        drawn = told["features"]["features"]
        assert item["properties"]["features"] == len(drawn)
        for feature in drawn:
            assert shape(item["geometry"]).buffer(1e-9).covers(shape(feature["geometry"]))


def test_the_ground_of_a_report_is_all_that_it_speaks_of(own_database_url: str, services: MakeServices) -> None:
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        stored(connection, geometry=Point(37.616, 49.711), footprint={"uncertainty_m": 5000.0})
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        [report] = client.get("/collections/reports/items").json()["features"]
        assert report["geometry"]["type"] == "MultiPolygon"
        assert shape(report["geometry"]).contains(Point(37.616, 49.711).buffer(0.04))
        near, far = "37.56,49.70,37.57,49.72", "37.40,49.70,37.41,49.72"
        assert len(client.get(f"/collections/reports/items?bbox={near}").json()["features"]) == 1
        assert client.get(f"/collections/reports/items?bbox={far}").json()["features"] == []


def test_directions_are_drawn_as_their_names_are_read(client: TestClient, atlas: Gazetteer) -> None:
    listed = client.get("/collections/directions/items").json()["features"]
    drawn = {each["id"]: each for each in listed}
    elsewhere = set()
    for key, direction in atlas.periods():
        known = drawn[f"{direction.slug}-{direction.valid_from}"]
        others = [each for each in atlas.directions(key, direction.valid_from) if each.area is not None]
        if others and max(others, key=lambda each: (each.valid_from, each.slug)) != direction:
            continue  # of one name, the words mean the latest
        asked = search_area(direction.name, atlas, direction.valid_from)
        if asked.resolutions[0].place != atlas.place(key):
            elsewhere.add(known["id"])
            continue
        assert shape(known["geometry"]).equals(asked.geometry), known["id"]
        assert known["properties"]["method"] == asked.feature["properties"]["method"]
    assert len(listed) == len(list(atlas.periods()))
    assert not elsewhere, "a name that is not read as the settlement it is named after"


def test_a_direction_is_listed_on_its_days_alone(client: TestClient, atlas: Gazetteer) -> None:
    ended = [each for _, each in atlas.periods() if each.valid_to]
    assert ended
    for each in ended[:5]:
        assert each.valid_to
        key = f"{each.slug}-{each.valid_from}"
        for day, listed in {
            each.valid_from - timedelta(1): False, each.valid_from: True, each.valid_to: True,
            each.valid_to + timedelta(1): False,
        }.items():  # fmt: skip
            found = client.get(f"/collections/directions/items?datetime={day}").json()["features"]
            assert (key in {item["id"] for item in found}) == listed, (key, day)


def test_villages_within_a_phrase(client: TestClient) -> None:
    answer = client.get("/collections/places/items", params={"direction": "south of Bakhmut", "kind": "settlement"})
    found = answer.json()
    assert {"Klishchiivka", "Andriivka"} <= {each["properties"]["name"] for each in found["features"]}
    area = shape(found["searchArea"]["geometry"])
    assert all(area.contains(shape(each["geometry"])) for each in found["features"])


def test_every_format_holds_the_same(client: TestClient) -> None:
    query = "/collections/places/items?bbox=37.9,48.5,38.1,48.7&kind=settlement,city,sea,oblast"
    page = client.get(f"{query}&limit=1000").json()
    expected = {each["id"] for each in page["features"]}
    lacking = sum(each["geometry"] is None for each in page["features"])
    assert lacking and len(expected) > lacking + 5
    for form, ids in TEXT_IDS.items():
        assert set(ids(client.get(f"{query}&f={form}&limit=1000").content)) == expected, form
    for form in ("gpkg", "fgb", "parquet"):
        answer = client.get(f"{query}&f={form}")
        assert (answer.status_code, answer.headers["content-disposition"]) == (
            200, f'attachment; filename="places.{form}"',
        )  # fmt: skip
    for name in ("reports", "directions"):
        expected = {each["id"] for each in client.get(f"/collections/{name}/items").json()["features"]}
        for form, ids in TEXT_IDS.items():
            assert set(ids(client.get(f"/collections/{name}/items?f={form}").content)) == expected


def test_a_register_that_is_missing_is_no_empty_list(own_database_url: str, services: MakeServices) -> None:
    with TestClient(create_app(services(own_database_url))) as client:
        for path in ("places/items", "directions/items", "places/items/x", "directions/items?f=csv"):
            answer = client.get(f"/collections/{path}")
            assert answer.status_code == 503, path
            assert "frontline serve" in answer.json()["detail"]
        assert client.get("/collections/reports/items").json()["features"] == []
        assert "extent" not in client.get("/collections/places").json()


def test_a_register_is_published_once(own_database_url: str, atlas: Gazetteer) -> None:
    few = [each for each in entries(atlas) if each.collection == "directions"]
    made: list[str] = []

    def told() -> Any:
        made.append("made")
        return few

    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        keys = [register_digest("some gazetteer", f"{VERSION} {number}") for number in range(5)]
        assert [publish(connection, key, told) for key in keys] == [True] * 5
        assert not publish(connection, keys[-1], told)
        assert len(made) == 5
        held = connection.exec_driver_sql("SELECT count(DISTINCT digest) FROM registered").scalar_one()
        assert held == 3
    engine.dispose()


def test_points_come_first_and_what_lies_nowhere_last(client: TestClient) -> None:
    """Desktop programs take the kind of geometry that they meet first for that of all."""
    address: str | None = "/collections/places/items?country=UA&kind=city,oblast,raion,river&limit=400"
    kinds = []
    while address:
        page = client.get(address).json()
        kinds += [each["geometry"] and each["geometry"]["type"] for each in page["features"]]
        address = next((each["href"] for each in page["links"] if each["rel"] == "next"), None)
    dimension = {"Point": 0, "LineString": 1, "MultiLineString": 1, "Polygon": 2, "MultiPolygon": 2, None: 3}
    ranks = [dimension[each] for each in kinds]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3}
    assert (
        len(ranks)
        == client.get("/collections/places/items?country=UA&kind=city,oblast,raion,river&count=exact&limit=1").json()[
            "numberMatched"
        ]
    )


def test_pages_of_places_are_read_off_an_index(stock: Stock) -> None:
    found = select(registered.c.id).where(registered.c.collection == "places", registered.c.digest == "any")
    rank, last = PLACES.rank, PLACES.id
    assert rank is not None
    paged = found.where(tuple_(rank, last) > tuple_(0, "UA14")).order_by(rank, last).limit(101)
    engine = create_engine(stock.url)
    with engine.connect() as connection:
        text = str(paged.compile(engine, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {text}").scalars())
    engine.dispose()
    assert "Sort" not in plan
    assert "ix_registered_listed" in plan


@pytest.mark.parametrize("name", ["places", "directions"])
@pytest.mark.parametrize("after", ["nonsense", "UA14020010010059145", "0.5~UA", "-1~UA", "~", ""])
def test_a_place_in_the_list_that_there_is_not_is_no_end_of_it(client: TestClient, name: str, after: str) -> None:
    answer = client.get(f"/collections/{name}/items", params={"after": after})
    assert (answer.status_code, answer.json()["name"]) == (400, "after")


def test_a_place_is_told_whole(client: TestClient) -> None:
    donetsk = client.get("/collections/places/items/UA14000000000091971").json()
    assert from_geojson(json.dumps(donetsk["geometry"])).contains(box(37.9, 48.5, 38.0, 48.6))
    bakhmut = client.get("/collections/places/items/UA14020010010059145").json()["properties"]
    assert (bakhmut["name"], bakhmut["name_uk"], bakhmut["name_ru"]) == ("Bakhmut", "Бахмут", "Бахмут")
    assert (bakhmut["oblast"], bakhmut["kind"], bakhmut["precision"]) == ("Donetsk Oblast", "city", "exact")
