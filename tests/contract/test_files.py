"""Files stay short enough to be read in one sitting."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
LONGEST = 400
FOLDERS = ("app", "migrations", "tests", ".ci")
WRITTEN = frozenset({".py", ".js", ".css", ".html", ".toml"})
SOURCES = sorted(p for folder in FOLDERS for p in (PROJECT / folder).rglob("*") if p.suffix in WRITTEN)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


def test_the_files_were_found() -> None:
    assert PROJECT / "app" / "settings.py" in SOURCES
    assert PROJECT / "app" / "web" / "css" / "page.css" in SOURCES
    assert Path(__file__) in SOURCES
