"""What a request costs in processor time, of the server and of the database: a measure that other work on the machine
disturbs less than it does the rate of requests."""

import http.client
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

TICK = os.sysconf("SC_CLK_TCK")


def used(*roots: int) -> float:
    """Seconds of these processes and of all that they started, whether it still runs or not."""
    parents: dict[int, int] = {}
    seconds: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:  # it has ended meanwhile, and its parent counts it
            continue
        pid = int(folder.name)
        parents[pid] = int(fields[1])
        seconds[pid] = sum(map(int, fields[11:15])) / TICK
    found = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return sum(seconds.get(pid, 0.0) for pid in found)


def cost(work: Callable[[], int], *roots: int) -> float:
    """Milliseconds of processor time for each of the things that `work` says it did."""
    work()  # to get warm
    before = used(*roots)
    done = work()
    return (used(*roots) - before) / done * 1000


def asking(base: str, lines: Sequence[str], times: int) -> Callable[[], int]:
    """Asks for addresses, one after the other; each line is a path, with the tag that is held of it if there is one."""

    def ask() -> int:
        connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=120)
        for number in range(times):
            path, _, tag = lines[number % len(lines)].partition(" ")
            connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
            answer = connection.getresponse()
            answer.read()
            if answer.status != (304 if tag else 200):
                raise SystemExit(f"{base}{path} answers {answer.status}")
        connection.close()
        return times

    return ask
