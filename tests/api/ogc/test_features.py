"""OGC API – Features, Part 1: Core (17-069r4): every SHALL and SHOULD of the classes that are declared."""

from html import escape
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import schemathesis
from shapely.geometry import box, shape

from tests.api.conftest import Stock
from tests.api.ogc.checks import COLLECTIONS, LISTS, PROBLEM, Check, Table, get, ids, links, parameter, refused

table = Table()
ITEMS = "/collections/{collection}/items"
EVERY_ITEMS = (ITEMS, *(f"/collections/{name}/items" for name in LISTS))
BAKHMUT = "UA14020010010059145"
ONE_OF = {"reports": None, "places": BAKHMUT, "directions": "bakhmut-2022-05-01"}
TIMES = {"features": ("start", "end"), "reports": ("published",) * 2, "directions": ("valid_from", "valid_to")}
"""First and last day of what has a time."""
CONF = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
DOCUMENTS = (
    "/", "/conformance", "/collections", "/collections/points", "/collections/features", "/collections/points/items",
    *(f"/collections/{name}{rest}" for name in LISTS for rest in ("", "/items?limit=3", "/queryables", "/schema")),
)  # fmt: skip


def report(http: httpx.Client) -> str:
    """The latest."""
    return str(get(http, "/collections/reports/items?limit=1").json()["features"][0]["id"])


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
        "reports/items?limit=1": 3, "reports/items?bbox=0,0,1,1": 0, "directions/items?limit=1&place=x": 0,
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
