"""The built file: what rows does it hold for a question asked in SQL?"""

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

Rows = list[tuple[Any, ...]]


class Query(Protocol):
    """Asks the file; the values fill the statement's marks."""

    def __call__(self, statement: str, values: Sequence[str | int | float] = ()) -> Rows: ...


class File:
    """One connection, opened once and shared by all threads, one statement at a time.

    A build replaces the file by renaming; a connection opened later than this one would read the new file, whose
    numbers mean other names. So there is only the one, and it keeps reading what it was opened on.
    """

    def __init__(self, path: Path) -> None:
        """Raises sqlite3.DatabaseError when the file cannot be opened."""
        self._lock = threading.Lock()
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)

    def rows(self, statement: str, values: Sequence[str | int | float] = ()) -> Rows:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()
