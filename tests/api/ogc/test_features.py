"""OGC API – Features, Part 1: Core (17-069r4): every SHALL and SHOULD of the classes that are declared."""

from html import escape
from typing import Any

import httpx
import pytest
import schemathesis
from shapely.geometry import shape

from tests.api.conftest import Stock
from tests.api.ogc.checks import (
    BAKHMUT,
    COLLECTIONS,
    EVERY_ITEMS,
    ITEMS,
    LISTS,
    PROBLEM,
    Check,
    Table,
    get,
    ids,
    links,
    parameter,
    refused,
)

table = Table()
TIMES = {"features": ("start", "end"), "reports": ("published",) * 2, "directions": ("valid_from", "valid_to")}
"""First and last day of what has a time."""
CONF = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
DOCUMENTS = (
    "/", "/conformance", "/collections", "/collections/points", "/collections/features", "/collections/points/items",
    *(f"/collections/{name}{rest}" for name in LISTS for rest in ("", "/items?limit=3", "/queryables", "/schema")),
)  # fmt: skip


@table.holds("Requirement 1 /req/core/root-op", "Requirement 2 /req/core/root-success")
def landing_page(http: httpx.Client, stock: Stock) -> None:
    page = get(http, "/").json()
    for rel in ("service-desc", "service-doc", "conformance", "data"):
        assert links(page, rel), rel
    assert page["title"]
    assert page["description"]


@table.holds("Requirement 3 /req/core/api-definition-op", "Requirement 4 /req/core/api-definition-success")
def api_definition(http: httpx.Client, stock: Stock) -> None:
    page = get(http, "/").json()
    for link in links(page, "service-desc") + links(page, "service-doc"):
        answer = get(http, link["href"], Accept=link["type"])
        assert answer.headers["content-type"] == link["type"]


@table.holds("Requirement 5 /req/core/conformance-op", "Requirement 6 /req/core/conformance-success")
def conformance(http: httpx.Client, stock: Stock) -> None:
    told = get(http, "/conformance").json()["conformsTo"]
    assert {f"{CONF}{each}" for each in ("core", "geojson", "html", "oas30")} <= set(told)
    assert len(told) == len(set(told))


@table.holds("Requirement 7 /req/core/http", "Recommendation /rec/core/head")
def http_1_1(http: httpx.Client, stock: Stock) -> None:
    for path in (*DOCUMENTS, f"/collections/points/items/{stock.shelling}", "/openapi.json", "/docs"):
        whole, head = get(http, path), http.head(path)
        assert whole.http_version == "HTTP/1.1"
        assert (head.status_code, head.content) == (200, b""), path
        assert head.headers["content-type"] == whole.headers["content-type"]
        for method in ("DELETE", "PUT", "PATCH", "POST"):
            other = http.request(method, path)
            assert (other.status_code, other.headers["content-type"]) == (405, PROBLEM), (method, path)
            assert other.headers["allow"] == "GET, HEAD, OPTIONS"
        assert http.options(path).headers["allow"] == "GET, HEAD, OPTIONS"
    refused(http, "/nothing", 404)
    assert http.get("/features", headers={"Accept": "image/png"}).status_code == 406


@table.holds("Requirement 8 /req/core/query-param-unknown")
def unknown_parameters(http: httpx.Client, stock: Stock) -> None:
    for path in (*DOCUMENTS, f"/collections/points/items/{stock.shelling}", "/openapi.json"):
        refused(http, f"{path}{'&' if '?' in path else '?'}unknown=1")
    for path in ("reports/items?claim_status=denied", "places/items?publisher=x", "directions/items?sortby=name"):
        refused(http, f"/collections/{path}")
    answer = http.get("/collections/places/items?countri=UA").json()
    assert "the nearest is country" in answer["detail"]
    refused(http, "/collections/points/items?BBOX=1,2,3,4")
    refused(http, "/collections/points/items?limit=1&unknown")


@table.holds("Requirement 9 /req/core/query-param-invalid")
def invalid_parameters(http: httpx.Client, stock: Stock) -> None:
    for query in (
        "limit=0", "limit=-1", "limit=ten", "limit=", "limit=1.5", "limit=1e309", "limit=nan",
        "bbox=", "bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=a,b,c,d", "bbox=1,2,3,nan", "bbox=1,2,3,1e309",
        "bbox=1,2,3,4,5,6,7",
        "bbox=0,50,10,40", "bbox=-181,0,0,1", "bbox=0,0,181,1", "bbox=0,-91,1,0", "bbox=0,0,1,91", "bbox=0,0,1,%00",
        "datetime=", "datetime=yesterday", "datetime=2023-13-01", "datetime=2023-02-30",
        "datetime=2023-07-12/2023-07-01",
        "datetime=2023-07-12T25:00:00Z", "datetime=2023-07-12T10:00:00", "datetime=../2023-07-01/..", "datetime=..",
        "event=landing", "f=shapefile", "limit=1&limit=2", "after=x", "sortby=walk", "offset=-1", "offset=1000000000",
    ):  # fmt: skip
        refused(http, f"/collections/features/items?{query}")
    for query in (
        "limit=0", "limit=ten", "bbox=1,2,3", "bbox=1,2,3,nan", "bbox=0,50,10,40", "bbox=0,0,181,1", "datetime=",
        "datetime=2023-02-30", "datetime=2023-07-12/2023-07-01", "f=shapefile", "limit=1&limit=2", "offset=-1",
        "count=some", "filter=x", "filter=publisher", "filter=TRUE&filter-crs=EPSG:3857",
    ):  # fmt: skip
        for name in LISTS:
            refused(http, f"/collections/{name}/items?{query}")
    refused(http, "/collections/reports/items?after=x")
    refused(http, "/collections/places/items?kind=castle")


@table.holds("Requirement 10 /req/core/crs84")
def longitude_first(http: httpx.Client, stock: Stock) -> None:
    [point] = get(http, "/collections/points/items").json()["features"]
    assert point["geometry"]["coordinates"] == [37.616, 49.711]
    for name in COLLECTIONS:
        assert get(http, f"/collections/{name}").json()["crs"] == [CRS84]
    place = get(http, f"/collections/places/items/{BAKHMUT}").json()
    assert place["geometry"]["coordinates"] == pytest.approx([38.0, 48.59], abs=0.02)


@table.holds("Requirement 11 /req/core/fc-md-op", "Requirement 12 /req/core/fc-md-success")
@table.holds("Requirement 14 /req/core/fc-md-items", "Recommendation /rec/core/fc-md-descriptions")
def collections(http: httpx.Client, stock: Stock) -> None:
    told = get(http, "/collections").json()["collections"]
    assert [each["id"] for each in told] == list(COLLECTIONS)
    for each in told:
        assert each["title"]
        assert each["description"]
        assert each["itemType"] == "feature"


@table.holds("Requirement 13 /req/core/fc-md-links")
def links_of_the_collections(http: httpx.Client, stock: Stock) -> None:
    for face, other in (("application/json", "text/html; charset=utf-8"), ("text/html", "application/json")):
        header = get(http, "/collections", Accept=face).headers["link"]
        assert f'rel="self"; type="{face}' in header
        assert f'rel="alternate"; type="{other}"' in header
    told = get(http, "/collections").json()
    for link in links(told, "self") + links(told, "alternate"):
        assert get(http, link["href"]).headers["content-type"] == link["type"]


@table.holds("Requirement 15 /req/core/fc-md-items-links", "Recommendation /rec/core/fc-md-license")
def links_to_items(http: httpx.Client, stock: Stock) -> None:
    for each in get(http, "/collections").json()["collections"]:
        kinds = {link["type"] for link in links(each, "items")}
        assert {"application/geo+json", "text/html; charset=utf-8", "text/csv; charset=utf-8"} <= kinds
        for link in links(each, "items"):
            # The gazetteer in every format would take half a minute; the formats have tests of their own.
            answer = http.head(link["href"]) if each["id"] in LISTS else get(http, link["href"])
            assert (answer.status_code, answer.headers["content-type"]) == (200, link["type"])
        for link in links(each, "license") + links(each, "describedby"):
            assert get(http, link["href"]).headers["content-type"] == link["type"]
        assert links(each, "license")


@table.holds("Requirement 16 /req/core/fc-md-extent", "Recommendation /rec/core/fc-md-extent-single")
def extents(http: httpx.Client, stock: Stock) -> None:
    for each in get(http, "/collections").json()["collections"]:
        [[west, south, east, north]] = each["extent"]["spatial"]["bbox"]
        first, last = TIMES.get(each["id"], TIMES["features"])
        assert ("temporal" in each["extent"]) == (each["id"] != "places")
        for feature in get(http, f"/collections/{each['id']}/items").json()["features"]:
            left, bottom, right, top = shape(feature["geometry"]).bounds if feature["geometry"] else [west, south] * 2
            assert west <= left <= right <= east
            assert south <= bottom <= top <= north
            if each["id"] == "places":
                continue
            [[start, end]] = each["extent"]["temporal"]["interval"]
            assert start[:10] <= feature["properties"][first]
            assert end is None or feature["properties"][last] <= end[:10]
        assert each["id"] != "directions" or end is None, "one is in use"


@table.holds("Requirement 17 /req/core/sfc-md-op", "Requirement 18 /req/core/sfc-md-success")
def one_collection(http: httpx.Client, stock: Stock) -> None:
    for each in get(http, "/collections").json()["collections"]:
        alone = get(http, f"/collections/{each['id']}").json()
        assert {name: alone[name] for name in each if name != "links"} == {
            name: each[name] for name in each if name != "links"
        }
        assert all(link in alone["links"] for link in each["links"])
    refused(http, "/collections/nothing", 404)


@table.holds("Requirement 35 /req/html/definition", "Requirement 36 /req/html/content", "Recommendation /rec/core/html")
def pages_for_people(http: httpx.Client, stock: Stock) -> None:
    for path in (*DOCUMENTS, f"/collections/points/items/{stock.shelling}"):
        page = get(http, path, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.text.startswith("<!doctype html>")
        asked = f"{path}{'&' if '?' in path else '?'}f=html"
        assert get(http, asked, Accept="application/json").text.startswith("<!doctype html>")
        program = get(http, path, Accept="application/json, application/geo+json").json()
        said = leaves(program)
        assert said
        for word in said:
            assert word in page.text, (path, word)
        for link in program["links"]:
            if link["rel"] not in ("self", "alternate"):
                assert f'href="{link["href"].replace("&", "&amp;")}"' in page.text


def leaves(value: Any) -> list[str]:
    """Texts of a document, as a page shows them."""
    match value:
        case dict():
            told = (each for name, each in value.items() if name not in ("links", "timeStamp", "type"))
            return [each for inner in told for each in leaves(inner)]
        case list():
            return [each for inner in value for each in leaves(inner)]
        case str():
            return [escape(value)]
    return []


@table.holds(
    "Requirement 37 /req/geojson/definition", "Requirement 38 /req/geojson/content", "Recommendation /rec/core/geojson"
)
def geojson(http: httpx.Client, stock: Stock) -> None:
    for path, kind in {
        "features/items": "FeatureCollection", f"features/items/{stock.south}": "Feature",
        "reports/items": "FeatureCollection", f"places/items/{BAKHMUT}": "Feature",
        "directions/items": "FeatureCollection",
    }.items():  # fmt: skip
        for header in ("application/geo+json", "*/*", "application/json", ""):
            answer = get(http, f"/collections/{path}", Accept=header)
            assert answer.headers["content-type"] == "application/geo+json"
            assert answer.json()["type"] == kind
            assert answer.json()["links"]


@table.holds("Requirement 44 /req/oas30/oas-definition-1", "Requirement 45 /req/oas30/oas-definition-2")
@table.holds("Requirement 46 /req/oas30/oas-impl", "Recommendation /rec/core/api-definition-oas")
def openapi(http: httpx.Client, stock: Stock) -> None:
    [link] = links(get(http, "/").json(), "service-desc")
    answer = get(http, link["href"])
    assert answer.headers["content-type"] == link["type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert answer.json()["openapi"].startswith("3.0")
    schemathesis.openapi.from_dict(answer.json()).validate()


@table.holds("Requirement 47 /req/oas30/completeness", "Requirement 48 /req/oas30/exceptions-codes")
def complete(http: httpx.Client, stock: Stock) -> None:
    paths = get(http, "/openapi.json").json()["paths"]
    for path in ("/", "/conformance", "/collections", "/collections/{collection}", *EVERY_ITEMS, f"{ITEMS}/{{id}}"):
        responses = paths[path]["get"]["responses"]
        assert {"200", "400"} <= set(responses)
        assert "text/html" in responses["200"]["content"]
        assert ("404" in responses) == ("{" in path)
    [told] = paths["/collections/{collection}/schema"]["get"]["parameters"][:1]
    assert told["schema"]["enum"] == list(COLLECTIONS)


@table.holds("Requirement 49 /req/oas30/security")
def no_secrets(http: httpx.Client, stock: Stock) -> None:
    paths = get(http, "/openapi.json").json()["paths"]
    assert all("security" not in operations["get"] for operations in paths.values() if "get" in operations)


@table.holds("Recommendation /rec/core/etag")
def validators(http: httpx.Client, stock: Stock) -> None:
    for path in (*DOCUMENTS, f"/collections/points/items/{stock.shelling}", "/openapi.json"):
        answer = get(http, path)
        tag = answer.headers["etag"]
        assert not tag.startswith("W/")
        assert {"accept", "accept-encoding"} <= {each.strip().lower() for each in answer.headers["vary"].split(",")}
        for known in (tag, f'"x", {tag}', f"W/{tag}"):
            again = http.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), (path, known)
        assert http.get(path, headers={"If-None-Match": '"x"'}).status_code == 200
        assert get(http, path, Accept="text/html").headers["etag"] != tag or path == "/openapi.json"


@table.holds("Recommendation /rec/core/cross-origin")
def from_any_page(http: httpx.Client, stock: Stock) -> None:
    for path in (*DOCUMENTS, "/nothing"):
        answer = http.get(path, headers={"Origin": "https://map.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "ETag" in answer.headers["access-control-expose-headers"]
    asked = {"Origin": "https://map.example", "Access-Control-Request-Method": "GET"}
    assert "GET" in http.options("/features", headers=asked).headers["access-control-allow-methods"]


@table.holds("Recommendation /rec/core/fc-filters")
def properties_as_parameters(http: httpx.Client, stock: Stock) -> None:
    for name, value in {"event": "assault", "actor": "UA", "lang": "en", "kind": "sector"}.items():
        assert parameter(http, ITEMS, name)["in"] == "query"
        assert stock.south in ids(http, f"?{name}={value}")


@table.holds("Recommendation /rec/core/string-i18n")
def languages(http: httpx.Client, stock: Stock) -> None:
    for path in ("/", "/collections"):
        assert get(http, path).headers["content-language"] == "en"
        assert '<html lang="en">' in get(http, path, Accept="text/html").text


@pytest.mark.parametrize("check", table.parameters())
def test_features(http: httpx.Client, stock: Stock, check: Check) -> None:
    check(http, stock)
