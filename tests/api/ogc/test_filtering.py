"""OGC API – Features, Part 3: Filtering (19-079r2) and CQL2 (21-065r2): every SHALL and SHOULD as far as declared."""

import json
from http.client import HTTPConnection
from urllib.parse import quote

import httpx
import pytest

from tests.api.conftest import Stock
from tests.api.ogc.checks import COLLECTIONS, LISTS, Check, Table, get, ids, links, parameter, refused

table = Table()
ITEMS = "/collections/{collection}/items"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf/"
PART3 = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
TYPES = {"string", "number", "integer", "boolean"}


def found(http: httpx.Client, text: str, collection: str = "features") -> set[str]:
    return ids(http, f"?filter={quote(text)}", collection)


@table.holds("/req/queryables/conformance-success")
def conformance(http: httpx.Client, stock: Stock) -> None:
    told = set(get(http, "/conformance").json()["conformsTo"])
    assert {f"{PART3}{each}" for each in ("queryables", "filter", "features-filter")} <= told
    assert {f"{CQL2}{each}" for each in ("cql2-text", "cql2-json", "basic-cql2", "temporal-functions")} <= told
    assert {f"{CQL2}{each}" for each in ("array-functions", "arithmetic", "functions")}.isdisjoint(told)


@table.holds(
    "/req/queryables/get-queryables-op", "/req/queryables/queryables-link", "/req/features-filter/queryables-link"
)
def where_queryables_are(http: httpx.Client, stock: Stock) -> None:
    for collection in COLLECTIONS:
        [link] = links(get(http, f"/collections/{collection}").json(), QUERYABLES)
        assert get(http, link["href"]).headers["content-type"] == link["type"] == "application/schema+json"
        header = get(http, f"/collections/{collection}").headers["link"]
        assert f'{link["href"]}>; rel="{QUERYABLES}"' in header
    refused(http, "/collections/nothing/queryables", 404)


@table.holds("/req/queryables/get-queryables-response", "/rec/queryables/queryables-schema")
def what_queryables_say(http: httpx.Client, stock: Stock) -> None:
    for query in ("points/queryables", "points/queryables?f=json", *(f"{name}/queryables" for name in LISTS)):
        answer = get(http, f"/collections/{query}")
        schema = answer.json()
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == str(answer.request.url).partition("?")[0]
        assert schema["type"] == "object"
        for name, about in schema["properties"].items():
            assert about["title"], name
            assert about.get("type") in TYPES or about["format"].startswith("geometry-"), name
        if not query.startswith("points"):
            continue
        assert schema["properties"]["start"]["format"] == "date"
        assert schema["properties"]["recorded"]["format"] == "date-time"
        assert "assault" in schema["properties"]["event"]["enum"]
        assert schema["properties"]["probability"]["maximum"] == 1


@table.holds("/req/queryables/expression-construction", "/req/filter/expression-construction")
def only_what_can_be_asked(http: httpx.Client, stock: Stock) -> None:
    assert get(http, "/collections/points/queryables").json()["additionalProperties"] is False
    for name in get(http, "/collections/features/queryables").json()["properties"]:
        assert found(http, f'"{name}" IS NOT NULL OR TRUE') == stock.everything
    for collection in LISTS:
        told = get(http, f"/collections/{collection}/queryables").json()
        assert told["additionalProperties"] is False
        for name in told["properties"]:
            assert found(http, f'"{name}" IS NOT NULL OR TRUE', collection)
        refused(http, f"/collections/{collection}/items?filter={quote('event = 1')}")
    for text in ("unheard = 1", "body IS NULL", "geom IS NULL", "run_id = 'x'", "S_INTERSECTS(shape, POINT(1 2))"):
        refused(http, f"/collections/features/items?filter={quote(text)}")


@table.holds("/req/filter/filter-param", "/req/features-filter/filter-param")
def the_parameter(http: httpx.Client, stock: Stock) -> None:
    for path in (ITEMS, *(f"/collections/{name}/items" for name in LISTS)):
        told = parameter(http, path, "filter")
        assert (told["in"], told["required"], told["schema"]["type"]) == ("query", False, "string")
        assert (told["style"], told["explode"]) == ("form", False)
        assert parameter(http, path, "filter-lang")["schema"]["enum"] == ["cql2-text", "cql2-json"]


@table.holds("/req/filter/filter-lang-param", "/req/features-filter/filter-lang-param", "/per/filter/filter-default")
def the_language(http: httpx.Client, stock: Stock) -> None:
    told = parameter(http, ITEMS, "filter-lang")
    assert told["schema"]["enum"] == ["cql2-text", "cql2-json"]
    assert told["schema"]["default"] == "cql2-text"
    tree = quote(json.dumps({"op": "=", "args": [{"property": "event"}, "assault"]}))
    assert ids(http, f"?filter={tree}&filter-lang=cql2-json") == {stock.south}
    refused(http, "/collections/features/items?filter=TRUE&filter-lang=ecql")


@table.holds("/req/filter/filter-crs-wgs84", "/req/filter/filter-crs-param", "/req/features-filter/filter-crs-param")
def the_reference_system(http: httpx.Client, stock: Stock) -> None:
    text = quote("S_INTERSECTS(geometry, POINT(37.616 49.711))")
    assert ids(http, f"?filter={text}") == ids(http, f"?filter={text}&filter-crs={quote(CRS84)}") == {stock.shelling}
    refused(http, f"/collections/features/items?filter={text}&filter-crs=EPSG:3857")


@table.holds("/req/filter/mixing-expressions")
def together(http: httpx.Client, stock: Stock) -> None:
    sectors = quote("kind = 'sector'")
    assert ids(http, f"?filter={sectors}&datetime=2023-07-12&bbox=37,48,39,49") == {stock.south}
    assert ids(http, f"?filter={sectors}&event=shelling") == set()


@table.holds("/req/filter/response", "/req/features-filter/response")
def what_answers(http: httpx.Client, stock: Stock) -> None:
    assert found(http, "TRUE") == stock.everything
    assert found(http, "FALSE") == set()
    assert found(http, "event = 'assault'") == {stock.south}
    assert found(http, "NOT event = 'assault'") == {stock.north, stock.shelling}
    assert found(http, "event = 'assault'", "points") == set()
    refused(http, f"/collections/features/items?filter={quote('event =')}")
    for collection, of_one, of_none in (
        ("reports", "published = DATE('2023-07-02') AND NOT claims = 0", "features > 1"),
        ("places", "name = 'Bakhmut' AND CASEI(name_uk) LIKE CASEI('БАХ%') AND kind = 'city'", "country = 'XX'"),
        ("directions", "name = 'Lyman direction' AND valid_to IS NULL", "valid_from > valid_to"),
    ):
        assert len(found(http, of_one, collection)) == 1
        assert found(http, of_none, collection) == set()
        assert found(http, f"{of_one} AND S_INTERSECTS(geometry, BBOX(0, 0, 1, 1))", collection) == set()
        assert found(http, f"{of_one} OR {of_none}", collection) == found(http, of_one, collection)
    assert len(found(http, "T_AFTER(valid_from, DATE('2022-06-01')) AND name LIKE 'Lyman%'", "directions")) == 1


CLASSES = {
    "basic-cql2": "event = 'assault' AND NOT (start < DATE('2023-07-01') OR probability IS NULL)",
    "advanced-comparison-operators": "publisher LIKE 'Test%' AND probability BETWEEN 0.7 AND 0.8 AND actor IN ('UA')",
    "case-insensitive-comparison": "CASEI(place_name_uk) = CASEI('БАХМУТ') AND event = 'assault'",
    "accent-insensitive-comparison": "ACCENTI(place_name) = ACCENTI('Bakhmút') AND event = 'assault'",
    "basic-spatial-functions": "S_INTERSECTS(geometry, POINT(38 48.5)) AND S_INTERSECTS(geometry, BBOX(1,1,39,49))",
    "basic-spatial-functions-plus": "S_INTERSECTS(geometry, MULTIPOLYGON(((38 48.4, 38.1 48.4, 38.1 48.5, 38 48.4))))",
    "spatial-functions": "S_WITHIN(geometry, BBOX(37, 48, 39, 48.6)) AND NOT S_DISJOINT(geometry, POINT(38 48.5))",
    "temporal-functions": "T_DURING(INTERVAL(start, end), INTERVAL('2023-07-11', '2023-07-13'))",
    "property-property": "start = end AND start = published",
    "cql2-text": "event='assault'",
    "cql2-json": "TRUE",
}


@table.holds(*(f"/conf/{each} (21-065r2)" for each in CLASSES))
def classes_of_cql2(http: httpx.Client, stock: Stock) -> None:
    told = get(http, "/conformance").json()["conformsTo"]
    assert {each.removeprefix(CQL2) for each in told if each.startswith(CQL2)} == set(CLASSES)
    for name, text in CLASSES.items():
        assert stock.south in found(http, text), name
        assert name == "cql2-json" or found(http, text) == {stock.south}, name


@table.holds("deep, long and broken filters")
def hostile(http: httpx.Client, stock: Stock) -> None:
    for text in (
        "(" * 2000 + "TRUE" + ")" * 1999,
        "NOT " * 1500 + "TRUE",
        "(" * 30 + "event == 1" + ")" * 30,
        "\0",
        "'",
    ):
        refused(http, f"/collections/features/items?filter={quote(text)}")
    refused(http, f"/collections/features/items?filter-lang=cql2-json&filter={quote('[' * 2000)}")
    # The client of these tests itself refuses so long an address.
    raw = HTTPConnection(http.base_url.host, http.base_url.port, timeout=30)
    raw.request("GET", f"/collections/features/items?filter={'x' * 1_000_000}")
    answer = raw.getresponse()
    assert answer.status in (400, 413, 414)
    assert answer.headers["content-type"] == "application/problem+json"
    raw.close()


@pytest.mark.parametrize("check", table.parameters())
def test_filtering(http: httpx.Client, stock: Stock, check: Check) -> None:
    check(http, stock)
