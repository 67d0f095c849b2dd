"""The map page: all it loads comes from this server, is what it says it is, and speaks the API's words."""

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient
from shapely import Point
from shapely.geometry import shape

from app.api.map import WEB, map_router
from app.domain.vocabulary import Actor, ClaimStatus, Event, GeoPrecision, Outcome, SpeakerSide
from app.gazetteer.build import GEODATA
from app.gazetteer.open import Gazetteer
from app.main import create_app
from tests.api.conftest import MakeServices, Stock

MODULES = {file.name: file.read_text("utf-8") for file in sorted((WEB / "js").glob("*.js"))}
SHEETS = {file.name: file.read_text("utf-8") for file in sorted((WEB / "css").glob("*.css"))}
PAGE = (WEB / "index.html").read_text("utf-8")
SVG_NAMESPACE = "http://www.w3.org/2000/svg"


@pytest.fixture(scope="module")
def browser(stock: Stock, services: MakeServices, atlas: Gazetteer) -> Iterator[TestClient]:
    app = create_app(services(stock.url))
    app.include_router(map_router(GEODATA, atlas))
    with TestClient(app) as client:
        yield client


def loaded_by(address: str, text: str) -> list[str]:
    """Addresses that a page, a module or a style sheet makes a browser load."""
    tags = re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=\"([^\"]+)\"", text)
    imports = re.findall(r"^import [^;]*?from \"([^\"]+)\"", text, re.MULTILINE)
    urls = re.findall(r"url\(\s*[\"']?([^\"')]{1,40})", text) if address.endswith(".css") else []
    return [urljoin(address, each) for each in (*tags, *imports, *urls) if not each.startswith("data:")]


def test_everything_the_page_loads_is_served_here_in_its_own_type(browser: TestClient) -> None:
    types = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    seen, waiting = set[str](), loaded_by("/map", PAGE)
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        assert address.startswith("/map/"), f"{address} lies outside"
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"].partition(";")[0] == types[address[address.rindex(".") :]]
        assert answer.headers["x-content-type-options"] == "nosniff"
        waiting += loaded_by(address, answer.text)
    unused = {f"/map/static/js/{name}" for name in MODULES} - seen
    assert not unused, f"nothing imports {unused}"
    assert {"/map/vendor/maplibre-gl.js", "/map/vendor/maplibre-gl.css", "/map/static/css/page.css"} <= seen


@pytest.mark.parametrize("text", [PAGE, *MODULES.values(), *SHEETS.values()])
def test_own_sources_name_no_outside_address(text: str) -> None:
    assert not re.findall(r"[\"'(](?:https?:)?//[\w.]+", text.replace(SVG_NAMESPACE, ""))


@pytest.mark.parametrize("module", MODULES)
def test_no_text_is_ever_made_into_html_or_code(module: str) -> None:
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|\beval\b|new Function|srcdoc|DOMParser"
    assert not re.findall(sinks, MODULES[module])


def test_the_policy_lets_the_page_load_and_run_its_own_files_only(browser: TestClient) -> None:
    answer = browser.get("/map")
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert policy["default-src"] == "'self'"
    assert not any("unsafe" in value or "http" in value or "*" in value for value in policy.values())
    assert not re.findall(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", PAGE), "the policy forbids inline code"


def test_a_held_file_is_not_sent_again(browser: TestClient) -> None:
    first = browser.get("/map/static/js/main.js")
    again = browser.get("/map/static/js/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["static/js/nothing.js", "static/../../pyproject.toml", "vendor/ipywidget.js", "static/index.html"]
)
def test_nothing_else_is_served(browser: TestClient, path: str) -> None:
    answer = browser.get(f"/map/{path.replace('..', '%2e%2e')}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_trailing_slash_leads_to_the_page(browser: TestClient) -> None:
    answer = browser.get("/map/")
    assert (answer.status_code, answer.url.path) == (200, "/map")


def test_modules_look_for_elements_that_the_page_has() -> None:
    wanted = {name for text in MODULES.values() for name in re.findall(r"(?:byId|getElementById)\(\"(\w+)\"\)", text)}
    held = set(re.findall(r"\bid=\"(\w+)\"", PAGE))
    assert wanted
    assert wanted <= held, f"the page lacks {wanted - held}"


def keys(name: str) -> set[str]:
    """Of an object literal in words.js."""
    body = re.search(rf"export const {name} = \{{(.*?)\}};", MODULES["words.js"], re.DOTALL)
    assert body
    return set(re.findall(r"[\"']?(\w+)[\"']?:", body[1]))


@pytest.mark.parametrize(
    ("name", "vocabulary"),
    [
        ("EVENTS", Event),
        ("ACTORS", Actor),
        ("SIDES", SpeakerSide),
        ("STATUSES", ClaimStatus),
        ("STATUS_MEANINGS", ClaimStatus),
        ("LINES", ClaimStatus),
        ("OUTCOMES", Outcome),
        ("GEO_PRECISION", GeoPrecision),
    ],
)
def test_the_page_knows_every_word_of_the_api(name: str, vocabulary: type[StrEnum]) -> None:
    assert keys(name) == set(vocabulary)


def test_every_event_has_one_class() -> None:
    body = re.search(r"EVENT_CLASSES = \{(.*?)\n\};", MODULES["words.js"], re.DOTALL)
    assert body
    classed = [event for events in re.findall(r"events: \[(.*?)\]", body[1]) for event in re.findall(r"\w+", events)]
    assert sorted(classed) == sorted(Event)


def test_cards_and_details_read_properties_that_features_have(browser: TestClient) -> None:
    read = {
        name for module in ("card.js", "detail.js", "ledger.js") for name in re.findall(r"\bp\.(\w+)", MODULES[module])
    }
    served = browser.get("/features").json()["features"][0]["properties"].keys()
    assert len(read) > 20
    assert read <= served, f"no feature has {read - served}"


def test_the_api_takes_every_filter_that_the_page_sends(browser: TestClient) -> None:
    lists = re.search(r"const LISTS = (\[.*?\]);", MODULES["state.js"])
    assert lists
    words = {"event": "assault,clash", "actor": "UA,RU", "speaker_side": "third_party,media", "claim_status": "claimed"}
    assert set(json.loads(lists[1])) == set(words)
    sent = {
        **words,
        "direction": "south of Bakhmut",
        "place": "UA14020010010059145",
        "datetime": "2023-07-10/..",
        "limit": "1000",
    }
    answer = browser.get("/features", params=sent)
    assert answer.status_code == 200, answer.text
    assert {"features", "numberMatched", "links", "searchArea"} <= answer.json().keys()


@pytest.mark.parametrize("layer", ["land", "oblasts", "waters", "names"])
def test_the_ground_is_geojson(browser: TestClient, layer: str) -> None:
    answer = browser.get(f"/map/basemap/{layer}.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["features"]


def test_crimea_is_drawn_as_ukraine(browser: TestClient) -> None:
    simferopol, sevastopol = Point(34.10, 44.95), Point(33.55, 44.58)
    land = {
        f["properties"]["iso_a3"]: shape(f["geometry"])
        for f in browser.get("/map/basemap/land.geojson").json()["features"]
    }
    assert land["UKR"].covers(simferopol)
    assert not land["RUS"].intersects(simferopol)
    oblasts = browser.get("/map/basemap/oblasts.geojson").json()["features"]
    for place in (simferopol, sevastopol):
        assert [f["properties"]["country"] for f in oblasts if shape(f["geometry"]).covers(place)] == ["UA"]


def test_towns_oblasts_and_seas_are_named(browser: TestClient) -> None:
    features = browser.get("/map/basemap/names.geojson").json()["features"]
    kinds = {feature["properties"]["name"]: feature["properties"]["kind"] for feature in features}
    assert kinds["Kharkiv"] == "settlement"
    assert kinds["Kherson Oblast"] == "oblast"
    assert kinds["Sea of Azov"] == "sea"
    assert "Belgorod Oblast" not in kinds
