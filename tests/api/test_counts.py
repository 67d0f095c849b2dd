"""Counts over HTTP agree with the pages."""

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("per", ["day", "week", "month"])
@pytest.mark.parametrize("query", ["", "&kind=sector", "&direction=south of Bakhmut", "&event=shelling,clash"])
def test_a_stretch_is_what_a_page_for_it_finds(client: TestClient, per: str, query: str) -> None:
    told = client.get(f"/timeline?per={per}{query}").json()
    assert ("searchArea" in told) == ("direction" in query)
    assert told["stretches"]
    for stretch in told["stretches"]:
        page = client.get(f"/features?datetime={stretch['start']}/{stretch['end']}{query}").json()
        assert page["numberMatched"] == stretch["features"] == sum(stretch["events"].values())


def test_coverage(client: TestClient) -> None:
    told = client.get("/coverage").json()["coverage"]
    assert [(row["published"], row["publisher"], row["reports"]) for row in told] == [
        ("2023-07-12", "Front Gazette", 1),
        ("2023-07-12", "Testimony Daily", 1),
        ("2023-07-02", "Testimony Daily", 1),
    ]
    assert len(client.get("/coverage?published=2023-07-02").json()["coverage"]) == 1
    assert len(client.get("/coverage?publisher=Front Gazette").json()["coverage"]) == 1
