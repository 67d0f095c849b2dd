"""What is counted of requests, and of the connections to the database, for Prometheus."""

from collections.abc import Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Pool, QueuePool

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
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
