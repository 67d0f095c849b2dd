"""Does the API answer rightly under load while its database restarts? `python -m tests.bench.soak --seconds 60`

A private database with the sample reports, the server as `frontline serve` starts it, and clients that compare each
answer with the one they know. In the middle, `pg_ctl restart`.
"""

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import cramjam
import httpx

from app.store.cluster.account import account_for
from app.store.cluster.binaries import find_binaries
from app.store.cluster.files import Files
from tests.database import enterable_folder

SEED = 20_230_712
TEXT = "Fighting went on south of Bakhmut and in Andriivka on Tuesday, the General Staff said."
ENCODINGS = ("identity", "gzip", "br", "zstd")
ALLOWED = {200, 304, 503}


@dataclass(frozen=True)
class Known:
    """A request and the body that is its only right answer."""

    request: httpx.Request
    body: bytes
    tag: str | None


@dataclass
class Figures:
    statuses: Counter[int] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    """Answers that broke off, as the client noticed, by what was asked."""
    wrong: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    """503s by what they say: that the database is away, or that there is too much at once."""
    away_at: float = 0.0
    restart_seconds: float = 0.0
    recovery_seconds: float = 0.0
    """From the database's being back to the last answer that said it was not."""
    cpu_seconds: float = 0.0
    memory_mb: list[float] = field(default_factory=list)
    """The server's, twice a second."""

    def memory_growth(self) -> float:
        """Of the last quarter over the second, as a share; the first fills caches."""
        quarter = max(1, len(self.memory_mb) // 4)
        early, late = self.memory_mb[quarter : 2 * quarter], self.memory_mb[-quarter:]
        return statistics.median(late) / statistics.median(early) - 1


def soak(gazetteer: Path, seconds: float, connections: int) -> Figures:
    with enterable_folder() as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FRONTLINE_", "DATABASE_"))}
        settings = {
            "FRONTLINE_DATA_DIR": str(folder),
            "FRONTLINE_GAZETTEER_PATH": str(gazetteer),
            "FRONTLINE_PORT": "0",
        }
        frontline = Frontline(folder, kept | settings)
        with frontline.database(), frontline.server() as (process, base):
            return asyncio.run(_load(base, folder / "postgres", process, seconds, connections))


@dataclass(frozen=True)
class Frontline:
    """The command line with a data folder of its own."""

    folder: Path
    environment: dict[str, str]

    @classmethod
    def alone(cls, folder: Path, gazetteer: Path, **settings: str) -> Self:
        """Whatever the environment says."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FRONTLINE_", "DATABASE_"))}
        own = {"FRONTLINE_DATA_DIR": str(folder), "FRONTLINE_GAZETTEER_PATH": str(gazetteer), "FRONTLINE_PORT": "0"}
        return cls(folder, kept | own | settings)

    def start(self, *words: str, log: Path | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "from app.cli import main; main()", *words]
        with (log or Path(os.devnull)).open("w") as written:
            return subprocess.Popen(command, env=self.environment, stdout=written, stderr=written, text=True)

    @contextmanager
    def database(self) -> Iterator[None]:
        try:
            assert self.start("db", "migrate").wait() == 0
            assert self.start("ingest", "--samples").wait() == 0
            yield
        finally:
            assert self.start("db", "down").wait() == 0

    @contextmanager
    def server(self) -> Iterator[tuple[int, str]]:
        """Its process and its address."""
        log = self.folder / "serve.log"
        process = self.start("serve", log=log)
        try:
            yield process.pid, address_of(process, log)
        finally:
            process.terminate()
            assert process.wait(20) == 0


def address_of(process: subprocess.Popen[str], log: Path) -> str:
    for _ in range(600):
        if found := re.search(r"running on (http://\S+)", log.read_text()):
            return found[1]
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


async def _load(base: str, folder: Path, server: int, seconds: float, connections: int) -> Figures:
    figures = Figures()
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    async with httpx.AsyncClient(base_url=base, limits=limits, timeout=30, trust_env=False) as client:
        known = [await _known(client, request) for request in await _requests(client)]
        until = time.monotonic() + seconds
        workers = [_work(client, known, random.Random(SEED + n), until, figures) for n in range(connections)]
        _, _, back = await asyncio.gather(
            asyncio.gather(*workers), _weigh(server, until, figures), _restart(folder, seconds / 2, figures)
        )
    figures.recovery_seconds = max(0.0, figures.away_at - back)
    return figures


async def _requests(client: httpx.AsyncClient) -> list[httpx.Request]:
    page = (await client.get("/features?limit=3")).json()["features"]
    one = page[0]
    paths = [
        "/", "/collections", "/conformance", "/map", "/coverage", "/timeline?per=month", "/places?q=Бахм",
        "/features", "/features?limit=1000", "/features?direction=south of Bakhmut", "/features?direction=Kupiansk",
        "/features?datetime=2023-07-01/2023-09-30&bbox=37,48,38.5,49", "/features?kind=sector&event=assault,clash",
        "/features?f=csv", "/features?f=geojsonseq&actor=UA", "/features?f=kml&limit=20", "/features?f=html",
        "/resolve?direction=10 км на північний захід від Авдіївки", "/feed.atom?limit=20",
        "/collections/points/items?limit=50", "/collections/features/tiles/WebMercatorQuad/8/88/155",
        *(f"/features/{each['id']}" for each in page),
        f"/reports/{one['properties']['report_id']}", f"/claims/{one['properties']['claim_id']}",
    ]  # fmt: skip
    read = client.build_request(
        "POST", "/read?published=2023-07-12", content=TEXT, headers={"Content-Type": "text/plain"}
    )
    return [*(client.build_request("GET", path) for path in paths), read]


async def _known(client: httpx.AsyncClient, request: httpx.Request) -> Known:
    request.headers["Accept-Encoding"] = "identity"
    answer = await client.send(request)
    assert answer.status_code == 200, answer.text
    return Known(request, answer.content, answer.headers.get("ETag"))


async def _work(
    client: httpx.AsyncClient, known: list[Known], dice: random.Random, until: float, figures: Figures
) -> None:
    while time.monotonic() < until:
        each = dice.choice(known)
        conditional = each.tag is not None and dice.random() < 0.2
        headers = {**each.request.headers, "Accept-Encoding": dice.choice(ENCODINGS)}
        if conditional:
            headers |= {"If-None-Match": str(each.tag), "Accept-Encoding": "identity"}
        request = client.build_request(
            each.request.method, each.request.url, content=each.request.content, headers=headers
        )
        try:
            answer = await client.send(request)
        except (httpx.RemoteProtocolError, httpx.ReadError):
            figures.cut[str(each.request.url.raw_path)] += 1
            continue
        except httpx.HTTPError as error:
            figures.wrong.append(f"{request.url}: {error!r}")
            continue
        figures.statuses[answer.status_code] += 1
        if wrong := _wrong(each, answer, conditional=conditional):
            figures.wrong.append(f"{request.method} {request.url}: {answer.status_code}: {wrong}")
        if answer.status_code == 503:
            detail = answer.json()["detail"]
            figures.refused[detail] += 1
            if "database" in detail:
                figures.away_at = time.monotonic()
            await asyncio.sleep(0.1)


def _wrong(known: Known, answer: httpx.Response, *, conditional: bool) -> str | None:
    match answer.status_code:
        case 200 if conditional:
            return "sent again"
        case 200 if _unpacked(answer) != known.body:
            return "another body"
        case 304 if not conditional or answer.content:
            return "not asked for"
        case 503 if "Retry-After" not in answer.headers or answer.json()["status"] != 503:
            return answer.text
        case status if status not in ALLOWED:
            return answer.text[:200]
    return None


def _unpacked(answer: httpx.Response) -> bytes:
    """httpx unpacks gzip alone."""
    match answer.headers.get("Content-Encoding"):
        case "br":
            return bytes(cramjam.brotli.decompress(answer.content))
        case "zstd":
            return bytes(cramjam.zstd.decompress(answer.content))
    return answer.content


async def _weigh(server: int, until: float, figures: Figures) -> None:
    before = _cpu_seconds(server)
    while time.monotonic() < until:
        status = Path(f"/proc/{server}/status").read_text()
        figures.memory_mb.append(int(status.partition("VmRSS:")[2].split()[0]) / 1024)
        await asyncio.sleep(0.5)
    figures.cpu_seconds = _cpu_seconds(server) - before


def _cpu_seconds(process: int) -> float:
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def _restart(folder: Path, after: float, figures: Figures) -> float:
    """When it was back."""
    await asyncio.sleep(after)
    files = Files(folder)
    program, account = find_binaries(files.major()).program("pg_ctl"), account_for(folder)
    begun = time.monotonic()
    words = (program, "restart", "--pgdata", str(files.data), "--mode", "fast", "--wait", "--log", str(files.log))
    done = await asyncio.to_thread(account.run, *words)
    assert done.returncode == 0, done.stderr
    figures.restart_seconds = time.monotonic() - begun
    return time.monotonic()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gazetteer", type=Path, help="a built gazetteer")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=64)
    given = parser.parse_args()
    figures = soak(given.gazetteer, given.seconds, given.connections)
    told = {
        "answers": dict(sorted(figures.statuses.items())),
        "a second": round(sum(figures.statuses.values()) / given.seconds),
        "CPU ms of the server for an answer": round(1000 * figures.cpu_seconds / sum(figures.statuses.values()), 1),
        "wrong": len(figures.wrong),
        "broken off": figures.cut,
        "restart took, s": round(figures.restart_seconds, 2),
        "503": figures.refused,
        "recovered after, s": round(figures.recovery_seconds, 2),
        "memory, MB": [round(min(figures.memory_mb)), round(figures.memory_mb[-1]), round(max(figures.memory_mb))],
        "memory growth": f"{figures.memory_growth():+.1%}",
    }
    print(json.dumps(told, indent=1), *figures.wrong[:20], sep="\n")
    sys.exit(bool(figures.wrong))


if __name__ == "__main__":
    main()
