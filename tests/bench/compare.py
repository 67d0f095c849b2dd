"""Measures our server side by side with TiPg, pygeoapi and the same statements in pgbench, as a table of ratios.

    python -m tests.bench.compare [--features 1000000] [--seconds 10] [--rounds 2] [--folder FOLDER] [--processor]
        [--alone] [--cases CASE…]

With --processor, by the processor time of server and database that a request takes, one request after the other.

Needs wrk and pgbench. The database, the data and the other servers (in environments of their own) are made in FOLDER
where they are not there yet. Every case runs on all servers one after the other: ratios come from the same minutes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg
from shapely.geometry import shape

from app.settings import Settings
from app.store import schema
from app.store.cluster import embedded
from tests.bench import cases
from tests.bench.fill import fill
from tests.bench.processor import asking, cost
from tests.bench.servers import PYGEOAPI_PORT, TIPG_PORT, pygeoapi, running, tipg

CONNECTIONS = 8
SETTINGS = {
    "shared_buffers": "2GB", "effective_cache_size": "8GB", "work_mem": "32MB", "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB", "random_page_cost": "1.1", "max_parallel_workers_per_gather": "0", "fsync": "off",
}  # fmt: skip
PORTS = {"own": 8741, "tipg": TIPG_PORT, "pygeoapi": PYGEOAPI_PORT}
PHRASE = "south of Bakhmut"
DIRECTION = "direction"
ALL = (*cases.CASES, DIRECTION)
KEYS = {"start_on": "start", "month": "month"}
SCRIPT = Path(__file__).with_name("cycle.lua")
PLAIN = """
CREATE TABLE IF NOT EXISTS plain AS SELECT id, kind, relation, event, outcome, actor, claim_status, unverified,
    speaker_side, start_on, upper(occurrence) - 1 AS end_on, published, place_id, publisher, lang, uncertainty_m,
    geo_precision, probability, geom FROM feature;
ALTER TABLE plain ADD PRIMARY KEY (id);
CREATE INDEX ON plain USING gist (geom);
CREATE INDEX ON plain (start_on);
ANALYZE plain;
"""
Figures = Mapping[str, float]


def main() -> None:
    given = _arguments()
    folder = given.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    url = embedded.up(folder / "postgres", SETTINGS)
    try:
        _prepare(url, given.features, plain=given.others)
        with ExitStack() as held:
            servers = {"ours": held.enter_context(_own(url))}
            if given.others:
                servers["TiPg"] = held.enter_context(tipg(url, folder))
            if given.processor:
                print(_costs(url, servers, embedded.status(folder / "postgres").pid or 0))
                return
            if given.others:
                held.enter_context(pygeoapi(url, folder))
            print(_table(_measured(url, given)))
    finally:
        embedded.down(folder / "postgres")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--processor", action="store_true")
    parser.add_argument("--cases", nargs="+", default=list(ALL), choices=ALL)
    parser.add_argument("--alone", dest="others", action="store_false", help="without the other servers")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "frontline-bench")
    return parser.parse_args()


def _prepare(url: str, features: int, *, plain: bool) -> None:
    schema.upgrade(url)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        [held] = connection.execute("SELECT count(*) FROM feature_key").fetchone() or [0]
        if held == 0:
            print(f"making {features} features", file=sys.stderr)
            fill(url, features)
        if plain and connection.execute("SELECT to_regclass('plain')").fetchone() == (None,):
            connection.execute(PLAIN)


@contextmanager
def _own(url: str) -> Iterator[int]:
    gazetteer = Settings().gazetteer_path
    more = {"DATABASE_URL": url, "FRONTLINE_GAZETTEER_PATH": str(gazetteer)}
    command = [str(Path(sys.executable).with_name("frontline")), "serve", "--port", str(PORTS["own"])]
    with running(command, more, f"http://127.0.0.1:{PORTS['own']}/healthz") as pid:
        yield pid


TIMES = {"100": 60, "1,000": 20, "10,000": 4, "one": 200, "z8": 6, "z11": 20}


def _costs(url: str, servers: Mapping[str, int], database: int) -> str:
    """Of each case: what a request costs at ours, and how many times as much elsewhere."""
    rows = [f"| | {' | '.join(cases.CASES)} |", "|---|" + "---|" * len(cases.CASES)]
    found: dict[str, dict[str, float]] = {}
    own, other = (f"http://127.0.0.1:{PORTS[name]}" for name in ("own", "tipg"))
    for case, times in TIMES.items():
        paths = [cases.own_path(case, variant) for variant in range(cases.VARIANTS)]
        held = found[case] = {}
        held["ours"] = cost(asking(own, paths, times), servers["ours"], database)
        held["the statements alone"] = cost(partial(_stated, url, case, times), database)
        if pid := servers.get("TiPg"):
            held["TiPg"] = cost(asking(other, _tipg_paths("feature", case), times), pid, database)
        if pid and case == "100":
            plain = _tipg_paths("plain", case)
            held["TiPg, plain table"] = cost(asking(other, plain, times), pid, database)
        if case == "100":
            tagged = [f"{path} {_tag(own + path)}" for path in paths]
            held["ours, 304"] = cost(asking(own, tagged, 500), servers["ours"], database)
        print(case, {name: round(value, 2) for name, value in held.items()}, file=sys.stderr, flush=True)
    rows.append("| ours, ms | " + " | ".join(f"{held['ours']:.2f}" for held in found.values()) + " |")
    for name in ("the statements alone", "TiPg", "TiPg, plain table", "ours, 304"):
        cells = [f"{held[name] / held['ours']:.2f}" if name in held else "" for held in found.values()]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _stated(url: str, case: str, times: int) -> int:
    """The same statements, each planned anew, as pgbench sends them in the simple protocol."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        if case == "one":
            return _stated_pairs(connection, times)
        asked = list(cases.statements(case))
        for number in range(times):
            connection.pgconn.exec_(asked[number % len(asked)].encode())
    return times


def _stated_pairs(connection: psycopg.Connection, times: int) -> int:
    asked = list(cases.pairs())
    for number in range(times):
        key, single = asked[number % len(asked)]
        held = connection.pgconn.exec_(key.encode())
        for column, name in enumerate(KEYS.values()):
            single = single.replace(f":{name}:", f"'{(held.get_value(0, column) or b'').decode()}':")
        connection.pgconn.exec_(single.encode())
    return times


def _measured(url: str, given: argparse.Namespace) -> dict[str, dict[str, list[Figures]]]:
    found: dict[str, dict[str, list[Figures]]] = {case: {} for case in given.cases}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(given.rounds):
            for case in given.cases:
                for name, measure in _targets(url, case, Path(folder), given).items():
                    figures = measure()
                    _stop_asking(url)
                    found[case].setdefault(name, []).append(figures)
                    print(case, name, dict(figures), file=sys.stderr, flush=True)
    return found


def _stop_asking(url: str) -> None:
    """Ends what nobody waits for any more: a server that was too slow goes on, and would slow whoever is next."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
        )


def _targets(url: str, case: str, folder: Path, given: argparse.Namespace) -> dict[str, Callable[[], Figures]]:
    def asked(server: str, paths: list[str]) -> Callable[[], Figures]:
        return lambda: _wrk(f"http://127.0.0.1:{PORTS[server]}", paths, folder, given.seconds)

    own = f"http://127.0.0.1:{PORTS['own']}"
    variants = range(cases.VARIANTS)
    if case == DIRECTION:
        words, box = f"direction={quote(PHRASE)}", f"bbox={_around(own)}"
        return {
            "the same box": asked("own", [cases.own_direction(variant, box) for variant in variants]),
            "ours": asked("own", [cases.own_direction(variant, words) for variant in variants]),
        }
    paths = [cases.own_path(case, variant) for variant in variants]
    found = {"pgbench": lambda: _pgbench(url, case, folder, given.seconds), "ours": asked("own", paths)}
    if given.others:
        found["TiPg"] = asked("tipg", _tipg_paths("feature", case))
        found["TiPg, plain table"] = asked("tipg", _tipg_paths("plain", case))
        if case not in cases.TILES:  # one of which takes it a minute
            found["pygeoapi, plain table"] = asked("pygeoapi", [cases.pygeoapi_path(case, each) for each in variants])
    if case == "100":
        found["ours, 304"] = asked("own", [f"{path} {_tag(own + path)}" for path in paths])
    return found


def _around(own: str) -> str:
    """The box around the area of the phrase."""
    with urllib.request.urlopen(f"{own}/resolve?direction={quote(PHRASE)}") as answer:
        area = shape(json.load(answer)["geometry"])
    return ",".join(str(edge) for edge in area.bounds)


def _tipg_paths(table: str, case: str) -> list[str]:
    return [cases.tipg_path(table, case, variant) for variant in range(cases.VARIANTS)]


def _tag(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return str(answer.headers["ETag"])


def _wrk(base: str, lines: list[str], folder: Path, seconds: int) -> Figures:
    urls = folder / "urls"
    urls.write_text("\n".join(lines) + "\n")
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "--timeout", "120s", "-s", str(SCRIPT)]
    for duration in (3, seconds):  # the first to get warm
        ran = subprocess.run(
            [*command, f"-d{duration}s", base],
            env={**os.environ, "URLS": str(urls)}, capture_output=True, text=True, check=True,
        )  # fmt: skip
    [line] = [line for line in ran.stdout.splitlines() if line.startswith("RESULT")]
    return {name: float(value) for name, value in (each.split("=") for each in line.split()[1:])}


def _pgbench(url: str, case: str, folder: Path, seconds: int) -> Figures:
    """Every statement planned anew, as the simple protocol has it."""
    scripts = []
    for number, text in enumerate(_scripts(case)):
        script = folder / f"{number}.sql"
        script.write_text(text)
        scripts += ["-f", f"{script}@1"]
    address = url.replace("+psycopg", "")
    command = ["pgbench", "-n", f"-c{CONNECTIONS}", "-j1", "-M", "simple", *scripts, address]
    for duration in (3, seconds):
        ran = subprocess.run([*command, "-T", str(duration)], capture_output=True, text=True, check=True)
    [rate] = [line.split()[2] for line in ran.stdout.splitlines() if line.startswith("tps = ")]
    return {"rps": float(rate)}


def _scripts(case: str) -> Iterator[str]:
    if case != "one":
        for statement in cases.statements(case):
            yield statement.replace("\n", " ").replace(":", "\\:") + ";\n"
        return
    for key, single in cases.pairs():
        told = ", ".join(f"quote_literal(k.{column}) AS {name}" for column, name in KEYS.items())
        yield f"SELECT {told} FROM ({key}) AS k \\gset\n{single};\n".replace("\n", " ").replace("\\gset ", "\\gset\n")


def _table(found: Mapping[str, Mapping[str, list[Figures]]]) -> str:
    """Requests a second of our server as a multiple of the others' in the same round, and its times."""
    lines = ["| | " + " | ".join(found) + " |", "|---|" + "---|" * len(found)]
    rates = {
        case: {name: [0 if each.get("bad") else each["rps"] for each in rounds] for name, rounds in held.items()}
        for case, held in found.items()  # who answers with mistakes has not answered
    }
    for name in ("pgbench", "TiPg", "TiPg, plain table", "pygeoapi, plain table", "the same box"):
        cells = [_ratio(held["ours"], held[name]) if name in held else "" for held in rates.values()]
        lines.append(f"| against {name} | " + " | ".join(cells) + " |")
    lines.append(
        "| requests a second | " + " | ".join(f"{statistics.mean(h['ours']):.0f}" for h in rates.values()) + " |"
    )
    for name in ("p50", "p99"):
        cells = [f"{statistics.mean(each[name] for each in held['ours']):.1f}" for held in found.values()]
        lines.append(f"| {name}, ms | " + " | ".join(cells) + " |")
    if "100" in rates:
        lines.append(f"\n304 against the page of 100: {_ratio(rates['100']['ours, 304'], rates['100']['ours'])}")
    if DIRECTION in found:
        words, box = ([each["p50"] for each in found[DIRECTION][name]] for name in ("ours", "the same box"))
        lines.append(f"\np50 of the direction against that of its box: {_ratio(words, box)}")
    return "\n".join(lines)


def _ratio(ours: list[float], others: list[float]) -> str:
    ratios = [mine / other for mine, other in zip(ours, others, strict=True) if other]
    return f"{statistics.median(ratios):.2f}" if ratios else "none answered"


if __name__ == "__main__":
    main()
