"""Workers: processes that take jobs from the queue, as many and on as many machines as one likes.

One process of `frontline worker` minds the others: it starts each again that ends unasked (killed, or its database
gone), and every few seconds hands the jobs of dead workers, here or elsewhere, to those that live.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.context import ForkServerContext, ForkServerProcess

from procrastinate import PsycopgConnector
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import OperationalError

from app.ingest.tasks import Workshop, queue
from app.store.intake.jobs import hand_over

log = logging.getLogger(__name__)

HEARTBEAT, SILENCE = 2, 20
"""Seconds between signs of life of a worker, and after which one without is taken for dead."""
AT_ONCE = 2
"""Jobs in a process: while one waits for the network, another reads."""
LOOK = 0.5
"""Seconds between two looks at the processes."""
PATIENCE = 10
"""Seconds for which a connection is waited for; whoever has none by then ends and is started again."""
STEADY = 30
"""Seconds after which a process that ends has not failed at its start."""
LONGEST_PAUSE = 30


Outfit = Callable[[Engine], Workshop]
"""What fits out a worker process, in that process."""


def work(url: str, outfit: Outfit, *, stay: bool = True) -> None:
    """Jobs, until a signal; or, unless it is to `stay`, until none is left."""
    engine = create_engine(url, pool_pre_ping=True)
    shop = outfit(engine)
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connector = PsycopgConnector(conninfo=dsn, min_size=1, max_size=3, timeout=PATIENCE)
    with shop.fetcher, queue.replace_connector(connector):
        queue.run_worker(
            wait=stay,
            concurrency=AT_ONCE if stay else 1,  # two at once could bar each other, and the last would be left
            additional_context={"workshop": shop},
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=SILENCE,
        )
    engine.dispose()


@dataclass
class Place:
    """Where one worker process is, after the other where need be."""

    process: ForkServerProcess
    started: float
    failures: int = 0
    next_start: float | None = None
    """Where there is none just now."""


@dataclass
class Crew:
    """So many workers, until a signal."""

    url: str
    outfit: Outfit
    size: int
    _ending: threading.Event = field(default_factory=threading.Event)
    _context: ForkServerContext = field(default_factory=lambda: get_context("forkserver"))

    def run(self) -> None:
        self._context.set_forkserver_preload([__name__, self.outfit.__module__])
        engine = create_engine(self.url, pool_pre_ping=True)
        with _on_signals(self._ending.set):
            places = [Place(self._start(), time.monotonic()) for _ in range(self.size)]
            looked = 0.0
            while not self._ending.wait(LOOK):
                for place in places:
                    self._mind(place)
                if time.monotonic() - looked > HEARTBEAT:
                    looked = time.monotonic()
                    hand_over_from_the_dead(engine)
            for place in places:
                place.process.terminate()
            for place in places:
                place.process.join()
        engine.dispose()

    def _start(self) -> ForkServerProcess:
        process = self._context.Process(target=_worker, args=(self.url, self.outfit), daemon=False)
        process.start()
        log.info("worker %s started", process.pid)
        return process

    def _mind(self, place: Place) -> None:
        now = time.monotonic()
        if place.next_start is not None:
            if now >= place.next_start:
                place.process, place.started, place.next_start = self._start(), now, None
        elif not place.process.is_alive():
            killed = (place.process.exitcode or 0) < 0  # by somebody, not by what it found
            place.failures = 0 if killed or now - place.started > STEADY else place.failures + 1
            pause = min(2.0**place.failures, LONGEST_PAUSE)
            place.next_start = now + pause
            log.warning(
                "worker %s ended (%s); another starts in %g s", place.process.pid, place.process.exitcode, pause
            )


def hand_over_from_the_dead(engine: Engine) -> None:
    """Jobs whose worker gives no sign of life go back into the queue."""
    try:
        with engine.begin() as connection:
            moved = hand_over(connection, SILENCE)
    except OperationalError as error:
        log.warning("the database does not answer: %s", error.orig)
        return
    if moved:
        log.warning("%s jobs of workers that died wait for another", moved)


def _worker(url: str, outfit: Outfit) -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(process)d %(message)s")
    logging.getLogger("app").setLevel(logging.INFO)
    logging.getLogger("procrastinate.worker").addFilter(_is_no_outcome)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work(url, outfit)


def _is_no_outcome(record: logging.LogRecord) -> bool:
    """The library tells of a job's end with all that was handed in; `tasks.py` tells of it in a line."""
    return not str(getattr(record, "action", "")).startswith("job_")


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _on_signals(do: Callable[[], None]) -> Iterator[None]:
    before = {number: signal.signal(number, lambda *_: do()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
