"""Only programs that can serve are found: complete, new enough, with PostGIS, by full path."""

from pathlib import Path

import pytest

from app.domain.errors import ClusterError, MissingPackages
from app.store.cluster import binaries
from app.store.cluster.binaries import find_binaries


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing installed; the folders that are looked in lie below the path returned."""
    monkeypatch.setattr(binaries, "_FOLDERS", (f"{tmp_path}/postgresql/*/bin",))
    return tmp_path


def install(machine: Path, major: int, *, postgis: bool = True) -> Path:
    share, folder = machine / f"share-{major}", machine / "postgresql" / str(major) / "bin"
    (share / "extension").mkdir(parents=True)
    folder.mkdir(parents=True)
    if postgis:
        (share / "extension" / "postgis.control").touch()
    for program in ("postgres", "initdb", "pg_ctl"):
        (folder / program).touch()
    answer = f"#!/bin/sh\necho 'PostgreSQL {major}.4 (Debian {major}.4-1)'\necho {share}\n"
    (folder / "pg_config").write_text(answer)
    (folder / "pg_config").chmod(0o755)
    return folder


def test_the_newest_is_taken_by_number_not_by_spelling(machine: Path) -> None:
    for major in (15, 100, 17):
        install(machine, major)
    assert find_binaries().major == 100


def test_a_cluster_gets_the_version_it_was_made_by(machine: Path) -> None:
    install(machine, 17)
    older = install(machine, 15)
    assert find_binaries(15).program("initdb") == str(older / "initdb")


def test_without_any_the_line_to_type_is_told(machine: Path) -> None:
    with pytest.raises(MissingPackages) as missing:
        find_binaries()
    assert missing.value.command.startswith("sudo ")
    assert "--no-install-recommends postgresql postgresql-postgis" in missing.value.command
    assert missing.value.command.index("create_main_cluster = false") < missing.value.command.index("apt-get install")


def test_what_cannot_serve_is_passed_over(machine: Path) -> None:
    install(machine, 14)
    install(machine, 16, postgis=False)
    (install(machine, 17) / "initdb").unlink()
    with pytest.raises(MissingPackages):
        find_binaries()


def test_a_cluster_of_a_version_that_is_gone_says_so(machine: Path) -> None:
    install(machine, 17)
    with pytest.raises(ClusterError, match=r"made by PostgreSQL 15.*17 only"):
        find_binaries(15)


def test_a_pg_ctl_on_the_path_is_not_trusted(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(machine, 16, postgis=False)
    monkeypatch.setenv("PATH", str(machine / "postgresql" / "16" / "bin"))
    with pytest.raises(MissingPackages):
        find_binaries()
