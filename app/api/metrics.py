"""How the server is doing, for Prometheus: requests and their times, connections to the database, state of the data."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Pool, QueuePool
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.api.docs import documented
from app.api.services import Services, Wired
from app.store import counts, read

router = APIRouter(tags=["operations"])

TEXT = "text/plain; version=0.0.4"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
NO_STORE = {"Cache-Control": "no-store"}
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class Metrics:
    """One set for each application, so that several in a process do not count for each other."""

    def __init__(self, pool: Pool) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # a time of creation beside each number, which nobody asks for
        self.registry = registry = CollectorRegistry()
        self._requests = Counter("frontline_requests", "Answers", ["route", "method", "status"], registry=registry)
        self._seconds = Histogram(
            "frontline_request_seconds", "Until the whole answer was sent", ["route"], buckets=SECONDS,
            registry=registry,
        )  # fmt: skip
        self.in_flight = Gauge("frontline_requests_in_flight", "Requests being answered", registry=registry)
        self.database = Gauge("frontline_database_up", "1 where the database answered just now", registry=registry)
        self.revision = Gauge("frontline_data_revision", "Number of the state of the data", registry=registry)
        self.features = Gauge("frontline_features", "Features stored, as the database estimates", registry=registry)
        registry.register(_PoolCollector(pool))
        ProcessCollector(registry=registry)

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """`route` is the template, not the address: there are only so many."""
        known = method if method in METHODS else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(seconds)


class _PoolCollector(Collector):
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[GaugeMetricFamily]:
        if isinstance(self._pool, QueuePool):
            told = GaugeMetricFamily("frontline_database_connections", "By what they do", labels=["state"])
            told.add_metric(["in_use"], self._pool.checkedout())
            told.add_metric(["idle"], self._pool.checkedin())
            told.add_metric(["most"], self._pool.size())
            yield told


@router.get("/metrics", **documented(TEXT, "Numbers in Prometheus' text format."))
async def metrics(request: Request, wired: Wired) -> Response:
    """Numbers of this process since it started, and of the data. Also where the database is away."""
    held: Metrics = request.app.state.metrics
    await _ask(held, wired)
    return Response(generate_latest(held.registry), headers={"Content-Type": f"{TEXT}; charset=utf-8"} | NO_STORE)


async def _ask(held: Metrics, wired: Services) -> None:
    try:
        async with wired.engine.connect() as connection:
            state = await read.state(connection)
            held.features.set(await counts.estimate(connection))
    except (DBAPIError, PoolTimeout):
        held.database.set(0)
    else:
        held.database.set(1)
        held.revision.set(state.number)
