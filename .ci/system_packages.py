"""Installs PostgreSQL with PostGIS where no database is named and none is installed; exit status 2 where it may not."""

import os
import subprocess
import sys
from collections.abc import Sequence

from app.domain.errors import MissingPackages
from app.store.cluster.binaries import INSTALL_AS_ROOT, find_binaries


def main() -> int:
    if os.environ.get("DATABASE_URL"):
        return 0
    try:
        find_binaries()
    except MissingPackages as missing:
        return install(missing)
    return 0


def install(missing: MissingPackages) -> int:
    prefix = root_prefix()
    if prefix is None:
        print(f"{missing}; to install it, type:\n  {missing.command}", file=sys.stderr)
        return 2
    print("Installing PostgreSQL and PostGIS with apt-get, without a system cluster (about 1 minute)", flush=True)
    done = subprocess.run([*prefix, "sh", "-ec", INSTALL_AS_ROOT], check=False, stdout=subprocess.DEVNULL)
    if done.returncode == 0:
        return 0
    print(f"apt-get failed. To try it by hand, type:\n  {missing.command}", file=sys.stderr)
    return 2


def root_prefix() -> Sequence[str] | None:
    """What goes before a command for it to run as root; None where that is not allowed without a password."""
    if os.geteuid() == 0:
        return ()
    try:
        allowed = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return None
    return ("sudo", "-n") if allowed else None


if __name__ == "__main__":
    sys.exit(main())
