"""The import contracts of pyproject.toml hold, and each breaks where it is violated on purpose."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
LAYERS, READING, API, STORE = "layers", "reading", "api", "store"
PURE, DOMAIN, GEOPANDAS, SETTINGS = "pure", "domain", "geopandas", "settings"

# (file that is made or extended, what it imports, the contract that has to break)
VIOLATIONS = [
    # Upwards, one pair for every step between the layers.
    ("app/domain/violation.py", "import app.drawing", LAYERS),
    ("app/reading/violation.py", "import app.store", LAYERS),
    ("app/sources/violation.py", "import app.ingest", LAYERS),
    ("app/api/violation.py", "import app.main", LAYERS),
    ("app/ingest/violation.py", "import app.cli", LAYERS),
    # Sideways, one pair for every layer of several.
    ("app/main.py", "import app.cli", LAYERS),
    ("app/api/violation.py", "import app.ingest", LAYERS),
    ("app/ingest/violation.py", "import app.api", LAYERS),
    ("app/store/violation.py", "import app.sources", LAYERS),
    ("app/reading/violation.py", "import app.resolving", LAYERS),
    ("app/resolving/violation.py", "import app.drawing", LAYERS),
    ("app/drawing/violation.py", "import app.gazetteer", LAYERS),
    ("app/linking/violation.py", "import app.drawing", LAYERS),
    # A drawer for whatever fits nowhere.
    ("app/utils/__init__.py", "", LAYERS),
    ("app/helpers.py", "", LAYERS),
    # The rooms of reading: upwards, sideways, and a drawer.
    ("app/reading/words/violation.py", "import app.reading.text", READING),
    ("app/reading/events/violation.py", "import app.reading.speakers", READING),
    ("app/reading/helpers.py", "", READING),
    # A room of the API that leans on what leans on it, and one that nobody gave a place.
    ("app/api/answer/violation.py", "import app.api.asked", API),
    ("app/api/pages/violation.py", "import app.api.claims", API),
    ("app/api/drawer/__init__.py", "", API),
    # The same of the store: what writes leans on what reads; a drawer.
    ("app/store/write/violation.py", "import app.store.read", STORE),
    ("app/store/helpers.py", "", STORE),
    # What computes knows no database, web or data frames.
    ("app/reading/violation.py", "import sqlalchemy", PURE),
    ("app/resolving/violation.py", "import fastapi", PURE),
    ("app/drawing/violation.py", "import geopandas", PURE),
    ("app/linking/violation.py", "import psycopg", PURE),
    ("app/domain/violation.py", "import httpx", PURE),
    ("app/domain/violation.py", "import pyproj", DOMAIN),
    ("app/domain/violation.py", "import pydantic", DOMAIN),
    ("app/api/violation.py", "import geopandas", GEOPANDAS),
    ("app/store/violation.py", "import app.settings", SETTINGS),
    ("app/api/violation.py", "import app.settings", SETTINGS),
]


def broken_contracts(folder: Path) -> Sequence[str]:
    """Ids of the contracts that do not hold for the `app` in `folder`."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, flags=re.MULTILINE))
    assert set(CONTRACTS.values()) <= set(verdicts), done.stdout + done.stderr
    assert done.returncode == (1 if "BROKEN" in verdicts.values() else 0)
    return [id_ for id_, name in CONTRACTS.items() if verdicts[name] == "BROKEN"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_all_contracts_hold(copy: Path) -> None:
    assert broken_contracts(copy) == []


@pytest.mark.parametrize(("path", "line", "contract"), VIOLATIONS)
def test_a_violation_breaks_its_contract(copy: Path, path: str, line: str, contract: str) -> None:
    violation = copy / path
    violation.parent.mkdir(exist_ok=True)
    with violation.open("a") as file:
        file.write(f"\n{line}\n")
    assert contract in broken_contracts(copy)


def test_every_contract_has_a_violation() -> None:
    assert {contract for *_, contract in VIOLATIONS} == set(CONTRACTS)
