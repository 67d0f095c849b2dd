"""Workers that are killed all the time, and a database that restarts: is every report read once, as in a quiet run?

    python -m tests.bench.chaos 2000 GAZETTEER

Prints what was done and whether the two databases hold the same rows; ends with status 1 if they do not.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from app.store import schema
from app.store.cluster import embedded
from app.store.intake import jobs
from tests.bench.synthetic import archive
from tests.database import CARELESS, enterable_folder
from tests.ingest.tables import differences

WORKERS, EVERY = 4, 3.0
"""Processes, and seconds between two kills."""


def command(url: str, gazetteer: Path, *words: str) -> tuple[list[str], dict[str, str]]:
    environment = {**os.environ, "DATABASE_URL": url, "FRONTLINE_GAZETTEER_PATH": str(gazetteer)}
    return [sys.executable, "-c", "from app.cli import main; main()", *words], environment


def run(url: str, gazetteer: Path, *words: str) -> None:
    line, environment = command(url, gazetteer, *words)
    subprocess.run(line, env=environment, check=True, stdout=subprocess.DEVNULL)


@dataclass
class Crew:
    """`frontline worker -j N`, and who is in it, as its own log tells."""

    process: "subprocess.Popen[str]"
    alive: set[int] = field(default_factory=set)

    def listen(self) -> None:
        for line in self.process.stderr or ():
            if found := re.search(r"worker (\d+) (started|ended)", line):
                (self.alive.add if found[2] == "started" else self.alive.discard)(int(found[1]))

    def kill_one(self, chance: random.Random) -> bool:
        try:
            os.kill(chance.choice(sorted(self.alive)), signal.SIGKILL)
        except (IndexError, ProcessLookupError):
            return False
        return True


@contextmanager
def crew(url: str, gazetteer: Path, workers: int) -> Iterator[Crew]:
    line, environment = command(url, gazetteer, "worker", "-j", str(workers))
    with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as process:
        started = Crew(process)
        Thread(target=started.listen, daemon=True).start()
        try:
            yield started
        finally:
            process.terminate()


def waiting(url: str) -> int | None:
    """Jobs that are not through; None where the database does not answer."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            by_status = jobs.counts(connection).get(f"{jobs.NAMESPACE}:read", {})
    except OperationalError:
        return None
    finally:
        engine.dispose()
    return sum(by_status.get(status, 0) for status in jobs.OPEN)


def trouble(url: str, folder: Path, gazetteer: Path, number: int, seed: int) -> dict[str, float]:
    """Kills and one restart of the database in the middle, until all jobs are through."""
    chance = random.Random(seed)
    kills, restarts, begun = 0, 0, time.monotonic()
    with crew(url, gazetteer, WORKERS) as started:
        while (left := waiting(url)) != 0:
            time.sleep(EVERY)
            kills += started.kill_one(chance)
            if left is not None and left < number / 2 and not restarts:
                embedded.down(folder)
                embedded.up(folder, CARELESS)
                restarts += 1
    return {"kills": kills, "restarts": restarts, "seconds": round(time.monotonic() - begun)}


def ended(url: str) -> dict[str, dict[str, int]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = jobs.counts(connection)
    engine.dispose()
    return found


def main(arguments: Sequence[str]) -> int:
    number, gazetteer = int(arguments[0]), Path(arguments[1])
    with enterable_folder() as folder, tempfile.NamedTemporaryFile("w", suffix=".jsonl") as lines:
        lines.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in archive(number))
        lines.flush()
        quiet, troubled = folder / "quiet", folder / "troubled"
        try:
            urls = [embedded.up(each, CARELESS) for each in (quiet, troubled)]
            for url in urls:
                schema.upgrade(url)
            run(urls[0], gazetteer, "ingest", lines.name, "-j", "2")
            run(urls[1], gazetteer, "ingest", lines.name, "--later")
            print(json.dumps(trouble(urls[1], troubled, gazetteer, number, seed=1)), flush=True)
            print(json.dumps(ended(urls[1])))
            unlike = differences(*urls)
            print(json.dumps({"tables that differ": unlike}))
        finally:
            for each in (quiet, troubled):
                embedded.down(each)
    return 1 if unlike else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
