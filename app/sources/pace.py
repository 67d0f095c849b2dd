"""Whose turn it is: one request at a time to a host, with a pause between two."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

Turn = Callable[[str, float], float]
"""From a host and the pause it is owed, in seconds, the seconds to wait for one's turn."""


def local_turns(clock: Callable[[], float] = time.monotonic) -> Turn:
    """Turns among the fetches of this process; many machines take theirs from the database."""
    free: dict[str, float] = {}
    lock = Lock()

    def turn(host: str, pause: float) -> float:
        with lock:
            now = clock()
            start = max(free.get(host, now), now)
            free[host] = start + pause
            return start - now

    return turn


class Pace:
    """Threads of one process that ask the same host wait for each other."""

    def __init__(self, turn: Turn, sleep: Callable[[float], None] = time.sleep) -> None:
        self._turn = turn
        self._sleep = sleep
        self._hosts: defaultdict[str, Lock] = defaultdict(Lock)

    @contextmanager
    def of(self, host: str, pause: float) -> Iterator[None]:
        with self._hosts[host]:
            if (wait := self._turn(host, pause)) > 0:
                self._sleep(wait)
            yield
