"""What is wrong with a request is told in words for its author, and nothing is guessed that is no help."""

import pytest
from fastapi.testclient import TestClient

WRONG = {
    "/features?limit=0": ("limit: “0” is not 1 or more", "1 or more"),
    "/features?limit=1e3": ("limit: “1e3” is not a whole number", "a whole number"),
    "/features?limit=": ("limit: “” is not a whole number", "a whole number"),
    "/features?offset=99999999999": ("offset: “99999999999” is not 10000 or less", "10000 or less"),
    "/features?min_probability=0,5": ("“0,5” is not a number", "a number, with a point before its decimals"),
    "/features?min_probability=nan": ("“nan” is not a number", "a number, with a point before its decimals"),
    "/timeline?per=hour": ("“hour” is not 'day'", "'day', 'week' or 'month'"),
    "/places": ("q: it is missing", "a value"),
    "/places?q=": ("“” is not 1 or more letters", "1 or more letters"),
    "/features?place=Bakhmut": ("the gazetteer has no id “Bakhmut”", "direction="),
    "/features?place=": ("the gazetteer has no id “”", "direction="),
    "/timeline?place=Bakhmut": ("the gazetteer has no id “Bakhmut”", "direction="),
    "/features?f=csv&place=Bakhmut": ("the gazetteer has no id “Bakhmut”", "direction="),
    "/collections/directions/items?place=x": ("place: the gazetteer has no id “x”", "/places?q="),
    "/collections/places/items?oblast=Donetsk": ("oblast: the gazetteer has no id “Donetsk”", "/places?q="),
    "/collections/places/items?country=Ukraine": ("country: “Ukraine” is no country", "such as UA"),
    "/coverage?publisher=": ("publisher: nothing is said", "leave it out for all"),
    "/features?publisher=": ("publisher: nothing is said", "leave it out for all"),
    "/collections/reports/items?publisher=+": ("publisher: nothing is said", "leave it out for all"),
    "/features?publisher=Front Gazete": (
        "nothing is known of a “Front Gazete”; the nearest is Front Gazette",
        "Testimony",
    ),
    "/features?publisher=x": ("nothing is known of a “x”", "one of Front Gazette, "),
    "/features?f=csv&publisher=front gazette": ("the nearest is Front Gazette", "one of"),
    "/timeline?publisher=x": ("nothing is known of a “x”", "one of"),
    "/feed.atom?publisher=x": ("nothing is known of a “x”", "one of"),
    "/coverage?publisher=x": ("nothing is known of a “x”", "one of"),
    "/collections/reports/items?publisher=x": ("nothing is known of a “x”", "one of"),
    "/collections/features/tiles/WebMercatorQuad/5/10/18?publisher=x": ("nothing is known of a “x”", "one of"),
    "/features?filter=S_INTERSECTS(geometry,POLYGON((0 0,1 1)))": ("a ring of an area four or more", "CQL2"),
    "/features?filter=S_INTERSECTS(geometry,LINESTRING(0 0))": ("a line has two positions or more", "CQL2"),
    "/features?bbox=1,2,3,4,5": ("is not four numbers with commas between", "of six numbers"),
    "/features?filter=event": ("“event” is no condition", "CQL2"),
    "/features?filter=event=assault": ("a text stands in single quotes", "CQL2"),
    "/features?filter=probability=NULL": ("IS NULL", "CQL2"),
}


@pytest.mark.parametrize("path", WRONG)
def test_what_is_wrong_and_what_would_be_right(client: TestClient, path: str) -> None:
    wrong, right = WRONG[path]
    answer = client.get(path)
    assert answer.status_code == 400
    assert wrong in answer.json()["detail"]
    assert right in answer.json()["right"]
    assert "Input should" not in answer.text


@pytest.mark.parametrize("path", ["/features?actor=Russia", "/features?lang=de", "/features?foo=1", "/features?kind=x"])
def test_what_is_near_to_nothing_is_guessed_as_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "nearest" not in answer.json()["detail"]


def test_capitals_are_a_hint_whatever_the_length(client: TestClient) -> None:
    assert "the nearest is en" in client.get("/features?lang=EN").json()["detail"]
    assert "the nearest is direction" in client.get("/features?Direction=Bakhmut").json()["detail"]


def test_a_country_is_one_in_any_letters(client: TestClient) -> None:
    pages = [client.get(f"/collections/places/items?kind=oblast&country={each}").json() for each in ("ua", "UA")]
    assert pages[0]["features"] == pages[1]["features"] != []


def test_which_collections_there_are(client: TestClient) -> None:
    assert "reports, places, directions" in client.get("/collections/nothing").json()["detail"]
    told = client.get("/collections/places/tiles/WebMercatorQuad/5/10/18").json()["detail"]
    assert told == "there is no such thing of “places”, but of features, points, sectors"
