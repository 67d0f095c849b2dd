"""Whatever is asked, the answer is one that the API description tells of."""

from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.asgi import HOST, exchange, scope
from tests.api.test_docs import examples_of

ODD = [
    "", "\0", "\n", "..", "../..", "/", "%00", "2023-07-12/", "0001-01-01/9999-12-31", "9999-12-31T23:59:59-23:59",
    "-1", "0", "1e309", "nan", "1" * 30, "0,0,0,0", "-180,-90,180,90", "180,-90,-180,90", "point,sector", ",",
    "' OR 1=1--", "<script>", "\u202e", "a" * 5000, "10 km", "south", "99999 km south of Bakhmut", "Bakhmut" * 30,
    "1e10 km from Kyiv", "Antarctica", "toward the Black Sea", "2023-07-12~\u0000",
]  # fmt: skip


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    paths: dict[str, Any] = client.get("/openapi.json").json()["paths"]
    return paths


def told_of(operation: dict[str, Any], status: int) -> dict[str, Any]:
    """What the description says of a status: by its number, or as one that may meet any request."""
    responses: dict[str, Any] = operation["responses"]
    if str(status) in responses:
        found: dict[str, Any] = responses[str(status)]
        return found
    assert str(status) in responses["default"]["description"]
    other: dict[str, Any] = responses["default"]
    return other


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_request_is_answered_in_a_way_that_is_not_documented(
    client: TestClient, described: dict[str, Any], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(described)))
    [(method, operation)] = described[path].items()
    query = {}
    for parameter in operation.get("parameters", ()):
        good = [str(example) for example in examples_of(parameter)]
        value = data.draw(st.sampled_from([*good * 10, *ODD]) | st.text(max_size=40), label=parameter["name"])
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(value or "x", safe="").replace(".", "%2E"))
        elif parameter["required"] or data.draw(st.integers(0, 3)) == 0:
            query[parameter["name"]] = value
    more: dict[str, Any] = {}
    if method == "post":
        kind = data.draw(st.sampled_from(["text/plain", "application/json", "text/html"]))
        more = {"content": data.draw(st.binary(max_size=60)), "headers": {"Content-Type": kind}}
    answer = client.request(method, path, params=query, follow_redirects=False, **more)
    if answer.status_code in (307, 404) and "%2F" in path:
        return  # another path than the one drawn
    told = told_of(operation, answer.status_code)["content"]
    assert answer.headers["content-type"].split("; charset")[0] in told, path


def encoded(value: bytes) -> bytes:
    return quote(value, safe="").encode()


METHODS = st.sampled_from(["GET"] * 6 + ["HEAD", "POST", "POST", "OPTIONS", "PUT", "DELETE", "TRACE", "QUERY", "X"])
SEGMENTS = st.sampled_from([
    b"features", b"collections", b"points", b"items", b"reports", b"claims", b"read", b"resolve", b"places", b"map",
    b"tiles", b"WebMercatorQuad", b"8", b"88", b"155", b"timeline", b"coverage", b"feed.atom", b"openapi.json", b"docs",
    b"metrics", b"readyz", b"static-offline-docs", b"..", b".", b"", b"%2e%2e", b"%2F", b"%00", b"%", b"%ff", b"\\",
])  # fmt: skip
NAMES = st.sampled_from([
    b"direction", b"bbox", b"datetime", b"kind", b"limit", b"after", b"f", b"q", b"published", b"recorded",
    b"publisher", b"min_probability", b"place", b"per", b"filter", b"filter-lang", b"sortby", b"offset", b"count",
])  # fmt: skip
HEADERS = st.sampled_from([
    b"accept", b"accept-encoding", b"accept-language", b"if-none-match", b"if-modified-since", b"range", b"origin",
    b"content-type", b"content-length", b"content-encoding", b"transfer-encoding", b"expect", b"cookie", b"host",
    b"authorization", b"x-forwarded-for", b"x-forwarded-proto", b"x-request-id", b"access-control-request-method",
])  # fmt: skip
BYTES = st.binary(max_size=30) | st.sampled_from([odd.encode() for odd in ODD])
RAW = BYTES.map(encoded) | BYTES
PLAIN = {200, 204, 301, 304, 307, 308}
PROBLEMS = {400, 401, 404, 405, 406, 408, 413, 414, 415, 422, 429, 503}


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    method=METHODS,
    segments=st.lists(SEGMENTS | BYTES.map(encoded), max_size=6),
    query=st.lists(st.tuples(NAMES | RAW, RAW), max_size=3),
    headers=st.lists(st.tuples(HEADERS, BYTES), max_size=3),
    body=st.lists(BYTES | st.just(b'{"text": "\\ud800"}'), max_size=2),
)
def test_whatever_bytes_come_the_answer_is_a_known_one(  # noqa: PLR0917
    client: TestClient,
    method: str,
    segments: list[bytes],
    query: list[tuple[bytes, bytes]],
    headers: list[tuple[bytes, bytes]],
    body: list[bytes],
) -> None:
    asked = b"&".join(name + b"=" + value for name, value in query)
    request = scope(b"/" + b"/".join(segments), asked, [HOST, *headers], method)
    answer = exchange(client, request, tuple(body))
    assert answer.status in PLAIN | PROBLEMS, answer.body
    assert b"Traceback" not in answer.body
    assert answer.headers["x-content-type-options"] == "nosniff"
    if answer.status in PROBLEMS:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-type"] == "application/problem+json"
