"""How many requests a client may send, and what it is told of that."""

import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.api.door.rate import CLIENTS_MAX, Buckets, client_of
from app.main import create_app
from tests.api.conftest import MakeServices, Stock


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_holds_the_quota_and_is_filled_evenly() -> None:
    clock = Clock()
    buckets = Buckets(60, clock)
    assert [buckets.take("a") for _ in range(60)] == list(range(59, -1, -1))
    assert buckets.take("a") < 0
    assert buckets.take("b") == 59
    clock.now = 2.0
    assert [buckets.take("a") >= 0 for _ in range(3)] == [True, True, False]
    clock.now = 1e6
    assert buckets.take("a") == 59


@given(st.lists(st.floats(0, 10), max_size=200), st.integers(1, 50))
def test_no_window_holds_more_than_twice_the_quota(waits: list[float], quota: int) -> None:
    """A full bucket, and what comes in while it is emptied."""
    clock = Clock()
    buckets, taken = Buckets(quota, clock), list[float]()
    for wait in waits:
        clock.now += wait
        if buckets.take("a") >= 0:
            taken.append(clock.now)
    for start in taken:
        assert sum(start <= moment < start + 60 for moment in taken) <= 2 * quota


def test_no_more_clients_are_remembered_than_fit() -> None:
    buckets = Buckets(1)
    for number in range(CLIENTS_MAX + 10):
        buckets.take(str(number))
    assert buckets.take(str(CLIENTS_MAX)) < 0
    assert buckets.take("0") == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_a_network_of_ipv6_is_one_client(one: str, other: str, same: bool) -> None:
    assert (client_of({"client": (one, 1)}) == client_of({"client": (other, 2)})) is same


def test_who_asks_too_often_is_told_when_to_go_on(stock: Stock, services: MakeServices) -> None:
    with TestClient(create_app(services(stock.url), quota=3)) as client:
        answers = [client.get("/features") for _ in range(5)]
        assert client.get("/healthz").status_code == 200
        assert "ratelimit" not in client.get("/metrics").headers
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {'"client";q=3;w=60'}
    left = [re.fullmatch(r'"client";r=(\d+);t=(\d+)', answer.headers["ratelimit"]) for answer in answers]
    assert [match and int(match[1]) for match in left] == [2, 1, 0, 0, 0]
    refused = answers[-1]
    assert (refused.headers["content-type"], refused.headers["cache-control"]) == (
        "application/problem+json",
        "no-store",
    )
    assert 1 <= int(refused.headers["retry-after"]) <= 20


def test_nobody_is_limited_unless_that_is_set(client: TestClient) -> None:
    assert "ratelimit" not in client.get("/features").headers
