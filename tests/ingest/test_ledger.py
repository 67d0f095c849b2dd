"""The same ledger, byte for byte: reports in any order, twice, by one process or four, redrawn, one of them removed."""

import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, select
from typer.testing import CliRunner

from app.cli.reports import app
from app.domain.report import Report
from app.gazetteer.open import Gazetteer
from app.ingest import archive, job
from app.store.tables.evidence import claim
from app.store.write.ledger import web
from app.store.write.reports import forget
from tests.briefings import ALL, DAY
from tests.database import Server
from tests.ingest.tables import rows, without_revision

WITNESSES = tuple(
    Report(
        f"{sentence}\n\nOn the same day Russian forces shelled Kupiansk.\n",
        DAY,
        publisher,
    )
    for publisher, sentence in (
        ("Institute of Maps", "Ukrainian forces made gains near Klishchiivka on 12 July, geolocated footage shows."),
        ("Evening Herald", "The Evening Herald saw how Ukrainian infantry moved forward near Klishchiivka on 12 July."),
        ("Volga Wire", "Russian troops repelled an attack near Klishchiivka, Russia's Defence Ministry said."),
    )
)
REPORTS = (*ALL, *WITNESSES)


@pytest.fixture
def databases(database_server: Server, _migrated: URL) -> Iterator[Sequence[str]]:
    with database_server.database(_migrated) as one, database_server.database(_migrated) as other:
        yield [url.render_as_string(hide_password=False) for url in (one, other)]


def ingest(url: str, reports: Sequence[Report], atlas: Gazetteer) -> None:
    engine = create_engine(url)
    assert len(list(archive.ingest(reports, atlas, engine))) == len(reports)
    engine.dispose()


def ledger(url: str) -> list[object]:
    """All that is said of every claim beside the others."""
    engine = create_engine(url)
    with engine.connect() as connection:
        ids = sorted(set(connection.execute(select(claim.c.id)).scalars()))
        around = web(connection, ids)
        found = [(each, around.copies(each), around.relatives(each), around.independent_sources(each)) for each in ids]
    engine.dispose()
    return list(found)


def test_the_reports_bear_on_each_other(databases: Sequence[str], atlas: Gazetteer) -> None:
    """So that the tests below have something to lose."""
    ingest(databases[0], REPORTS, atlas)
    told = str(ledger(databases[0]))
    for kind in ("REASSERTS", "CONTRADICTS", "CORROBORATES"):
        assert f"LinkKind.{kind}" in told, kind
    numbers = Counter(re.findall(r'"independent_sources":(\d+),', str(rows(databases[0])["feature"])))
    # Party, institute and paper tell of the advance, each in words of its own; the other party stands alone.
    assert numbers["3"] > len(ALL)
    assert numbers["1"] > 0


@pytest.mark.parametrize("seed", range(4))
def test_any_order_twice(databases: Sequence[str], atlas: Gazetteer, seed: int) -> None:
    ingest(databases[0], REPORTS, atlas)
    shuffled = random.Random(seed).sample(REPORTS, len(REPORTS))
    ingest(databases[1], [*shuffled, *REPORTS], atlas)
    assert ledger(databases[1]) == ledger(databases[0])
    assert without_revision(databases[1]) == without_revision(databases[0])


def test_four_processes(databases: Sequence[str], gazetteer_path: Path, tmp_path: Path) -> None:
    for number, report in enumerate(REPORTS):
        header = f"Published: {report.published}\nPublisher: {report.publisher}\n\n"
        (tmp_path / f"{number}.txt").write_text(header + report.text)
    files = sorted(map(str, tmp_path.glob("*.txt")))

    def start(url: str, targets: Sequence[str]) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "DATABASE_URL": url, "FRONTLINE_GAZETTEER_PATH": str(gazetteer_path)}
        command = [sys.executable, "-c", "from app.cli import main; main()", "ingest", "--json"]
        return subprocess.Popen([*command, *targets], env=environment, stdout=subprocess.DEVNULL)

    alone = start(databases[0], files)
    assert alone.wait(timeout=300) == 0
    four = [start(databases[1], files[n:] + files[:n] if n % 2 else files[::-1]) for n in range(4)]
    assert [process.wait(timeout=300) for process in four] == [0] * 4
    assert without_revision(databases[1]) == without_revision(databases[0])
    assert len(ledger(databases[0])) > len(REPORTS)


def test_redrawn(databases: Sequence[str], atlas: Gazetteer) -> None:
    ingest(databases[0], REPORTS, atlas)
    before = without_revision(databases[0])
    engine = create_engine(databases[0])
    assert len(list(job.redraw(atlas, engine))) == len(REPORTS)
    engine.dispose()
    assert without_revision(databases[0]) == before


@pytest.mark.parametrize("gone", range(len(REPORTS)))
def test_one_removed_is_as_if_it_had_never_come(databases: Sequence[str], atlas: Gazetteer, gone: int) -> None:
    ingest(databases[0], REPORTS, atlas)
    engine = create_engine(databases[0])
    with engine.begin() as connection:
        forget(connection, REPORTS[gone].id)
    engine.dispose()
    ingest(databases[1], [*REPORTS[:gone], *REPORTS[gone + 1 :]], atlas)
    told = [without_revision(url) for url in databases]
    for leftover in ("source", "speaker"):  # publishers and speakers are known for good
        assert set(told[1].pop(leftover)) <= set(told[0].pop(leftover))
    assert told[0] == told[1]
    assert ledger(databases[0]) == ledger(databases[1])


def test_the_command_that_forgets(
    databases: Sequence[str], atlas: Gazetteer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ingest(databases[0], REPORTS, atlas)
    ingest(databases[1], REPORTS[1:], atlas)
    monkeypatch.setenv("DATABASE_URL", databases[0])
    done = CliRunner().invoke(app, ["forget", "no-such-report", REPORTS[0].id])
    assert done.exit_code == 1  # the one that is not there, while the other went
    assert "no report no-such-report" in done.output + capfd.readouterr().err
    assert ledger(databases[0]) == ledger(databases[1])
