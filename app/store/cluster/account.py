"""Under which account do the programs of the embedded database run? PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import ClusterError

POSTGRES_ACCOUNT = "postgres"


@dataclass(frozen=True)
class Account:
    """`prefix` goes before every command; `owner` is the user id its files have to belong to."""

    prefix: tuple[str, ...]
    owner: int

    def run(
        self, *command: str, timeout: float = 120, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end and hand back what it said; how it ended is for the caller to judge.

        It runs in `/`, since the account may not be allowed into the folder this process is in.
        """
        # S603: only programs found by full path and paths of ours come here.
        return subprocess.run(  # noqa: S603
            [*self.prefix, *command], cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=timeout, check=False, env={**os.environ, **(environment or {})},
        )  # fmt: skip


def account_for(folder: Path) -> Account:
    """The account that can keep a cluster in `folder`, which is made if missing and given to that account if empty.

    A normal user is that account. For root it is `postgres`, or else root without its powers in a user namespace.
    Raises ClusterError where neither can enter the folder.
    """
    _make(folder)
    for account in _accounts():
        if not any(folder.iterdir()):
            os.chown(folder, account.owner, -1)
        if account.run("test", "-w", str(folder), "-a", "-x", str(folder)).returncode == 0:
            return account
    raise ClusterError(
        f"PostgreSQL refuses to run as root, and no other account can use {folder}: set FRONTLINE_DATA_DIR to a folder"
        f" that the account {POSTGRES_ACCOUNT} may enter, or run as a normal user"
    )


def _make(folder: Path) -> None:
    """Private itself; a parent that had to be made lets others pass, whatever the umask."""
    if not folder.parent.is_dir():
        folder.parent.mkdir(parents=True)
        folder.parent.chmod(0o755)
    folder.mkdir(mode=0o700, exist_ok=True)


def _accounts() -> Iterator[Account]:
    me = os.geteuid()
    if me != 0:
        yield Account((), me)
        return
    if (runuser := _program("runuser")) and (postgres := _user_id(POSTGRES_ACCOUNT)) is not None:
        yield Account((runuser, "-u", POSTGRES_ACCOUNT, "--"), postgres)
    if unshare := _program("unshare"):
        yield Account((unshare, "--user", "--"), me)


def _user_id(name: str) -> int | None:
    return next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_name == name), None)


def _program(name: str) -> str | None:
    return shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
