"""The files of the word lists, each read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_list(name: str) -> dict[str, Any]:
    """What the file of that name in this folder holds."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
