"""Takes in any number of reports, by one process or several, in bounded memory; stopped anywhere, it can be run again.

reports → chunks → known? ─ no ─→ read, resolved, drawn and stored: one transaction a chunk, in a worker process
                      └── yes: passed over, at the cost of one look-up a chunk
in the end → revisions and independent voices are counted (`store.count`)
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Engine, create_engine

from app.domain.errors import FrontlineError, ReportError
from app.domain.place import Atlas
from app.domain.report import Report
from app.gazetteer.open import open_atlas
from app.ingest.job import Known, Received, Taken, received, take
from app.store.read.load import known_ids
from app.store.write.count import count_due

CHUNK = 16
"""Reports in one transaction: the cost of a transaction is spread, and a stop loses half a second of work."""
PATIENCE = 1.0
"""Seconds after which a chunk goes as it is: pages arrive slower than lines of a file."""
AHEAD = 3
"""Chunks in hand for each process, so that none waits for work and memory stays bounded."""

Chunk = list[Received | ReportError]
Submit = Callable[[list[Received]], "Future[list[Taken]]"]


def ingest(reports: Iterable[Report | ReportError], atlas: Atlas, engine: Engine) -> Iterator[Taken]:
    """What became of each report, in order, by this process alone."""

    yield from _through(reports, engine, lambda some: _done(take(some, atlas, engine)), ahead=0)


def ingest_in_parallel(
    reports: Iterable[Report | ReportError], gazetteer: Path, engine: Engine, processes: int
) -> Iterator[Taken]:
    """What became of each report, in order, by so many processes beside this one."""
    url = engine.url.render_as_string(hide_password=False)
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    try:
        with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(gazetteer, url)) as pool:
            yield from _through(reports, engine, lambda some: pool.submit(_take, some), ahead=AHEAD * processes)
    except BrokenProcessPool as error:
        raise FrontlineError("a worker process was killed; run the same command again: nothing is lost") from error


def _through(reports: Iterable[Report | ReportError], engine: Engine, submit: Submit, ahead: int) -> Iterator[Taken]:
    in_hand: deque[tuple[Chunk, set[str], Future[list[Taken]]]] = deque()
    for chunk in _chunks(reports):
        ids = [each.report.id for each in chunk if isinstance(each, Received)]
        with engine.connect() as connection:
            known = known_ids(connection, ids)
        fresh = [each for each in chunk if isinstance(each, Received) and each.report.id not in known]
        in_hand.append((chunk, known, submit(fresh) if fresh else _done([])))
        while len(in_hand) > ahead:
            yield from _outcomes(*in_hand.popleft())
    while in_hand:
        yield from _outcomes(*in_hand.popleft())
    count_due(engine)


def _done(taken: list[Taken]) -> "Future[list[Taken]]":
    future: Future[list[Taken]] = Future()
    future.set_result(taken)
    return future


def _chunks(reports: Iterable[Report | ReportError]) -> Iterator[Chunk]:
    chunk: Chunk = []
    begun = time.monotonic()
    for report in reports:
        chunk.append(report if isinstance(report, ReportError) else received(report))
        if len(chunk) == CHUNK or time.monotonic() - begun > PATIENCE:
            yield chunk
            chunk = []
            begun = time.monotonic()
    if chunk:
        yield chunk


def _outcomes(chunk: Chunk, known: set[str], taken: "Future[list[Taken]]") -> Iterator[Taken]:
    fresh = iter(taken.result())
    for each in chunk:
        if isinstance(each, ReportError):
            yield each
        else:
            yield Known(each.report.id) if each.report.id in known else next(fresh)


@dataclass(frozen=True, slots=True)
class _Worker:
    atlas: Atlas
    engine: Engine


_workers: list[_Worker] = []
"""Of a worker process: the one."""


def _begin(gazetteer: Path, url: str) -> None:
    _workers.append(_Worker(open_atlas(gazetteer), create_engine(url)))


def _take(reports: list[Received]) -> list[Taken]:
    return take(reports, _workers[0].atlas, _workers[0].engine)
