"""The lock files pin every dependency by hash, say one version for each, and hold no address to fetch it from."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent.parent
DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text())
RUN, BUILD, DEV = "requirements.lock", "requirements-build.lock", "requirements-dev.lock"


def pins(lock: str) -> Mapping[str, str]:
    """Package → its pin with everything that follows it, hashes included."""
    entries = re.split(r"^(?=[a-z0-9])", (PROJECT / lock).read_text(), flags=re.MULTILINE)[1:]
    return {re.split(r"[=\[ ]", entry, maxsplit=1)[0]: entry for entry in entries}


def version(entry: str) -> str:
    return entry.split("==")[1].split(maxsplit=1)[0]


@pytest.mark.parametrize("lock", [RUN, BUILD, DEV])
def test_every_pin_has_a_hash_and_no_address(lock: str) -> None:
    for package, entry in pins(lock).items():
        assert re.match(r"\S+==\S+ ", entry), package
        assert "--hash=sha256:" in entry, package
    assert "://" not in (PROJECT / lock).read_text()


@pytest.mark.parametrize(
    ("lock", "needed"),
    [
        (RUN, DECLARED["project"]["dependencies"]),
        (BUILD, DECLARED["dependency-groups"]["build"]),
        (DEV, [*DECLARED["project"]["dependencies"], *DECLARED["dependency-groups"]["build"]]),
        (DEV, [line for line in DECLARED["dependency-groups"]["dev"] if isinstance(line, str)]),
    ],
)
def test_what_is_declared_is_locked_within_its_bounds(lock: str, needed: list[str]) -> None:
    locked = pins(lock)
    for requirement in map(Requirement, needed):
        assert requirement.specifier.contains(version(locked[canonicalize_name(requirement.name)])), requirement


def test_one_version_for_each_package() -> None:
    locked = pins(DEV)
    for lock in (RUN, BUILD):
        for package, entry in pins(lock).items():
            assert package not in locked or version(entry) == version(locked[package]), package
