"""What a browser is shown where something cannot be answered, and that nobody else is shown it."""

import pytest
from fastapi.testclient import TestClient

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
REFUSED = {
    "/resolve?direction=qwerty": (422, "“qwerty” is no known place"),
    "/features?direction=south+of+Andriivka&event=assault": (422, "“Andriivka” may be one of several places"),
    "/features?bbox=nonsense": (400, "west,south,east,north in degrees"),
    "/features?limt=3": (400, "the nearest is limit"),
    "/claims/unknown": (404, "There is no claim “unknown”"),
    "/nowhere/at/all": (404, "There is no address /nowhere/at/all"),
    "/collections/features/tiles/WebMercatorQuad/99/0/0": (400, ""),
    "/features?place=%00": (400, ""),
    "/" + "a" * 20_000: (414, "16384 are read at most"),
}


@pytest.mark.parametrize("path", REFUSED)
def test_a_browser_reads_what_was_wrong(client: TestClient, path: str) -> None:
    status, words = REFUSED[path]
    problem = client.get(path, headers={"Accept": "*/*"})
    assert (problem.status_code, problem.headers["content-type"]) == (status, "application/problem+json")
    shown = client.get(path, headers={"Accept": BROWSER})
    assert (shown.status_code, shown.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert shown.text.startswith("<!doctype html>")
    assert words in shown.text
    assert str(problem.json().get("right", "")).replace("'", "&#x27;") in shown.text
    for name in ("cache-control", "access-control-allow-origin", "x-content-type-options"):
        assert shown.headers[name] == problem.headers[name]
    assert "script" not in shown.headers["content-security-policy"]


def test_every_candidate_can_be_chosen_and_the_phrase_mended(client: TestClient) -> None:
    path = "/features?direction=south+of+Andriivka&event=assault"
    candidates = client.get(path).json()["candidates"]
    text = client.get(path, headers={"Accept": BROWSER}).text
    assert candidates
    for each in candidates:
        assert f"features?place={each['id']}&amp;f=html" in text
        assert each["within"] in text
    assert '<input name="direction" size="40" value="south of Andriivka"' in text
    assert '<input type="hidden" name="event" value="assault">' in text


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "application/geo+json, text/html;q=0.5"}, {"Accept": "application/json"}, {"Accept": "*/*"}, {}],
)
def test_programs_get_the_problem(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get("/resolve?direction=qwerty", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_who_asks_for_json_by_name_gets_it_in_a_browser_too(client: TestClient) -> None:
    answer = client.get("/features?bbox=nonsense&f=json", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.json()["name"]) == (400, "bbox")


def test_what_was_asked_for_is_no_part_of_the_page(client: TestClient) -> None:
    text = client.get(
        "/features", params={"direction": "<script>alert(1)</script>", '"><b>': "1"}, headers={"Accept": BROWSER}
    ).text
    assert "<script" not in text
    assert '"><b>' not in text
    text = client.get("/resolve?direction=%22%3E%3Cimg+src=x%3E", headers={"Accept": BROWSER}).text
    assert "<img" not in text


def test_head_is_told_the_same_without_the_page(client: TestClient) -> None:
    answer = client.head("/claims/unknown", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.headers["content-type"], answer.text) == (404, "text/html; charset=utf-8", "")
