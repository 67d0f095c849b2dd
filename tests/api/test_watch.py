"""What is kept of a request: in the metrics, and in a log that does not say who looked for what."""

import json
import logging
import re

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from app.api.door.logs import JsonLine, PlainLine
from app.main import create_app
from tests.api.conftest import MakeServices, Stock


def metrics(client: TestClient) -> dict[tuple[str, ...], float]:
    answer = client.get("/metrics")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_are_counted_by_template(stock: Stock, services: MakeServices) -> None:
    with TestClient(create_app(services(stock.url))) as client:
        client.get(f"/features/{stock.south}")
        client.head(f"/features/{stock.north}")
        client.get("/features/unknown")
        client.get("/%D0%91/nothing")
        client.request("BREW", "/features")
        found = metrics(client)
    assert found["frontline_requests_total", "GET", "/features/{id}", "200"] == 1
    assert found["frontline_requests_total", "HEAD", "/features/{id}", "200"] == 1
    assert found["frontline_requests_total", "GET", "/features/{id}", "404"] == 1
    assert found["frontline_requests_total", "GET", "other", "404"] == 1
    assert found["frontline_requests_total", "other", "/features", "405"] == 1
    assert found["frontline_request_seconds_count", "/features/{id}"] == 3
    assert found["frontline_requests_in_flight",] == 1
    assert found["frontline_database_connections", "most"] == 2
    assert found["frontline_database_up",] == 1
    assert found["frontline_data_revision",] > 0
    assert found["process_resident_memory_bytes",] > 1e7


def test_the_metrics_answer_without_a_database(stock: Stock, services: MakeServices) -> None:
    with TestClient(create_app(services(stock.url + "_that_is_not_there"))) as client:
        assert metrics(client)["frontline_database_up",] == 0


def test_a_request_has_a_number(client: TestClient) -> None:
    first, second = (client.get("/healthz").headers["x-request-id"] for _ in range(2))
    assert first != second
    assert client.get("/healthz", headers={"X-Request-ID": "mine-1.2"}).headers["x-request-id"] == "mine-1.2"
    for odd in ("a b", "x" * 65, "<b>", ""):
        assert re.fullmatch(
            "[0-9a-f]{16}", client.get("/healthz", headers={"X-Request-ID": odd}).headers["x-request-id"]
        )


def line_of(client: TestClient, caplog: pytest.LogCaptureFixture, path: str) -> logging.LogRecord:
    caplog.clear()
    with caplog.at_level(logging.INFO, "app.requests"):
        client.get(path)
    [record] = [record for record in caplog.records if record.name == "app.requests"]
    return record


def test_the_log_names_parameters_and_not_what_was_asked(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    record = line_of(client, caplog, "/features?direction=south+of+Bakhmut&kind=sector")
    line = json.loads(JsonLine().format(record))
    assert line["parameters"] == ["direction", "kind"]
    assert (line["method"], line["path"], line["status"], line["level"]) == ("GET", "/features", 200, "info")
    assert line["bytes"] > 100
    assert line["ms"] > 0
    for text in (JsonLine().format(record), PlainLine().format(record)):
        assert "Bakhmut" not in text
        assert "testclient" not in text


def test_no_request_can_write_lines_of_its_own(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    record = line_of(client, caplog, "/a%0Ab%1B[2J?%0A12:00:00+INFO=1")
    for text in (PlainLine().format(record), JsonLine().format(record)):
        assert "\n" not in text
        assert "\x1b" not in text


def test_what_failed_is_in_the_log(stock: Stock, services: MakeServices, caplog: pytest.LogCaptureFixture) -> None:
    with TestClient(create_app(services(stock.url + "_that_is_not_there"))) as client:
        record = line_of(client, caplog, "/features")
    assert (record.levelname, json.loads(JsonLine().format(record))["failure"]) == ("WARNING", "OperationalError")
