"""Where do the files of the embedded database lie, and is a server running on them?"""

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import ClusterError

PORT = 5432  # names the socket only: the server listens on no network address
# The kernel holds a socket's path in 108 bytes, some systems in 104.
LONGEST_SOCKET_PATH = 100
_SHORT_SOCKET_ROOT = Path("/tmp")  # noqa: S108 — a folder of our own is made in it, refused unless it is ours alone


@dataclass(frozen=True)
class Files:
    """The layout below `folder`, which belongs to the account that runs the server."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def making(self) -> Path:
        """Where a new cluster is made; it is moved to `data` when whole, so that `data` is never half-made by us."""
        return self.folder / "data.making"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def socket_folder(self) -> Path:
        beside = self.folder / "socket"
        if len(os.fsencode(_socket_in(beside))) < LONGEST_SOCKET_PATH:
            return beside
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return _SHORT_SOCKET_ROOT / f"frontline-{digest}"

    @property
    def socket(self) -> Path:
        return _socket_in(self.socket_folder)

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def major(self) -> int | None:
        """Major version that the cluster was made by; None where there is no whole cluster."""
        whole = (self.data / "global" / "pg_control").is_file() and (self.data / "postgresql.conf").is_file()
        version = self.data / "PG_VERSION"
        return int(version.read_text()) if whole and version.is_file() else None

    def server_pid(self) -> int | None:
        """Process id of the server that runs on this data now.

        The pid file alone proves nothing: after a crash its number may belong to any other process.
        """
        try:
            pid = int(self.pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if str(self.data) in _command_line(pid) else None

    def remove_leavings(self) -> None:
        """Remove what a crashed server left behind; only for when none is running."""
        for path in (self.pid_file, self.socket, self.socket.with_name(self.socket.name + ".lock")):
            path.unlink(missing_ok=True)

    def make_socket_folder(self, owner: int) -> None:
        """Whoever can reach the socket is let in, so its folder admits its owner only."""
        folder = self.socket_folder
        if not folder.exists():
            folder.mkdir(mode=0o700)
            os.chown(folder, owner, -1)
        state = folder.lstat()
        if folder.is_symlink() or state.st_uid != owner or state.st_mode & 0o077:
            raise ClusterError(f"{folder} is not a private folder of the database's account; remove it")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time starts or stops the server. The folder itself is locked: no lock stays behind."""
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _socket_in(folder: Path) -> Path:
    return folder / f".s.PGSQL.{PORT}"


def _command_line(pid: int) -> list[str]:
    """The words a process was started with; none where there is no such process."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except (FileNotFoundError, ProcessLookupError):
            return []
    listing = ["/bin/ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(listing, capture_output=True, text=True, check=False).stdout.split()  # noqa: S603
