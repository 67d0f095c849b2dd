"""What reports a target holds: a file, a folder, the standard input, or what stands at an address of the web.

A failure is yielded in its place, so that one bad file never keeps the rest of a folder from being read.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import FetchError, ReportError
from app.domain.report import Report
from app.domain.vocabulary import FailureReason
from app.sources.draft import Facts
from app.sources.fetch import Fetcher
from app.sources.pages import about, open_address
from app.sources.paths import read_path, read_stream

STDIN = "-"


def is_address(target: str) -> bool:
    return target.lower().startswith(("http://", "https://"))


def open_target(
    target: str, overrides: Facts, fetcher: Fetcher, stdin: BinaryIO | None = None
) -> Iterator[Report | ReportError]:
    """Each report of `target`, or the error that names where and what is wrong; nothing of these is raised.

    What `overrides` states wins over what the report says of itself.
    """
    if is_address(target):
        yield from open_address(target, overrides, fetcher, datetime.now(UTC))
    elif target == STDIN:
        yield from read_stream("standard input", stdin or sys.stdin.buffer, overrides)
    elif target.partition("://")[1]:
        wrong = FetchError(f"{target}: only http and https addresses are fetched", FailureReason.BAD_ADDRESS)
        yield about(target, wrong)
    else:
        yield from read_path(Path(target), overrides)
