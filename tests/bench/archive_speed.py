"""What an archive costs: reports a second for each core, memory, room in the database, and what a second run costs.

    python -m tests.bench.archive_speed 100000 GAZETTEER [PROCESSES]

Processor time is counted of all processes, the database's too, so that what else the machine does changes little.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, text

from app.store import schema
from app.store.cluster import embedded
from tests.bench.chaos import command
from tests.bench.synthetic import archive
from tests.database import enterable_folder

TICKS = os.sysconf("SC_CLK_TCK")
TABLES = "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c WHERE relkind IN ('r', 'p') AND relname !~ '^pg_'"


@dataclass
class Cost:
    """Of processes, by what /proc says of them while they live."""

    seconds: dict[int, float] = field(default_factory=dict)
    largest_mb: float = 0
    together_mb: float = 0

    def look(self, pids: Iterator[int]) -> None:
        together = 0.0
        for pid in pids:
            try:
                status = Path(f"/proc/{pid}/status").read_text()
                used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:  # ended meanwhile
                continue
            self.seconds[pid] = (int(used[11]) + int(used[12])) / TICKS
            peak = _megabytes(status, "VmHWM")
            together += _megabytes(status, "RssAnon")
            self.largest_mb = max(self.largest_mb, peak)
        self.together_mb = max(self.together_mb, together)


def _megabytes(status: str, name: str) -> float:
    found = [line.split()[1] for line in status.splitlines() if line.startswith(f"{name}:")]
    return int(found[0]) / 1024 if found else 0.0


def _of_group(group: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if int((path / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                yield int(path.name)
        except OSError:
            continue


def _children(parent: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if int((path / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(path.name)
        except OSError:
            continue


def measured(url: str, gazetteer: Path, postmaster: int, *words: str) -> dict[str, object]:
    line, environment = command(url, gazetteer, *words)
    programs, database, begun = Cost(), Cost(), time.monotonic()
    database.look(_children(postmaster))
    before = dict(database.seconds)
    with tempfile.TemporaryFile() as said:  # more than a pipe holds
        process = subprocess.Popen(line, env=environment, stdout=said, start_new_session=True)
        while process.poll() is None:
            programs.look(_of_group(process.pid))
            database.look(_children(postmaster))
            time.sleep(0.2)
        said.seek(0)
        told = json.load(said)
    return {
        "counts": told["counts"],
        "wall_s": round(time.monotonic() - begun, 1),
        "cpu_s": round(sum(programs.seconds.values()), 1),
        "database_cpu_s": round(sum(database.seconds.values()) - sum(before.values()), 1),
        "largest_process_mb": round(programs.largest_mb),
        "all_processes_mb": round(programs.together_mb),
    }


def main(arguments: Sequence[str]) -> None:
    number, gazetteer, processes = int(arguments[0]), Path(arguments[1]), (arguments[2:] or ["2"])[0]
    with enterable_folder() as folder, tempfile.NamedTemporaryFile("w", suffix=".jsonl") as lines:
        lines.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in archive(number))
        lines.flush()
        home = folder / "postgres"
        try:
            url = embedded.up(home)
            schema.upgrade(url)
            postmaster = embedded.status(home).pid or 0
            for _ in range(2):
                words = ("ingest", lines.name, "-j", processes, "--json")
                print(json.dumps(measured(url, gazetteer, postmaster, *words)), flush=True)
            engine = create_engine(url, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text("VACUUM"))
                stored = connection.execute(text("SELECT count(*) FROM report")).scalar_one()
                size = int(connection.execute(text(TABLES)).scalar_one())
            engine.dispose()
            print(json.dumps({"reports": stored, "bytes_a_report": size // stored}))
        finally:
            embedded.down(home)


if __name__ == "__main__":
    main(sys.argv[1:])
