"""`frontline serve` as a process: without a database, told to end while it answers."""

import json
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.bench.soak import Frontline, address_of
from tests.database import enterable_folder

TEXT = b"Fighting went on south of Bakhmut on Tuesday, the General Staff said."
HEAD = (
    b"POST /read?published=2023-07-12 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
    b"X-Request-ID: last\r\nContent-Length: %d\r\n\r\n"
)


def test_what_is_being_answered_is_finished_before_it_ends(gazetteer_path: Path) -> None:
    with enterable_folder() as folder:
        frontline = Frontline.alone(folder, gazetteer_path, FRONTLINE_LOG_FORMAT="json")
        log = folder / "serve.log"
        process = frontline.start("serve", log=log)
        base = address_of(process, log)
        assert httpx.get(f"{base}/healthz").status_code == 200
        assert httpx.get(f"{base}/readyz").status_code == 503
        port = urlsplit(base).port
        with socket.create_connection(("127.0.0.1", port or 0), timeout=20) as connection:
            connection.sendall(HEAD % len(TEXT) + TEXT[:20])
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            with pytest.raises(OSError):
                socket.create_connection(("127.0.0.1", port or 0), timeout=1)
            connection.sendall(TEXT[20:])
            answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        assert process.wait(20) == 0
        lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"Bakhmut" in answer
    assert [line["status"] for line in lines if line.get("request_id") == "last"] == [200]
    assert {"time", "level", "logger", "message"} <= set(lines[0])


def test_several_processes_answer_over_one_port(gazetteer_path: Path) -> None:
    with enterable_folder() as folder:
        frontline = Frontline.alone(folder, gazetteer_path)
        log = folder / "serve.log"
        process = frontline.start("serve", "--workers", "2", log=log)
        base = address_of(process, log)
        deadline = time.monotonic() + 60
        while log.read_text().count("Application startup complete") < 2:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        told: list[int] = []
        while len(told) < 200 and len(set(told)) == len(told):
            told.append(_answered(httpx.get(f"{base}/metrics").text))  # over a connection of its own each time
        assert len(set(told)) < len(told), "each process counts for itself, so that a number comes twice"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{base}/healthz")


def _answered(metrics: str) -> int:
    """How many requests a process has answered."""
    counted = (line for line in metrics.splitlines() if line.startswith("frontline_requests_total{"))
    return sum(int(float(line.rsplit(" ", 1)[1])) for line in counted)
