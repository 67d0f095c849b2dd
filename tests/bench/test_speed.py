"""How long what someone waits for takes, on the sample reports: for `make bench` alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import create_engine

from app.api.answer.compression import Encoding, compressed
from app.domain.errors import ReportError
from app.gazetteer.open import Gazetteer, open_atlas
from app.ingest import archive
from app.ingest.pipeline import understand
from app.main import build
from app.sources.samples import sample_reports

REPORTS = list(sample_reports())


def test_opening_the_gazetteer(benchmark: BenchmarkFixture, gazetteer_path: Path) -> None:
    assert benchmark(open_atlas, gazetteer_path).search("Bakhmut")


def test_understanding_the_samples(benchmark: BenchmarkFixture, atlas: Gazetteer) -> None:
    understood = benchmark(lambda: [understand(report, atlas) for report in REPORTS])
    assert len(understood) == len(REPORTS)


@pytest.fixture
def client(own_database_url: str, gazetteer_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The whole API as it is served, with the samples in it."""
    engine = create_engine(own_database_url)
    taken = list(archive.ingest(REPORTS, open_atlas(gazetteer_path), engine))
    engine.dispose()
    assert not any(isinstance(outcome, ReportError) for outcome in taken)
    monkeypatch.setenv("DATABASE_URL", own_database_url)
    monkeypatch.setenv("FRONTLINE_GAZETTEER_PATH", str(gazetteer_path))
    with TestClient(build()) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    ["/features", "/features?direction=south of Bakhmut", "/resolve?direction=південніше Бахмута", "/places?q=bakh"],
)
def test_answering(benchmark: BenchmarkFixture, client: TestClient, path: str) -> None:
    assert benchmark(client.get, path).status_code == 200


@pytest.mark.parametrize("encoding", Encoding)
def test_compressing_a_page(benchmark: BenchmarkFixture, client: TestClient, encoding: Encoding) -> None:
    page = client.get("/features", headers={"Accept-Encoding": "identity"}).content
    benchmark.extra_info["share of the size"] = len(benchmark(compressed, encoding, page)) / len(page)
