"""The API docs work without the outside world, and what they promise is so."""

import re
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/openapi.json").json()
    return answer


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_the_docs_load_nothing_from_outside(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert loaded
    for address in loaded:
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200, address


def examples_of(parameter: dict[str, Any]) -> list[Any]:
    several: dict[str, Any] = parameter.get("examples", {})
    return [each["value"] for each in several.values()] or [parameter["example"]]


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, op) for path, methods in described["paths"].items() for method, op in methods.items()]


def test_every_operation_and_parameter_is_described(described: dict[str, Any]) -> None:
    for path, _, operation in operations(described):
        assert operation["description"], path
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], (path, parameter["name"])


def test_every_parameter_has_an_example_that_answers(client: TestClient, described: dict[str, Any]) -> None:
    """Directions are tried with the whole gazetteer; bodies are tried by their own tests."""
    tried = 0
    for path, method, operation in operations(described):
        parameters = [p for p in operation.get("parameters", ()) if p["in"] == "query"]
        in_path = {p["name"]: examples_of(p)[0] for p in operation.get("parameters", ()) if p["in"] == "path"}
        needed = {p["name"]: examples_of(p)[0] for p in parameters if p["required"]}
        for parameter in parameters:
            examples = examples_of(parameter)
            assert examples, (path, parameter["name"])
            if method == "get" and "direction" not in needed and parameter["name"] != "direction":
                for example in examples:
                    answer = client.get(path.format(**in_path), params={**needed, parameter["name"]: example})
                    assert answer.status_code == 200, (path, parameter["name"], answer.text)
                    tried += 1
    assert tried > 15


def test_every_path_has_an_example_that_is_stored(client: TestClient, described: dict[str, Any]) -> None:
    tried = set()
    for path, method, operation in operations(described):
        in_path = {p["name"]: examples_of(p)[0] for p in operation.get("parameters", ()) if p["in"] == "path"}
        if in_path and method == "get":
            assert client.get(path.format(**in_path)).status_code == 200, path
            tried.add(path)
    assert {"/features/{id}", "/reports/{id}", "/claims/{id}", "/collections/{collection}/items/{id}"} <= tried


def test_only_answers_that_happen_are_documented(described: dict[str, Any]) -> None:
    assert "ValidationError" not in str(described)
    for _, _, operation in operations(described):
        for status, answer in operation["responses"].items():
            assert status in {"200", "202"} or "application/problem+json" in answer["content"]


def test_no_parameter_may_be_null(described: dict[str, Any]) -> None:
    assert "null" not in str([op.get("parameters") for _, _, op in operations(described)])


def test_the_page_for_trying_fills_in_nothing_that_may_be_left_out(client: TestClient) -> None:
    for _, _, operation in operations(client.get("/docs/openapi.json").json()):
        for parameter in operation.get("parameters", ()):
            first = [each["value"] for each in parameter.get("examples", {}).values()][:1]
            filled = first[0] if first else parameter.get("example") or parameter["schema"].get("default")
            assert bool(filled) == parameter["required"], parameter["name"]


def test_the_description_is_openapi_3_0(client: TestClient, described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.0.3"
    assert client.get("/openapi.json").headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    schemathesis.openapi.from_dict(described).validate()
