"""Pages of features over HTTP."""

import json
import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, make_url, text

from app.main import create_app
from tests.api.conftest import MakeServices, Stock
from tests.store.factories import stored

PROPERTIES = set(
    re.findall(
        r"\w+",
        """
        kind relation phrase event outcome actor claim_status unverified speaker speaker_side
        start end time_precision time_basis as_of published recorded
        place_id place_name place_name_uk anchor_lon anchor_lat compass distance_km direction_name
        uncertainty_m geo_precision probability method
        quote quote_start quote_end lang report_id report_url report_title publisher independent_sources citation
        """,
    )
)


def ids(client: TestClient, **query: Any) -> set[str]:
    answer = client.get("/features", params=query)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["numberMatched"] == page["numberReturned"] == len(page["features"])
    return {feature["id"] for feature in page["features"]}


def test_a_page_is_a_feature_collection(client: TestClient, stock: Stock) -> None:
    answer = client.get("/features")
    assert answer.headers["content-type"] == "application/geo+json"
    page = answer.json()
    assert page["type"] == "FeatureCollection"
    assert {feature["id"] for feature in page["features"]} == stock.everything
    assert (page["numberMatched"], page["numberReturned"]) == (3, 3)
    assert page["timeStamp"].endswith("Z")
    assert [link["rel"] for link in page["links"]] == ["self", *["alternate"] * 7]
    assert "searchArea" not in page


def test_properties_are_flat_and_all_there(client: TestClient) -> None:
    for feature in client.get("/features").json()["features"]:
        assert set(feature["properties"]) >= PROPERTIES
        assert all(value is None or isinstance(value, str | int | float) for value in feature["properties"].values())


def test_what_one_feature_says(client: TestClient, stock: Stock) -> None:
    feature = client.get(f"/features/{stock.south}").json()
    told = feature["properties"]
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] == "Polygon"
    assert (told["quote"], told["quote_start"], told["quote_end"]) == ("South of Bakhmut the fighting goes on.", 0, 38)
    assert (told["phrase"], told["relation"], told["compass"]) == ("South of Bakhmut", "bearing", "S")
    assert (told["place_name"], told["place_name_uk"]) == ("Bakhmut", "Бахмут")
    assert (told["anchor_lon"], told["anchor_lat"]) == (37.999, 48.595)
    assert (told["start"], told["end"], told["as_of"], told["published"]) == ("2023-07-12",) * 4
    assert told["recorded"] == "2023-07-12T09:30:00.000000Z"
    assert (told["uncertainty_m"], told["probability"], told["geo_precision"]) == (4000.0, 0.75, "5b")
    assert told["citation"] == "Testimony Daily, “A day at the front”, 2023-07-12, https://news.example/0"
    assert told["independent_sources"] == 1
    assert {link["rel"] for link in feature["links"]} == {"self", "alternate", "collection", "via"}


FILTERS = [
    ("kind", "sector", {"south", "north"}),
    ("kind", "point,sector", {"south", "north", "shelling"}),
    ("event", "shelling", {"shelling"}),
    ("actor", "UA", {"south"}),
    ("speaker_side", "RU", {"north"}),
    ("claim_status", "denied", {"shelling"}),
    ("publisher", "Front Gazette", {"north"}),
    ("place", "UA63080090010026457", {"shelling"}),
    ("lang", "uk", {"shelling"}),
    ("published", "2023-07-02", {"shelling"}),
    ("recorded", "../2023-07-11", set()),
    ("recorded", "2023-07-12T09:30:00Z", {"south", "north", "shelling"}),
    ("min_probability", "0.6", {"south"}),
    ("bbox", "37.5,49.7,37.7,49.8", {"shelling"}),
    ("datetime", "2023-07-11/2023-07-12", {"south", "north"}),
    ("datetime", "2023-07-11", {"north"}),
    ("datetime", "../2023-07-01", {"shelling"}),
    ("datetime", "2023-07-12/..", {"south"}),
    ("datetime", "2023-07-02/2023-07-09", set()),
]


@pytest.mark.parametrize(("name", "value", "expected"), FILTERS)
def test_filters(client: TestClient, stock: Stock, name: str, value: str, expected: set[str]) -> None:
    assert ids(client, **{name: value}) == {getattr(stock, each) for each in expected}


def test_filters_hold_together(client: TestClient, stock: Stock) -> None:
    assert ids(client, kind="sector", actor="unknown", datetime="2023-07-10/..") == {stock.north}


def test_every_documented_filter_is_tried(client: TestClient) -> None:
    parameters = client.get("/openapi.json").json()["paths"]["/features"]["get"]["parameters"]
    tried_elsewhere = {"direction", "limit", "after", "f", "offset", "sortby", "filter", "filter-lang", "filter-crs"}
    tried_elsewhere |= {"count"}
    assert {each["name"] for each in parameters} - tried_elsewhere == {name for name, _, _ in FILTERS}


def test_pages_follow_their_links(client: TestClient, stock: Stock) -> None:
    seen: list[str] = []
    address = "/features?limit=1&datetime=2023-07-01/.."
    while address:
        answer = client.get(address)
        page = answer.json()
        assert (page["numberMatched"], page["numberReturned"]) == (3, 1)
        seen += [feature["id"] for feature in page["features"]]
        onward = [link["href"] for link in page["links"] if link["rel"] == "next"]
        assert ('rel="next"' in answer.headers["link"]) == bool(onward)
        address = onward[0] if onward else ""
    assert seen == [stock.south, stock.north, stock.shelling]


def test_a_page_as_long_as_all_there_is_has_no_next(client: TestClient) -> None:
    assert "next" not in {link["rel"] for link in client.get("/features?limit=3").json()["links"]}
    assert client.get("/features?limit=999999999").status_code == 200


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("dirction=south", "dirction"),
        ("datetime=2023-06", "datetime"),
        ("datetime=2023-07-12/2023-07-10", "datetime"),
        ("bbox=1,2,3", "bbox"),
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("limit=1&limit=2", "limit"),
        ("kind=line", "kind"),
        ("kind=", "kind"),
        ("after=last", "after"),
        ("min_probability=nan", "min_probability"),
        ("min_probability=2", "min_probability"),
        ("publisher=a%00b", "publisher"),
        ("direction=", "direction"),
        ("direction=" + "x" * 301, "direction"),
    ],
)
def test_what_can_never_be_answered_is_named(client: TestClient, query: str, name: str) -> None:
    answer = client.get(f"/features?{query}")
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert (problem["status"], problem["title"], problem["name"]) == (400, "Bad Request", name)
    assert problem["detail"].startswith(name)
    assert problem["right"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_misspelt_parameter_is_told_the_nearest(client: TestClient) -> None:
    assert "nearest is direction" in client.get("/features?dirction=south").json()["detail"]
    assert "nearest is claim_status" in client.get("/features?claimstatus=denied").json()["detail"]


def test_an_unknown_feature(client: TestClient) -> None:
    answer = client.get("/features/unknown")
    assert (answer.status_code, answer.json()["detail"]) == (404, "there is no feature unknown")
    assert client.get("/features/a%00b").status_code == 404


# Validators


@pytest.mark.parametrize("path", ["/features", "/features?limit=1", "/features/{south}", "/", "/places?q=Bakh"])
def test_what_the_client_holds_is_not_sent_again(client: TestClient, stock: Stock, path: str) -> None:
    path = path.format(south=stock.south)
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path).content == first.content
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(path, headers={"If-None-Match": f"W/{tag}"}).status_code == 304


def test_a_change_of_the_data_is_a_new_answer(own_database_url: str, services: MakeServices) -> None:
    engine = create_engine(own_database_url)
    with TestClient(create_app(services(own_database_url))) as client:
        empty = client.get("/features")
        assert empty.json()["features"] == []
        assert client.get("/features?publisher=Front Gazette").status_code == 400
        with engine.begin() as connection:
            feature = stored(connection, publisher="Front Gazette")
        full = client.get("/features", headers={"If-None-Match": empty.headers["etag"]})
        assert [each["id"] for each in full.json()["features"]] == [feature]
        assert full.json()["timeStamp"] > empty.json()["timeStamp"]
        assert client.get("/features?publisher=Front Gazette").json()["features"] == full.json()["features"]
    engine.dispose()


def test_the_zone_of_the_database_changes_nothing(own_database_url: str, services: MakeServices) -> None:
    name = make_url(own_database_url).database
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE \"{name}\" SET timezone = 'Asia/Tokyo'")
        stored(connection)
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        page = client.get("/features")
        while "last-modified" not in page.headers:  # left out until the second after the server's start is over
            page = client.get("/features")
        assert page.headers["last-modified"].endswith("GMT")
        assert page.json()["features"][0]["properties"]["recorded"] == "2023-07-12T09:30:00.000000Z"
        assert client.get("/timeline?per=week").json()["stretches"][0]["start"] == "2023-07-10"


# HTTP


def test_head_is_get_without_a_body(client: TestClient) -> None:
    got, head = client.get("/features"), client.head("/features")
    assert head.status_code == 200
    assert head.content == b""
    own = ("date", "x-request-id")
    assert [each for each in head.headers.items() if each[0] not in own] == [
        each for each in got.headers.items() if each[0] not in own
    ]
    assert client.head("/features/unknown").status_code == 404


def test_any_page_may_read(client: TestClient) -> None:
    answer = client.get("/features", headers={"Origin": "https://map.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_page_elsewhere_may_post_a_text(client: TestClient) -> None:
    asked = {
        "Origin": "https://map.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = client.options("/read", headers=asked)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    assert "POST" in answer.headers["access-control-allow-methods"]


def test_other_methods_are_refused_by_name(client: TestClient) -> None:
    answer = client.delete("/features")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.get("/read").headers["allow"] == "OPTIONS, POST"
    asked = client.options("/features")
    assert (asked.status_code, asked.headers["allow"], asked.content) == (204, "GET, HEAD, OPTIONS", b"")
    assert client.options("/nothing").status_code == 404


def test_links_lead_where_they_say(client: TestClient, stock: Stock) -> None:
    for path in ("/", "/features?limit=1", f"/features/{stock.south}"):
        for link in client.get(path).json()["links"]:
            if urlsplit(link["href"]).path not in ("/map", "/resolve") and "direction=" not in link["href"]:
                assert client.get(link["href"]).status_code == 200, link


# Where it comes from


def test_every_feature_leads_to_claim_passage_report_and_source(client: TestClient, stock: Stock) -> None:
    for feature in client.get("/features").json()["features"]:
        told = feature["properties"]
        report = client.get(f"/reports/{told['report_id']}").json()
        [claim] = [each for each in report["claims"] if each["id"] == told["claim_id"]]
        assert claim["quote"] == told["quote"]
        passage = report["passages"][claim["passage"]]
        start, end = passage["span"]
        assert start <= told["quote_start"] < told["quote_end"] <= end
        assert passage["text"][told["quote_start"] - start : told["quote_end"] - start] == told["quote"]
        assert told["phrase"] in passage["text"]
        assert [each["id"] for each in report["features"]["features"]] == [feature["id"]]
        assert (report["publisher"], report["url"]) == (told["publisher"], told["report_url"])
        assert date.fromisoformat(report["published"])
        mention = report["mentions"][0]
        assert (mention["outcome"], mention["place_id"]) == ("resolved", told["place_id"])
        passages = client.get(f"/reports/{told['report_id']}/passages").json()["passages"]
        assert passages == report["passages"]


def test_an_unknown_report(client: TestClient) -> None:
    assert client.get("/reports/unknown").status_code == 404
    assert client.get("/reports/unknown/passages").status_code == 404


def test_every_answer_is_strict_json(client: TestClient, stock: Stock) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    for path in ("/", "/features", f"/features/{stock.shelling}", "/places?q=B", "/readyz", "/healthz", "/nothing"):
        json.loads(client.get(path).text, parse_constant=refuse)


def test_how_many_match_can_be_estimated(client: TestClient, stock: Stock) -> None:
    engine = create_engine(stock.url)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE feature"))
    engine.dispose()
    estimated = client.get("/features", params={"count": "estimate", "limit": 1}).json()
    assert 1 <= estimated["numberMatched"] <= 30  # the planner's guess, of three
    assert "numberMatched" not in client.get("/features", params={"count": "none", "limit": 1}).json()
    assert client.get("/features", params={"count": "estimate"}).json()["numberMatched"] == 3  # all are on the page
