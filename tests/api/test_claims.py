"""A claim over HTTP, with its copies and what stands beside it: one briefing through five reports."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from app.gazetteer.open import Gazetteer
from app.ingest import archive
from app.main import create_app
from app.store.write.reports import forget
from tests.api.conftest import MakeServices, Stock
from tests.briefings import ALL, BRIEFING, COURIER, DENIED, RADIO, REPEATED

Json = dict[str, Any]


@pytest.fixture
def told(own_database_url: str, atlas: Gazetteer, services: MakeServices) -> Iterator[TestClient]:
    engine = create_engine(own_database_url)
    assert len(list(archive.ingest(ALL, atlas, engine))) == len(ALL)
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        yield client


def claim_of(client: TestClient, report: str) -> Json:
    """The only claim of a report, as it is told on its own."""
    [listed] = client.get(f"/reports/{report}").json()["claims"]
    answer = client.get(listed["href"])
    assert answer.status_code == 200
    claim: Json = answer.json()
    assert listed.items() <= {**claim, "expressions": listed["expressions"]}.items()
    return claim


def linked(claim: Json) -> list[tuple[str, str, int]]:
    """Kind, publisher, and how many copies of the linked claim there are besides."""
    return [(each["kind"], each["claim"]["publisher"], len(each["copies"])) for each in claim["linked"]]


def test_one_group_one_reassertion_one_contradiction(told: TestClient) -> None:
    for report in BRIEFING:
        claim = claim_of(told, report.id)
        others = {each.publisher for each in BRIEFING} - {report.publisher}
        assert {each["publisher"] for each in claim["copies"]} == others
        assert {(kind, copies) for kind, _, copies in linked(claim)} == {("contradicts", 0), ("reasserted_by", 0)}
        assert [publisher for _, publisher, _ in linked(claim)].count("Volga Wire") == 1
        assert claim["independent_sources"] == 1
    repeated = claim_of(told, REPEATED.id)
    assert [(kind, copies) for kind, _, copies in linked(repeated)] == [("reasserts", 2)]
    assert "2023-07-13" in repeated["linked"][0]["reason"]
    assert "the same words" in repeated["linked"][0]["reason"]
    denial = claim_of(told, DENIED.id)
    assert [(kind, copies) for kind, _, copies in linked(denial)] == [("contradicts", 2)]
    assert denial["linked"][0]["reason"] == "Russia's Defence Ministry denies it"
    assert (denial["copies"], denial["independent_sources"]) == ([], 1)


def test_nothing_is_merged(told: TestClient) -> None:
    features = told.get("/features").json()["features"]
    assert {each["properties"]["report_id"] for each in features} == {report.id for report in ALL}
    assert {each["properties"]["independent_sources"] for each in features} == {1}
    for feature in features:
        claim = told.get(f"/claims/{feature['properties']['claim_id']}").json()
        assert feature["id"] in {each["id"] for each in claim["features"]["features"]}
        assert claim["quote"] == feature["properties"]["quote"]


def test_a_claim_in_its_context(told: TestClient) -> None:
    claim = claim_of(told, RADIO.id)
    context = claim["context"]
    start, end = context["quote"]
    assert context["passage"][start:end] == claim["quote"]
    assert claim["report"]["publisher"] == "Steppe Radio"
    assert told.get(claim["report"]["href"]).status_code == 200
    near, south = claim["expressions"]
    assert (near["relation"], near["anchors"][0]["surface"]) == ("near", "Klishchiivka")
    assert (south["relation"], south["compass"], south["anchors"][0]["surface"]) == ("bearing", ["S"], "Bakhmut")
    for expression in claim["expressions"]:
        for mention in expression["anchors"]:
            assert mention["outcome"] == "resolved"
            assert mention["candidates"][0]["id"] == mention["place_id"]
            assert mention["candidates"][0]["reasons"]


def test_every_linked_claim_leads_on(told: TestClient) -> None:
    claim = claim_of(told, COURIER.id)
    for other in [*claim["copies"], *(each["claim"] for each in claim["linked"])]:
        answer = told.get(other["href"]).json()
        assert (answer["id"], answer["quote"], answer["as_of"]) == (other["id"], other["quote"], other["as_of"])


def test_a_report_that_is_removed_leaves_the_others(own_database_url: str, told: TestClient) -> None:
    before = {report.id: claim_of(told, report.id) for report in ALL}
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        forget(connection, DENIED.id)
    engine.dispose()
    assert told.get(before[DENIED.id]["href"]).status_code == 404
    for report in ALL[:-1]:
        after = claim_of(told, report.id)
        without = [each for each in before[report.id]["linked"] if each["kind"] != "contradicts"]
        assert after == {**before[report.id], "linked": without}


def test_an_unknown_claim(client: TestClient, stock: Stock) -> None:
    assert client.get("/claims/unknown").status_code == 404


def test_a_feature_leads_to_its_claim_and_report(client: TestClient, stock: Stock) -> None:
    feature = client.get(f"/features/{stock.north}").json()
    via = [link["href"] for link in feature["links"] if link["rel"] == "via"]
    claim, report = (client.get(address).json() for address in via)
    assert claim["id"] == feature["properties"]["claim_id"]
    assert claim["report"]["id"] == report["id"] == feature["properties"]["report_id"]
    assert claim["context"]["heading"] is None


def test_a_claim_not_seen_since_is_not_modified(client: TestClient, stock: Stock) -> None:
    key = client.get(f"/features/{stock.north}").json()["properties"]["claim_id"]
    tag = client.get(f"/claims/{key}").headers["etag"]
    assert client.get(f"/claims/{key}", headers={"If-None-Match": tag}).status_code == 304
