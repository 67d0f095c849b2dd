"""Whose whole text is shown: of publishers whose feeds allow it, and of those that no feed said anything of."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, create_engine

from app.domain.feed import Feed, Item
from app.domain.vocabulary import FeedKind
from app.main import create_app
from app.store.intake import feeds, fetches
from tests.api.conftest import MakeServices
from tests.store.factories import stored

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CLOSED = Feed("closed", "https://news.example/rss", FeedKind.FEED, "Example News")
OPEN = replace(CLOSED, name="open", address="https://news.example/atom", republishable=True)


@pytest.fixture
def engine(own_database_url: str) -> Iterator[Engine]:
    made = create_engine(own_database_url)
    yield made
    made.dispose()


@pytest.fixture
def own_client(own_database_url: str, services: MakeServices) -> Iterator[TestClient]:
    with TestClient(create_app(services(own_database_url))) as client:
        yield client


def shown(client: TestClient, feature: str) -> bool:
    """Whether the report of a feature is shown whole, wherever it is told; what is quoted always is."""
    about = client.get(f"/features/{feature}").json()["properties"]
    report, claim = f"/reports/{about['report_id']}", f"/claims/{about['claim_id']}"
    told, context = client.get(report).json(), client.get(claim).json()["context"]
    start, end = context["quote"]
    assert context["passage"][start:end] == about["quote"]
    assert told["claims"][0]["quote"] == about["quote"]
    passages = client.get(f"{report}/passages").json()
    texts = [each["text"] for each in (*told["passages"], *passages["passages"])]
    page = client.get(report, headers={"Accept": BROWSER}).text
    assert ("lets nobody show the whole text" in page) is not told["whole_text"]
    assert {text is not None for text in texts} == {told["whole_text"]} == {passages["whole_text"]}
    assert told["whole_text"] or context["passage"] == about["quote"]
    return bool(told["whole_text"])


def test_the_strictest_feed_of_a_publisher_counts_and_goes_on_to(engine: Engine, own_client: TestClient) -> None:
    with engine.begin() as connection:
        feature = stored(connection, publisher="Example News")
    assert shown(own_client, feature), "no feed says anything"
    steps: list[tuple[Callable[[Connection], None], bool]] = [
        (lambda connection: feeds.add(connection, OPEN), True),
        (lambda connection: feeds.add(connection, CLOSED), False),
        (lambda connection: feeds.remove(connection, "open"), False),
        (lambda connection: feeds.remove(connection, "closed"), False),
        (lambda connection: feeds.add(connection, OPEN), True),
    ]
    for change, whole in steps:
        with engine.begin() as connection:
            change(connection)
        assert shown(own_client, feature) is whole


def test_what_a_feed_carries_of_others_is_shown_no_further_than_its_own(engine: Engine, own_client: TestClient) -> None:
    with engine.begin() as connection:
        feature = stored(connection, publisher="Front Gazette")
        feeds.add(connection, CLOSED)
        item = Item("https://news.example/1", publisher="Front Gazette")
        fetches.add_items(connection, "closed", [item], datetime.now(UTC))
    assert not shown(own_client, feature)
    with engine.begin() as connection:
        feeds.add(connection, replace(OPEN, publisher="Front Gazette"))
    assert shown(own_client, feature), "its own feed knows better"
