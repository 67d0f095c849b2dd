"""POST /read takes a text or JSON, and nothing else."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.reading import BYTES_MAX

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
JSON = {"Content-Type": "application/json"}


def test_a_text_is_read_as_of_a_day(client: TestClient) -> None:
    answer = client.post("/read?published=2023-07-12", content="Бої тривають.", headers=PLAIN)
    assert answer.status_code == 200
    assert (answer.json()["text"], answer.json()["published"]) == ("Бої тривають.", "2023-07-12")


def test_without_a_day_it_is_today(client: TestClient) -> None:
    assert client.post("/read", content="A text.", headers=PLAIN).json()["published"] == "2023-08-01"


def test_an_object_is_read_and_keeps_its_id(client: TestClient) -> None:
    said = {"id": "mine", "text": "A text.", "published": "2022-03-01", "lang": "uk"}
    told = client.post("/read", content=json.dumps(said), headers=JSON).json()
    assert told == said


@pytest.mark.parametrize(
    ("status", "content", "headers", "query"),
    [
        (415, "a=b", {"Content-Type": "application/x-www-form-urlencoded"}, ""),
        (415, "text", {"Content-Type": ""}, ""),
        (413, "x" * (BYTES_MAX + 1), PLAIN, ""),
        (400, b"\xff\xfe", PLAIN, ""),
        (400, "  \n", PLAIN, ""),
        (400, "text", PLAIN, "?published=July"),
        (400, "text", PLAIN, "?published=0001-01-01"),
        (400, "text", PLAIN, "?published=9999-12-31"),
        (400, '{"text": "\\ud800"}', JSON, ""),
        (400, "text", PLAIN, "?publisher=x"),
        (400, "{", JSON, ""),
        (400, "[" * 100_000, JSON, ""),
        (400, "[]", JSON, ""),
        (400, '{"text": 1}', JSON, ""),
        (400, '{"text": "t", "lang": "pl"}', JSON, ""),
        (400, '{"text": "t", "published": "2023-07"}', JSON, ""),
        (400, '{"text": "t", "colour": "red"}', JSON, ""),
    ],
)
def test_what_is_no_text(client: TestClient, status: int, content: Any, headers: dict[str, str], query: str) -> None:
    answer = client.post(f"/read{query}", content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]
