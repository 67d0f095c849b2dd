"""Two workers, each in a network of its own, on one database over TCP: how do they share the work? (Linux, as root.)

python -m tests.bench.two_machines 300 GAZETTEER
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from app.store import schema
from app.store.cluster import embedded
from tests.bench.chaos import command, run, waiting
from tests.bench.synthetic import archive
from tests.database import CARELESS, enterable_folder

NAMES = ("frontline-one", "frontline-two")
CONNECTED = """
SELECT client_addr::text, count(*) FROM pg_stat_activity WHERE client_addr IS NOT NULL GROUP BY 1 ORDER BY 1
"""


@contextmanager
def network(number: int) -> Iterator[str]:
    """A namespace with one cable to this machine, which is 10.77.<number>.1 there; its name."""
    name, inside, outside = NAMES[number - 1], f"fl{number}in", f"fl{number}out"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", outside, "type", "veth", "peer", "name", inside, "netns", name)
        _ip("address", "add", f"10.77.{number}.1/24", "dev", outside)
        _ip("link", "set", outside, "up")
        _ip("-n", name, "address", "add", f"10.77.{number}.2/24", "dev", inside)
        _ip("-n", name, "link", "set", inside, "up")
        yield name
    finally:
        _ip("netns", "delete", name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


@contextmanager
def worker(name: str, url: str, gazetteer: Path) -> Iterator[None]:
    line, environment = command(url, gazetteer, "worker", "-j", "1")
    with subprocess.Popen(["ip", "netns", "exec", name, *line], env=environment) as process:
        try:
            yield
        finally:
            process.terminate()


def workers(url: str) -> list[int]:
    return [row[0] for row in _rows(url, "SELECT id FROM procrastinate_workers ORDER BY id")]


def _rows(url: str, statement: str) -> list[tuple[Any, ...]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(statement))]
    engine.dispose()
    return found


def main(arguments: Sequence[str]) -> None:
    number, gazetteer = int(arguments[0]), Path(arguments[1])
    with ExitStack() as stack:
        folder = stack.enter_context(enterable_folder())
        machines = [stack.enter_context(network(1)), stack.enter_context(network(2))]
        lines = stack.enter_context(tempfile.NamedTemporaryFile("w", suffix=".jsonl"))
        lines.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in archive(number))
        lines.flush()
        home = folder / "postgres"
        stack.callback(embedded.down, home)
        url = embedded.up(home, CARELESS | {"listen_addresses": "10.77.1.1,10.77.2.1"})
        (access,) = home.rglob("pg_hba.conf")
        with access.open("a") as stream:
            stream.write("host all all 10.77.0.0/16 trust\n")
        _rows(url, "SELECT pg_reload_conf()")
        schema.upgrade(url)
        known: list[int] = []
        for at, machine in enumerate(machines, 1):
            stack.enter_context(worker(machine, f"postgresql://frontline@10.77.{at}.1/frontline", gazetteer))
            while len(new := [each for each in workers(url) if each not in known]) < 1:
                time.sleep(0.2)
            known += new
        begun = time.monotonic()
        run(url, gazetteer, "ingest", lines.name, "--later")
        while waiting(url):
            time.sleep(1)
        seconds = time.monotonic() - begun
        share = dict(_rows(url, "SELECT worker_id, count(*) FROM procrastinate_jobs WHERE worker_id > 0 GROUP BY 1"))
        print(json.dumps({"split": {m: share.get(w, 0) for m, w in zip(machines, known, strict=True)}}))
        print(json.dumps({"seconds": round(seconds), "connected from": _rows(url, CONNECTED)}))


if __name__ == "__main__":
    main(sys.argv[1:])
