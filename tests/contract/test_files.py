"""Files stay short enough to be read in one sitting."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
LONGEST = 400
SOURCES = sorted(path for folder in ("app", "migrations", "tests", ".ci") for path in (PROJECT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


def test_the_files_were_found() -> None:
    assert PROJECT / "app" / "settings.py" in SOURCES
    assert Path(__file__) in SOURCES
