"""OGC API – Features, Part 1: Core (17-069r4): the requirements on items, pages of them and single ones."""

from urllib.parse import urlsplit

import httpx
import pytest
from shapely.geometry import box, shape

from tests.api.conftest import Stock
from tests.api.ogc.checks import (
    BAKHMUT,
    COLLECTIONS,
    EVERY_ITEMS,
    Check,
    Table,
    get,
    ids,
    links,
    parameter,
    refused,
)

table = Table()
ONE_OF = {"reports": None, "places": BAKHMUT, "directions": "bakhmut-2022-05-01"}


def report(http: httpx.Client) -> str:
    """The latest."""
    return str(get(http, "/collections/reports/items?limit=1").json()["features"][0]["id"])


@table.holds("Requirement 19 /req/core/fc-op", "Requirement 26 /req/core/fc-response")
def items(http: httpx.Client, stock: Stock) -> None:
    assert ids(http) == stock.everything
    assert ids(http, collection="points") == {stock.shelling}
    assert ids(http, "?bbox=37,48,39,49&datetime=2023-07-12&event=assault&limit=5") == {stock.south}
    assert len(ids(http, collection="reports")) == 3
    assert ids(http, "?lang=uk", "reports") == ids(http, "?datetime=2023-07-02", "reports")
    assert ids(http, "?publisher=Front Gazette", "reports") < ids(http, "?datetime=2023-07-12", "reports")
    assert ids(http, "?kind=sea&direction=south of Bakhmut", "places") == set()
    assert BAKHMUT in ids(http, "?oblast=UA14000000000091971&kind=settlement,city&limit=10000", "places")
    assert ids(http, f"?place={BAKHMUT}", "directions") == {"bakhmut-2022-05-01"}
    assert "bakhmut-2022-05-01" in ids(http, "?direction=south of Bakhmut&datetime=2023-07-12", "directions")
    refused(http, "/collections/nothing/items", 404)


@table.holds("Requirement 20 /req/core/fc-limit-definition")
def definition_of_limit(http: httpx.Client, stock: Stock) -> None:
    for path in EVERY_ITEMS:
        told = parameter(http, path, "limit")
        assert (told["in"], told["required"]) == ("query", False)
        wanted = {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 100}
        assert {name: told["schema"][name] for name in wanted} == wanted


@table.holds("Requirement 21 /req/core/fc-limit-response-1")
def limits(http: httpx.Client, stock: Stock) -> None:
    for limit in (1, 2, 3, 10_000, 10_001, 2**31, 10**30):
        page = get(http, f"/collections/features/items?limit={limit}").json()
        assert len(page["features"]) == min(limit, 3)
        assert len(get(http, f"/collections/reports/items?limit={limit}").json()["features"]) == min(limit, 3)
    assert len(get(http, "/collections/places/items").json()["features"]) == 100
    assert len(get(http, "/collections/directions/items?limit=2").json()["features"]) == 2


@table.holds("Requirement 22 /req/core/fc-bbox-definition")
def definition_of_bbox(http: httpx.Client, stock: Stock) -> None:
    for path in EVERY_ITEMS:
        told = parameter(http, path, "bbox")
        assert (told["in"], told["required"], told["style"], told["explode"]) == ("query", False, "form", False)
        assert (told["schema"]["type"], told["schema"]["items"]["type"]) == ("array", "number")
        assert [(each["minItems"], each["maxItems"]) for each in told["schema"]["oneOf"]] == [(4, 4), (6, 6)]


@table.holds("Requirement 23 /req/core/fc-bbox-response")
def boxes(http: httpx.Client, stock: Stock) -> None:
    assert ids(http, "?bbox=37.5,49.7,37.7,49.8") == {stock.shelling}
    assert ids(http, "?bbox=37.5,49.7,-100,37.7,49.8,100") == {stock.shelling}
    assert ids(http, "?bbox=37.616,49.711,37.616,49.711") == {stock.shelling}
    assert ids(http, "?bbox=38.1,48.4,39,48.5") == {stock.south}, "an edge is part of an area"
    assert ids(http, "?bbox=-180,-90,180,90") == stock.everything
    assert ids(http, "?bbox=170,-90,38.05,90") == stock.everything, "over the antimeridian"
    assert ids(http, "?bbox=170,-90,-170,90") == set()
    assert ids(http, "?bbox=0,0,1,1") == set()
    small = "?bbox=37.98,48.58,38.02,48.61&limit=10000"
    everywhere = get(http, f"/collections/places/items{small}").json()["features"]
    inside = [each for each in everywhere if each["geometry"] and each["geometry"]["type"] == "Point"]
    assert BAKHMUT in {each["id"] for each in inside}
    assert all(box(37.98, 48.58, 38.02, 48.61).intersects(shape(each["geometry"])) for each in inside)
    assert any(each["geometry"] is None for each in everywhere), "what lies nowhere is in every box"
    assert "bakhmut-2022-05-01" in ids(http, small, "directions")
    assert "kupiansk-2022-09-10" not in ids(http, small, "directions")
    assert len(ids(http, "?bbox=37.6,49.7,37.63,49.72", "reports")) == 1
    assert ids(http, "?bbox=0,0,1,1", "reports") == set()


@table.holds("Requirement 24 /req/core/fc-time-definition")
def definition_of_datetime(http: httpx.Client, stock: Stock) -> None:
    for path in EVERY_ITEMS:
        told = parameter(http, path, "datetime")
        assert (told["in"], told["required"], told["style"], told["explode"]) == ("query", False, "form", False)
        assert told["schema"]["type"] == "string"


@table.holds("Requirement 25 /req/core/fc-time-response")
def times(http: httpx.Client, stock: Stock) -> None:
    for given, expected in {
        "2023-07-11": {stock.north}, "2023-07-11T12:00:00Z": {stock.north}, "2023-07-11T23:59:59.5Z": {stock.north},
        "2023-07-12T01:00:00%2B03:00": {stock.north}, "2023-07-10/2023-07-12": {stock.north, stock.south},
        "2023-07-02/2023-07-10": {stock.north}, "2023-07-11/2023-07-30": {stock.north, stock.south},
        "2023-07-01T00:00:00Z/2023-07-12T23:59:59Z": stock.everything, "../2023-07-10": {stock.north, stock.shelling},
        "2023-07-11/..": {stock.north, stock.south}, "/2023-07-10": {stock.north, stock.shelling},
        "2023-07-11/": {stock.north, stock.south}, "../..": stock.everything, "2023-07-02/2023-07-09": set(),
        "1900-01-01": set(), "2016-12-31T23:59:60Z": set(),
    }.items():  # fmt: skip
        assert ids(http, f"?datetime={given}") == expected, given
    for given, number in {
        "2023-07-01": 0, "2023-07-02": 1, "../2023-07-02": 1, "2023-07-03/..": 2, "../..": 3, "1900-01-01": 0,
    }.items():  # fmt: skip
        assert len(ids(http, f"?datetime={given}", "reports")) == number, given
    for given, expected in {
        "2022-06-30": {"lyman-2022-04-18"}, "2022-07-01/2022-09-30": set(), "2022-06-01/2022-10-01": LYMAN,
        "2022-10-01": {"lyman-2022-10-01"}, "2030-01-01/..": {"lyman-2022-10-01"},
    }.items():  # fmt: skip
        assert ids(http, f"?datetime={given}", "directions") & LYMAN == expected, given
    assert ids(http, "?datetime=1900-01-01&limit=3", "places") == ids(http, "?limit=3", "places"), "they have no time"


LYMAN = {"lyman-2022-04-18", "lyman-2022-10-01"}


@table.holds("Requirement 27 /req/core/fc-links", "Requirement 28 /req/core/fc-rel-type")
@table.holds(
    "Recommendation /rec/core/fc-next-1", "Recommendation /rec/core/fc-next-2", "Recommendation /rec/core/link-header"
)
def links_of_pages(http: httpx.Client, stock: Stock) -> None:
    everything = {"features": stock.everything, "reports": ids(http, collection="reports")}
    everything["directions"] = ids(http, collection="directions")
    for collection, limit in {"features": 2, "reports": 2, "directions": 30}.items():
        seen = pages(http, f"/collections/{collection}/items?limit={limit}")
        assert len(seen) == len(set(seen))
        assert set(seen) == everything[collection]
    assert len(pages(http, "/collections/places/items?country=UA&kind=city,oblast&limit=500&count=none")) > 400


def pages(http: httpx.Client, address: str) -> list[str]:
    """Ids, as the links lead to them."""
    seen: list[str] = []
    while address:
        answer = get(http, address)
        page = answer.json()
        seen += [each["id"] for each in page["features"]]
        assert urlsplit(links(page, "self")[0]["href"]).query == urlsplit(str(answer.request.url)).query
        assert {link["type"] for link in links(page, "alternate")} >= {"text/html; charset=utf-8"}
        for link in page["links"]:
            assert link["rel"]
            assert link["type"]
            assert f'<{link["href"]}>; rel="{link["rel"]}"; type="{link["type"]}"' in answer.headers["link"]
        following = links(page, "next")
        address = following[0]["href"] if following else ""
    return seen


@table.holds("Requirement 29 /req/core/fc-timeStamp", "Requirement 30 /req/core/fc-numberMatched")
@table.holds("Requirement 31 /req/core/fc-numberReturned")
def numbers(http: httpx.Client, stock: Stock) -> None:
    for query, matched in (("?limit=1", 3), ("?datetime=2023-07-10/..&limit=1", 2), ("?bbox=0,0,1,1", 0)):
        page = get(http, f"/collections/features/items{query}").json()
        assert page["numberMatched"] == matched
        assert page["numberReturned"] == len(page["features"])
        assert page["timeStamp"].endswith("Z")
    for query, told in {
        "reports/items?limit=1": 3, "reports/items?bbox=0,0,1,1": 0,
        "directions/items?limit=1&place=UA14000000000091971": 0,
    }.items():  # fmt: skip
        page = get(http, f"/collections/{query}").json()
        assert (page["numberMatched"], page["numberReturned"]) == (told, len(page["features"]))
    assert "numberMatched" not in get(http, "/collections/places/items?limit=1").json()
    assert get(http, "/collections/places/items?limit=1&count=exact").json()["numberMatched"] > 30_000
    assert "numberMatched" not in get(http, "/collections/reports/items?count=none").json()


@table.holds("Requirement 32 /req/core/f-op", "Requirement 33 /req/core/f-success", "Requirement 34 /req/core/f-links")
def one_feature(http: httpx.Client, stock: Stock) -> None:
    known = {"features": stock.shelling, "points": stock.shelling, **ONE_OF, "reports": report(http)}
    for collection, key in known.items():
        feature = get(http, f"/collections/{collection}/items/{key}").json()
        assert (feature["type"], feature["id"]) == ("Feature", key)
        for link in links(feature, "via") + links(feature, "related"):
            assert get(http, link["href"]).headers["content-type"] == link["type"]
        for rel in ("self", "alternate", "collection"):
            assert links(feature, rel), rel
            for link in links(feature, rel):
                assert get(http, link["href"]).headers["content-type"] == link["type"]
        assert get(http, links(feature, "collection")[0]["href"]).json()["id"] == collection
    refused(http, f"/collections/sectors/items/{stock.shelling}", 404)
    for collection in COLLECTIONS:
        refused(http, f"/collections/{collection}/items/nothing", 404)
    refused(http, f"/collections/directions/items/{BAKHMUT}", 404)


@pytest.mark.parametrize("check", table.parameters())
def test_items(http: httpx.Client, stock: Stock, check: Check) -> None:
    check(http, stock)
