"""A direction in words: which area it is, what it finds, and what is said where it cannot be settled."""

import asyncio
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from shapely.geometry import Point, shape

from app.api import direction
from app.gazetteer.open import Gazetteer
from tests.api.conftest import Stock

SOUTH = "south of Bakhmut"


def resolved(client: TestClient, phrase: str, **more: str) -> dict[str, Any]:
    answer = client.get("/resolve", params={"direction": phrase, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_direction_is_an_area_with_its_reading(client: TestClient) -> None:
    area = resolved(client, SOUTH)
    told = area["properties"]
    assert (area["type"], area["geometry"]["type"]) == ("Feature", "Polygon")
    assert (told["phrase"], told["relation"], told["compass"], told["distance_km"]) == (SOUTH, "bearing", "S", None)
    assert (told["method"], told["geo_precision"]) == ("wedge", "5b")
    assert 0 < told["probability"] <= 1
    assert 1_000 < told["uncertainty_m"] < 40_000
    [anchor] = told["anchors"]
    assert (anchor["name"], anchor["name_uk"], anchor["kind"]) == ("Bakhmut", "Бахмут", "city")
    assert shape(area["geometry"]).contains(Point(anchor["lon"], anchor["lat"] - 0.08))
    assert not shape(area["geometry"]).contains(Point(anchor["lon"], anchor["lat"] + 0.08))


@pytest.mark.parametrize(
    "phrase",
    ["S of Bakhmut", "SOUTH OF BAKHMUT", "south of bakhmut", "south of Artemivsk", "південніше Бахмута",
     "на південь від Бахмута", "южнее Бахмута", "к югу от Артемовска"],
)  # fmt: skip
def test_the_same_area_in_every_spelling(client: TestClient, phrase: str) -> None:
    assert resolved(client, phrase)["geometry"] == resolved(client, SOUTH)["geometry"]


@pytest.mark.parametrize(
    ("phrase", "relation", "holds"),
    [
        ("10 км на північний захід від Авдіївки", "bearing", (37.65, 48.2)),
        ("between Bakhmut and Soledar", "between", (38.03, 48.65)),
        ("Bakhmut direction", "operational_direction", (38.0, 48.59)),
        ("western Zaporizhzhia Oblast", "part", (34.6, 47.2)),
        ("Kupiansk", "at", (37.616, 49.711)),
        ("Donetsk Oblast", "at", (37.7, 48.0)),
        ("Black Sea", "at", (34.0, 43.5)),
        ("near Robotyne", "near", (35.83, 47.44)),
    ],
)
def test_relations(client: TestClient, phrase: str, relation: str, holds: tuple[float, float]) -> None:
    area = resolved(client, phrase)
    assert area["properties"]["relation"] == relation
    assert area["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert shape(area["geometry"]).is_valid
    assert shape(area["geometry"]).contains(Point(holds))


def test_two_bearings_are_one_search(client: TestClient, stock: Stock) -> None:
    both = resolved(client, "north and south of Bakhmut")
    assert both["properties"]["compass"] == ["N", "S"]
    assert both["geometry"]["type"] == "MultiPolygon"
    assert found(client, "north and south of Bakhmut") == {stock.south, stock.north}


def found(client: TestClient, phrase: str, **more: str) -> set[str]:
    page = client.get("/features", params={"direction": phrase, **more}).json()
    assert page["searchArea"]["geometry"] == resolved(client, phrase, **more)["geometry"]
    return {feature["id"] for feature in page["features"]}


def test_a_direction_finds_what_lies_in_it_and_nothing_else(client: TestClient, stock: Stock) -> None:
    assert found(client, SOUTH) == {stock.south}
    assert found(client, "north of Bakhmut") == {stock.north}
    assert found(client, "Куп'янськ") == {stock.shelling}
    assert found(client, SOUTH, datetime="2023-07-10/2023-07-11") == set()


def test_a_page_keeps_its_direction(client: TestClient, stock: Stock) -> None:
    page = client.get("/features", params={"direction": "Donetsk Oblast", "limit": "1"}).json()
    [onward] = [link["href"] for link in page["links"] if link["rel"] == "next"]
    rest = client.get(onward).json()
    assert rest["searchArea"] == page["searchArea"]
    assert [page["features"][0]["id"], rest["features"][0]["id"]] == [stock.south, stock.north]


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("south of Nowhereville", "Nowhereville"),
        ("hello", "hello"),
        ("???", ""),
        ("Andriivka", "one of several places"),
        ("Bakhmut north of Kupiansk and south of Odesa", ""),
    ],
)
@pytest.mark.parametrize("path", ["/features", "/resolve", "/timeline"])
def test_what_cannot_be_settled_is_told_with_what_was_understood(
    client: TestClient, path: str, phrase: str, why: str
) -> None:
    answer = client.get(path, params={"direction": phrase})
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert why in problem["detail"]
    assert problem["phrase"] == phrase
    assert problem["understood"]
    assert isinstance(problem["candidates"], list)


def test_candidates_of_an_ambiguous_name(client: TestClient) -> None:
    problem = client.get("/resolve?direction=south of Andriivka").json()
    assert problem["understood"] == "bearing S, of Andriivka"
    assert len(problem["candidates"]) > 2
    assert {"id", "name", "name_uk", "lat", "lon", "kind", "score", "reasons", "within"} == set(
        problem["candidates"][0]
    )
    assert len({each["within"] for each in problem["candidates"]}) > 2, "or namesakes could not be told apart"


def test_a_direction_is_needed_to_resolve(client: TestClient) -> None:
    answer = client.get("/resolve")
    assert (answer.status_code, answer.json()["name"]) == (400, "direction")


@pytest.mark.parametrize(
    "example",
    ["south of Bakhmut", "10 км на північний захід від Авдіївки", "между Белой Горой и Андреевкой",
     "Bakhmut direction", "western Zaporizhzhia Oblast", "Kupiansk"],
)  # fmt: skip
def test_documented_directions_answer(client: TestClient, example: str) -> None:
    documented = client.get("/openapi.json").json()["paths"]["/features"]["get"]["parameters"]
    [direction] = [each for each in documented if each["name"] == "direction"]
    assert example in {each["value"] for each in direction["examples"].values()}
    assert client.get("/features", params={"direction": example}).status_code == 200


def test_places_as_one_types(client: TestClient) -> None:
    for typed in ("Bakhmu", "Бахму", "Artemivs"):
        first = client.get("/places", params={"q": typed, "limit": 1}).json()["features"][0]
        assert (first["properties"]["name"], first["geometry"]["type"]) == ("Bakhmut", "Point")
        assert "Donetsk Oblast" in first["properties"]["within"]
    assert client.get("/places?q=xqzw").json()["features"] == []


def test_areas_that_were_asked_for_are_kept_and_no_more_than_so_many(
    atlas: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(direction, "AREAS_MAX", 2)
    areas, day = direction.Areas(atlas), date(2024, 5, 1)

    async def asked(*phrases: str) -> list[direction.SearchArea]:
        return [await areas.find(phrase, day) for phrase in phrases]

    first, again, _, _, anew = asyncio.run(
        asked("south of Lyman", "south of Lyman", "Lyman", "Siversk", "south of Lyman")
    )
    assert again is first
    assert anew is not first
    assert anew == first
    later = asyncio.run(areas.find("south of Lyman", date(2024, 5, 2)))
    assert later is not anew
