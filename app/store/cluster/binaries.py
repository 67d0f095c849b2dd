"""Which PostgreSQL programs with PostGIS does this machine have?"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import ClusterError, MissingPackages

OLDEST_MAJOR = 15
SYSTEM_PACKAGES = ("postgresql", "postgresql-postgis")
# Debian's postgresql package makes and starts a cluster of its own unless this file says otherwise beforehand.
NO_SYSTEM_CLUSTER = Path("/etc/postgresql-common/createcluster.d/frontline.conf")
INSTALL_AS_ROOT = (
    f"mkdir -p {NO_SYSTEM_CLUSTER.parent} && echo create_main_cluster = false >{NO_SYSTEM_CLUSTER}"
    f" && apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends"
    f" {' '.join(SYSTEM_PACKAGES)} && rm {NO_SYSTEM_CLUSTER}"
)
INSTALL_COMMAND = f"sudo sh -c '{INSTALL_AS_ROOT}'"

# By full path only: what a PATH calls pg_ctl may be a wrapper, or belong to a server without PostGIS.
_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
_PROGRAMS = ("postgres", "initdb", "pg_ctl", "pg_config")


@dataclass(frozen=True)
class Binaries:
    """The folder of one PostgreSQL's programs; `major` is its major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find_binaries(major: int | None = None) -> Binaries:
    """The newest PostgreSQL with PostGIS, or the one of version `major`, which an existing cluster is bound to.

    Raises MissingPackages where none is installed, ClusterError where only other versions are.
    """
    found = sorted(_installed(), key=lambda binaries: binaries.major, reverse=True)
    if not found:
        raise MissingPackages(f"PostgreSQL {OLDEST_MAJOR} or newer with PostGIS is not installed", INSTALL_COMMAND)
    fitting = [binaries for binaries in found if major in (None, binaries.major)]
    if not fitting:
        have = ", ".join(str(binaries.major) for binaries in found)
        raise ClusterError(f"the database was made by PostgreSQL {major}, and this machine has PostGIS for {have} only")
    return fitting[0]


def _installed() -> Iterator[Binaries]:
    for pattern in _FOLDERS:
        for folder in Path("/").glob(pattern.lstrip("/")):
            binaries = _inspect(folder)
            if binaries is not None and binaries.major >= OLDEST_MAJOR:
                yield binaries


def _inspect(folder: Path) -> Binaries | None:
    if not all((folder / program).is_file() for program in _PROGRAMS):
        return None
    version, share = _pg_config(folder, "--version", "--sharedir")
    if not (Path(share) / "extension" / "postgis.control").is_file():
        return None
    return Binaries(folder, int(version.split()[1].split(".")[0]))  # "PostgreSQL 15.18 (Debian …)"


def _pg_config(folder: Path, *questions: str) -> list[str]:
    # S603: the program was found by full path above.
    return subprocess.run(  # noqa: S603
        [folder / "pg_config", *questions], check=True, capture_output=True, text=True
    ).stdout.splitlines()
