"""Which code and data an interpretation is made with, so that a rebuild knows what is stale."""

import hashlib
from functools import cache
from pathlib import Path

import app
from app.domain.place import Atlas
from app.drawing.rules import RULES_VERSION
from app.store.write.run import Run

INTERPRETING = ("domain", "reading", "resolving", "drawing", "linking", "ingest")
"""The packages whose code and word lists decide what becomes of a report."""


def current_run(atlas: Atlas) -> Run:
    return Run(code_version(), atlas.digest, RULES_VERSION)


@cache
def code_version() -> str:
    """The release, and a hash of the files that interpret: a release number alone would hide a local change."""
    root = Path(app.__file__).parent
    content = hashlib.sha256()
    for path in sorted(
        p for package in INTERPRETING for p in (root / package).rglob("*") if p.suffix in (".py", ".toml")
    ):
        content.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{app.__version__}+{content.hexdigest()[:12]}"
