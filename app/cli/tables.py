"""Tables for people: as wide as the terminal, or as they need where none is."""

import sys

from rich.console import Console
from rich.table import Table

PIPED_COLUMNS = 240
"""Wide enough to cut no id and no name for whatever reads a pipe."""


def print_table(table: Table) -> None:
    Console(width=None if sys.stdout.isatty() else PIPED_COLUMNS).print(table)
