"""A table of checks by the number and name that a standard gives them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.api.conftest import Stock

Check = Callable[[httpx.Client, Stock], None]
Json = dict[str, Any]
VIEWS = ("features", "points", "sectors")
"""Of the features."""
LISTS = ("reports", "places", "directions")
COLLECTIONS = (*VIEWS, *LISTS)
ITEMS = "/collections/{collection}/items"
EVERY_ITEMS = (ITEMS, *(f"/collections/{name}/items" for name in LISTS))
BAKHMUT = "UA14020010010059145"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Table:
    """Collects checks; each may stand for several requirements."""

    rows: dict[Check, list[str]] = field(default_factory=dict)

    def holds(self, *names: str) -> Callable[[Check], Check]:
        def kept(check: Check) -> Check:
            self.rows.setdefault(check, []).extend(names)
            return check

        return kept

    def parameters(self) -> Iterable[Any]:
        return [pytest.param(check, id=", ".join(names)) for check, names in self.rows.items()]


def get(http: httpx.Client, path: str, **headers: str) -> httpx.Response:
    answer = http.get(path, headers=headers)
    assert answer.status_code == 200, (path, answer.text)
    return answer


def refused(http: httpx.Client, path: str, status: int = 400) -> None:
    answer = http.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), (path, answer.text[:200])
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def links(document: Json, rel: str) -> list[Json]:
    return [link for link in document["links"] if link["rel"] == rel]


def ids(http: httpx.Client, query: str = "", collection: str = "features") -> set[str]:
    return {each["id"] for each in get(http, f"/collections/{collection}/items{query}").json()["features"]}


def parameter(http: httpx.Client, path: str, name: str) -> Json:
    operation = get(http, "/openapi.json").json()["paths"][path]["get"]
    [found] = [each for each in operation["parameters"] if each["name"] == name]
    told: Json = found
    return told
