"""The parameter `filter`: CQL2 in both of its forms, asked over HTTP, and what is refused in time."""

import json
from typing import Any

import cql2 as oracle
import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app.api.asked.cql2 import LENGTH_MAX, FilterLang, expression
from app.domain.errors import BadParameter
from app.store.cql.tree import condition
from tests.api.conftest import Stock
from tests.counted import calls

ALL = {"south", "north", "shelling"}
FILTERS: list[tuple[str, set[str]]] = [
    # Basic CQL2
    ("event = 'assault'", {"south"}),
    ("'assault' = event", {"south"}),
    ("event <> 'assault'", {"north", "shelling"}),
    ("event = 'landing'", set()),
    ("start < DATE('2023-07-10')", {"shelling"}),
    ("start <= '2023-07-10'", {"north", "shelling"}),
    ("end >= DATE('2023-07-11')", {"south", "north"}),
    ("recorded > TIMESTAMP('2023-07-12T09:29:59Z') AND recorded < TIMESTAMP('2023-07-12T09:30:01Z')", ALL),
    ("recorded = DATE('2023-07-12')", ALL),
    ("start = TIMESTAMP('2023-07-12T23:00:00Z')", {"south"}),
    ("probability > 0.6", {"south"}),
    ("NOT probability > 0.6", {"north"}),
    ("probability IS NULL", {"shelling"}),
    ("probability IS NOT NULL", {"south", "north"}),
    ("geometry IS NOT NULL", ALL),
    ("unverified", set()),
    ("unverified = false", ALL),
    ("TRUE", ALL),
    ("false", set()),
    ("kind = 'point' OR actor = 'UA' AND event = 'shelling'", {"shelling"}),
    ("(kind = 'point' OR actor = 'UA') AND event = 'assault'", {"south"}),
    ("speaker = 'Ivan Petrenko'", {"north"}),
    ('"speaker" = \'Ivan Petrenko\'', {"north"}),
    ("place_name_uk = 'Бахмут'", {"south", "north"}),
    ("distance_km IS NULL AND anchor_lat < 49", {"south", "north"}),
    # Advanced comparison operators
    ("publisher LIKE 'Front%'", {"north"}),
    ("publisher LIKE '_ront Gazette'", {"north"}),
    ("publisher LIKE '\\_ront%'", set()),
    ("publisher NOT LIKE 'Front%'", {"south", "shelling"}),
    ("probability BETWEEN 0.5 AND 0.6", {"north"}),
    ("probability NOT BETWEEN 0.5 AND 0.6", {"south"}),
    ("event IN ('assault', 'shelling')", {"south", "shelling"}),
    ("event NOT IN ('assault', 'shelling')", {"north"}),
    ("start IN (DATE('2023-07-01'), DATE('2023-07-12'))", {"south", "shelling"}),
    # Case- and accent-insensitive comparison
    ("CASEI(place_name_uk) = casei('БАХМУТ')", {"south", "north"}),
    ("CASEI(speaker) LIKE CASEI('IVAN%')", {"north"}),
    ("casei(publisher) IN (casei('front gazette'))", {"north"}),
    ("ACCENTI(speaker) = ACCENTI('Iván Pétrenko')", {"north"}),
    ("accenti(casei(speaker)) = accenti(casei('iván pétrenko'))", {"north"}),
    # Property to property
    ("published > start", {"shelling", "north"}),
    ("start = end", {"south", "shelling"}),
    # Spatial functions
    ("S_INTERSECTS(geometry, POINT(38 48.5))", {"south"}),
    ("S_INTERSECTS(BBOX(37.5, 49, 38, 50), geometry)", {"shelling"}),
    ("S_INTERSECTS(geometry, BBOX(179, 40, 38.0, 50))", ALL),
    ("S_INTERSECTS(geometry, POLYGON((37.8 48.3, 38.2 48.3, 38.2 48.6, 37.8 48.6, 37.8 48.3)))", {"south"}),
    ("s_intersects(geometry, LINESTRING(38 48, 38 49))", {"south", "north"}),
    ("s_intersects(geometry, MULTIPOINT(38 48.5, 37.616 49.711))", {"south", "shelling"}),
    ("s_intersects(geometry, GEOMETRYCOLLECTION(POINT(38 48.5), POINT(38 48.7)))", {"south", "north"}),
    ("s_intersects(geometry, POINT Z(38 48.5 100))", {"south"}),
    ("s_disjoint(geometry, POINT(38 48.5))", {"north", "shelling"}),
    ("S_WITHIN(geometry, BBOX(37, 48, 39, 48.6))", {"south"}),
    ("S_CONTAINS(geometry, BBOX(37.95, 48.45, 38, 48.5))", {"south"}),
    ("S_TOUCHES(geometry, POINT(38 48.58))", {"south"}),
    ("S_OVERLAPS(geometry, BBOX(38, 48.5, 39, 49))", {"south", "north"}),
    ("S_CROSSES(LINESTRING(38 48, 38 48.5), geometry)", {"south"}),
    ("S_EQUALS(geometry, POINT(37.616 49.711))", {"shelling"}),
    # Temporal functions
    ("T_INTERSECTS(INTERVAL(start, end), INTERVAL('2023-07-11', '2023-07-12'))", {"south", "north"}),
    ("T_INTERSECTS(INTERVAL(start, end), INTERVAL('..', '2023-07-10'))", {"north", "shelling"}),
    ("T_INTERSECTS(INTERVAL(start, end), DATE('2023-07-11'))", {"north"}),
    ("t_intersects(interval(start, end), TIMESTAMP('2023-07-11T22:00:00Z'))", {"north"}),
    ("T_AFTER(INTERVAL(start, end), DATE('2023-07-11'))", {"south"}),
    ("T_BEFORE(end, DATE('2023-07-10'))", {"shelling"}),
    ("T_DURING(INTERVAL(start, end), INTERVAL('2023-07-09', '2023-07-12'))", {"north"}),
    ("T_CONTAINS(INTERVAL('2023-07-09', '2023-07-12'), INTERVAL(start, end))", {"north"}),
    ("T_EQUALS(INTERVAL(start, end), INTERVAL('2023-07-10', '2023-07-11'))", {"north"}),
    ("T_DISJOINT(INTERVAL(start, end), INTERVAL('2023-07-02', '..'))", {"shelling"}),
    ("T_STARTS(INTERVAL(start, end), INTERVAL('2023-07-10', '2023-07-30'))", {"north"}),
    ("T_STARTEDBY(INTERVAL('2023-07-10', '2023-07-30'), INTERVAL(start, end))", {"north"}),
    ("T_FINISHES(INTERVAL(start, end), INTERVAL('2023-07-01', '2023-07-11'))", {"north"}),
    ("T_FINISHEDBY(INTERVAL('2023-07-01', '2023-07-11'), INTERVAL(start, end))", {"north"}),
    ("T_MEETS(INTERVAL(start, end), INTERVAL('2023-07-11', '2023-07-30'))", {"north"}),
    ("T_METBY(INTERVAL(start, end), INTERVAL('2023-07-01', '2023-07-10'))", {"north"}),
    ("T_OVERLAPS(INTERVAL(start, end), INTERVAL('2023-07-09', '2023-07-30'))", set()),
    ("T_OVERLAPPEDBY(INTERVAL('2023-07-01', '2023-07-30'), INTERVAL(start, end))", set()),
    ("T_AFTER(recorded, TIMESTAMP('2023-07-12T09:29:59Z'))", ALL),
    ("T_AFTER(INTERVAL(recorded, '..'), INTERVAL('..', '2023-07-12T09:30:00Z'))", set()),
]  # fmt: skip


def ids(client: TestClient, text: str, path: str = "/features", **more: str) -> set[str]:
    answer = client.get(path, params={"filter": text, **more})
    assert answer.status_code == 200, answer.text
    return {each["id"] for each in answer.json()["features"]}


@pytest.mark.parametrize(("text", "expected"), FILTERS)
def test_both_forms_find_what_is_meant(client: TestClient, stock: Stock, text: str, expected: set[str]) -> None:
    meant = {getattr(stock, each) for each in expected}
    tree = expression("filter", text, FilterLang.TEXT)
    assert ids(client, text) == meant
    assert ids(client, json.dumps(tree), **{"filter-lang": "cql2-json"}) == meant
    assert tree == oracle.parse_text(text).to_json()


def test_a_filter_holds_together_with_the_parameters(client: TestClient, stock: Stock) -> None:
    assert ids(client, "kind = 'sector'", datetime="2023-07-12") == {stock.south}
    assert ids(client, "TRUE", "/collections/points/items") == {stock.shelling}
    assert client.get("/features", params={"filter": "TRUE", "limit": 1}).json()["numberMatched"] == 3


def test_the_same_filter_everywhere(client: TestClient, stock: Stock) -> None:
    asked = {"filter": "speaker = 'Ivan Petrenko'"}
    counted = client.get("/timeline", params=asked).json()["stretches"]
    assert {each["start"] for each in counted} == {"2023-07-10", "2023-07-11"}
    assert client.get("/feed.atom", params=asked).text.count("<entry>") == 1
    tile = client.get("/collections/features/tiles/WebMercatorQuad/6/22/38", params=asked)
    assert stock.north.encode() in tile.content
    assert stock.south.encode() not in tile.content
    table = client.get("/features", params={**asked, "f": "csv"}).text
    assert stock.north in table
    assert stock.south not in table


REFUSED = [
    "", " ", "event", "event = ", "event == 'x'", "event = 'x", "'x'", "event = 'assault' AND", "walk = 'x'",
    "event = 3", "unverified > 0.5", "start = 'yesterday'", "start = DATE('2023-02-30')", "start = DATE('20230712')",
    "recorded = TIMESTAMP('2023-07-12')", "recorded = TIMESTAMP('0001-01-01T00:00:00+14:00')", "probability = 1e309",
    "geometry = 'x'", "event LIKE kind", "probability LIKE '1%'", "event IN ()", "start IN (DATE('2023-07-01'), TRUE)",
    "S_INTERSECTS(geometry, BBOX(1, 2, 3))", "S_INTERSECTS(geometry, BBOX(0, 0, 181, 1))",
    "S_INTERSECTS(event, POINT(1 2))",
    "S_INTERSECTS(geometry, POINT(500 2))", "S_INTERSECTS(geometry, POINT(1e309 2))",
    "S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 0 1, 1 0, 0 0)))", "S_INTERSECTS(geometry, POLYGON((0 0, 1 1)))",
    "S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(3 4, 5 6)))", "S_NEAR(geometry, POINT(1 2))",
    "T_INTERSECTS(event, DATE('2023-07-12'))", "T_AFTER('..', DATE('2023-07-12'))",
    "T_INTERSECTS(INTERVAL(start, end), INTERVAL('2023-07-12', '2023-07-01'))", "pg_sleep(1) = 1", "event = 'x'; DROP",
    "casei(start) = 'x'", "event || 'x' = 'x'", "probability * 2 > 1", "NOT", "()", "\u202e",
    "{\"op\":\"=\"}",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_asked_is_told_what_can(client: TestClient, text: str) -> None:
    answer = client.get("/features", params={"filter": text})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), text
    assert answer.json()["name"] == "filter"


REFUSED_JSON: list[Any] = [
    None, 3, "event", [], {}, {"op": 3, "args": []}, {"op": "=", "args": "ab"}, {"op": "and", "args": [True]},
    {"op": "=", "args": [{"property": "event"}, None]}, {"op": "=", "args": [{"property": ["event"]}, "x"]},
    {"op": "=", "args": [{"property": "event"}, "a\0b"]}, {"op": "=", "args": [{"property": "event"}, "\ud800"]},
    {"op": "=", "args": [{"property": "probability"}, 10**400]},
    {"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Point", "coordinates": ["a", None]}]},
    {"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Polygon", "coordinates": [[[]]]}]},
    {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": [True, 0, 1, 1]}]},
    {"op": "t_after", "args": [{"date": 3}, {"interval": ["..", ".."]}]}, {"op": "x" * 5000, "args": [1, 2]},
    {"op": "casei", "args": [{"property": "event"}]},
]  # fmt: skip


@pytest.mark.parametrize("tree", REFUSED_JSON)
def test_what_cannot_be_asked_as_json(client: TestClient, tree: Any) -> None:
    answer = client.get("/features", params={"filter": json.dumps(tree), "filter-lang": "cql2-json"})
    assert (answer.status_code, answer.json()["name"]) == (400, "filter")


@pytest.mark.parametrize("text", ["{", "NaN", '{"op":"=","args":[{"property":"probability"},NaN]}', "[" * 5000])
def test_what_is_no_json(client: TestClient, text: str) -> None:
    assert client.get("/features", params={"filter": text, "filter-lang": "cql2-json"}).status_code == 400


def test_languages_and_reference_systems(client: TestClient) -> None:
    crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert client.get("/features", params={"filter": "TRUE", "filter-crs": crs84}).status_code == 200
    assert client.get("/features", params={"filter": "TRUE", "filter-crs": "EPSG:3857"}).status_code == 400
    assert client.get("/features", params={"filter": "TRUE", "filter-lang": "ecql"}).status_code == 400


DEEP = [
    "(" * 2000, "(" * 2000 + "TRUE" + ")" * 2000, "NOT " * 1900 + "TRUE", "(" * 40 + "event == 'x'" + ")" * 40,
    "casei(" * 1300 + "event" + ")" * 1300, "(event = 'a' OR NOT " * 300 + "TRUE" + ")" * 300,
    "s_intersects(geometry, " + "GEOMETRYCOLLECTION(" * 350 + "POINT(1 2)" + ")" * 351,
    "event = '" + "'" * (LENGTH_MAX - 9),
]  # fmt: skip


@pytest.mark.parametrize("text", DEEP)
def test_deep_filters_are_answered_at_once(text: str) -> None:
    """In few steps for each letter, where a parser that descends or goes back would hang or end."""

    def answer() -> None:
        try:
            condition(expression("filter", text, FilterLang.TEXT))
        except Exception as refused:  # noqa: BLE001 — of two classes
            assert type(refused).__name__ in {"BadParameter", "BadExpression"}

    answer()
    assert calls(answer) < 100 * LENGTH_MAX


def test_deep_filters_over_http(client: TestClient) -> None:
    nested: Any = True
    for _ in range(400):
        nested = {"op": "not", "args": [nested]}
    for text, lang in [("(" * 2000 + "TRUE" + ")" * 2000, "cql2-text"), (json.dumps(nested), "cql2-json"),
                       ("NOT " * 100 + "TRUE", "cql2-text"), ("x" * (LENGTH_MAX + 1), "cql2-text")]:  # fmt: skip
        assert client.get("/features", params={"filter": text, "filter-lang": lang}).status_code in (200, 400, 414)
    alternatives = " OR ".join(f"publisher = 'outlet {number}'" for number in range(200))
    assert client.get("/features", params={"filter": alternatives}).json()["features"] == []


names = st.sampled_from(["event", "start", "probability", "назва", "a.b", "orbit", "date", "not_it"])
values = st.one_of(
    st.integers(-1000, 1000).map(str), st.sampled_from(["1.5", "-2e3", "TRUE", "false", "'a'", "'it''s'", "'ї'"]),
    st.sampled_from(["DATE('2023-07-12')", "TIMESTAMP('2023-07-12T06:00:00Z')", "casei('Ab')"]),
)  # fmt: skip
comparisons = st.one_of(
    st.builds("{} {} {}".format, names, st.sampled_from(["=", "<>", "<", ">", "<=", ">="]), values),
    st.builds("{} {}IN ({}, {})".format, names, st.sampled_from(["", "NOT "]), values, values),
    st.builds("{} {}BETWEEN {} AND {}".format, names, st.sampled_from(["", "not "]), values, values),
    st.builds("casei({}) like 'x%'".format, names),
    st.builds("{} IS {}NULL".format, names, st.sampled_from(["", "NOT "])),
)
expressions = st.recursive(
    comparisons,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["AND", "or"]), inner)
        | st.builds("{} {} {}".format, inner, st.sampled_from(["AND", "or"]), inner)
        | st.builds("NOT ({})".format, inner)
    ),
    max_leaves=6,
)


def flat(node: Any) -> Any:
    """Chains of one conjunction as one, however they were bracketed."""
    if not isinstance(node, dict) or "op" not in node:
        return node
    args = [flat(each) for each in node["args"]]
    if node["op"] in ("and", "or"):
        args = [
            deep
            for each in args
            for deep in (each["args"] if isinstance(each, dict) and each.get("op") == node["op"] else [each])
        ]
    return {"op": node["op"], "args": args}


@settings(max_examples=150, deadline=None)
@given(expressions)
def test_the_grammar_agrees_with_another_implementation(text: str) -> None:
    assert flat(expression("filter", text, FilterLang.TEXT)) == flat(oracle.parse_text(text).to_json())


tokens = st.sampled_from(
    [*"(),'\"=<-\\", "event", "start", "NOT", "AND", "IN", "IS", "NULL", "1", "..", "POINT", "DATE"]
)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.lists(tokens, max_size=20).map(" ".join))
def test_no_text_is_more_than_a_bad_parameter(text: str) -> None:
    for lang in FilterLang:
        try:
            expression("filter", text, lang)
        except BadParameter as refused:
            assert refused.right
