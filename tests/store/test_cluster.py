"""The embedded database comes up from nothing, twice, after every kind of crash, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from app.store.cluster import embedded
from app.store.cluster.account import account_for
from app.store.cluster.files import LONGEST_SOCKET_PATH, Files
from tests.database import CARELESS, enterable_folder


@pytest.fixture(scope="module")
def pattern() -> Iterator[Path]:
    """A whole, stopped cluster to copy: making one takes longer than most of what is tested here."""
    with enterable_folder() as top:
        embedded.up(top / "postgres", CARELESS)
        embedded.down(top / "postgres")
        yield top / "postgres"


@pytest.fixture
def absent() -> Iterator[Path]:
    """A folder in which no cluster was made yet."""
    with enterable_folder() as top:
        yield top / "postgres"
        embedded.down(top / "postgres")


@pytest.fixture
def folder(absent: Path, pattern: Path) -> Path:
    """A folder with a stopped cluster of the test's own."""
    return copied(pattern, absent)


def copied(pattern: Path, folder: Path) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["/bin/cp", "--archive", pattern, folder], check=True)
    return folder


def ask(url: str, question: str) -> object:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def crash(folder: Path) -> int:
    """Kill the server as a power cut does, and wait until it is gone; its process id."""
    pid = embedded.status(folder).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    for _ in range(100):
        if embedded.status(folder).pid is None:
            return pid
        time.sleep(0.05)
    raise AssertionError(f"server {pid} outlived SIGKILL")


def test_comes_up_with_postgis_and_goes_down_without_a_trace(absent: Path) -> None:
    assert embedded.status(absent).state is embedded.State.ABSENT
    url = embedded.up(absent, CARELESS)
    assert url == embedded.status(absent).url
    assert str(ask(url, "SELECT postgis_lib_version()")) >= "3.3"
    assert ask(url, "SELECT lower('ЇЖАК')") == "їжак"
    assert ask(url, "SHOW timezone") == "UTC"
    assert ask(url, "SHOW listen_addresses") == ""
    running = embedded.status(absent)
    assert running.state is embedded.State.RUNNING
    assert running.pid is not None

    assert embedded.down(absent) is True
    assert embedded.status(absent).state is embedded.State.STOPPED
    assert not Path(f"/proc/{running.pid}").exists() or "State:\tZ" in Path(f"/proc/{running.pid}/status").read_text()
    assert not Files(absent).socket_folder.exists()
    assert not Files(absent).pid_file.exists()
    assert embedded.down(absent) is False


def test_data_stay_from_one_start_to_the_next(folder: Path) -> None:
    ask(embedded.up(folder, CARELESS), "CREATE TABLE kept AS SELECT 1 AS value")
    before = embedded.status(folder).pid
    assert ask(embedded.up(folder, CARELESS), "SELECT value FROM kept") == 1
    assert embedded.status(folder).pid == before  # a second `up` joins the running server
    embedded.down(folder)
    assert ask(embedded.up(folder, CARELESS), "SELECT value FROM kept") == 1


def test_heals_after_a_crash(folder: Path) -> None:
    ask(embedded.up(folder), "CREATE TABLE kept AS SELECT 1 AS value")
    crash(folder)
    assert Files(folder).pid_file.exists()
    assert Files(folder).socket.exists()
    assert embedded.status(folder).state is embedded.State.STOPPED
    assert ask(embedded.up(folder, CARELESS), "SELECT value FROM kept") == 1


def test_heals_a_pid_file_whose_number_now_belongs_to_another_process(folder: Path) -> None:
    embedded.up(folder, CARELESS)
    files, old = Files(folder), crash(folder)
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    try:
        for path in (files.pid_file, files.socket.with_name(files.socket.name + ".lock")):
            path.write_text(path.read_text().replace(str(old), str(stranger.pid), 1))
        assert embedded.down(folder) is False
        embedded.up(folder, CARELESS)
        assert stranger.poll() is None  # it was not taken for the server and stopped
    finally:
        stranger.kill()
        stranger.wait()


def test_a_cluster_whose_making_was_cut_short_is_made_again(folder: Path) -> None:
    files = Files(folder)
    files.data.rename(files.making)
    (files.making / "global" / "pg_control").unlink()
    assert ask(embedded.up(folder, CARELESS), "SELECT 1") == 1
    assert not files.making.exists()


def test_a_half_cluster_is_put_aside_not_deleted(absent: Path) -> None:
    files, account = Files(absent), account_for(absent)
    files.data.mkdir()
    (files.data / "PG_VERSION").write_text("15\n")
    (files.data / "mine").write_text("perhaps of worth")
    shutil.chown(files.data, account.owner)
    assert ask(embedded.up(absent, CARELESS), "SELECT 1") == 1
    (aside,) = absent.glob("data.broken-*")
    assert (aside / "mine").read_text() == "perhaps of worth"


def test_a_first_start_cut_short_before_the_database_was_made_is_completed(folder: Path) -> None:
    url = embedded.up(folder, CARELESS)
    ask(embedded.url(folder, "postgres"), "DROP DATABASE frontline")
    assert embedded.up(folder, CARELESS) == url
    assert ask(url, "SELECT count(*) FROM pg_extension WHERE extname = 'postgis'") == 1


def test_many_starters_share_one_server(absent: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        urls = set(pool.map(lambda _: embedded.up(absent, CARELESS), range(4)))
    assert len(urls) == 1
    assert ask(urls.pop(), "SELECT 1") == 1


def test_a_deep_folder_still_has_a_short_socket_path(absent: Path, pattern: Path) -> None:
    deep = copied(pattern, absent.parent.joinpath(*["very-long-folder-name"] * 6, "postgres"))
    url = embedded.up(deep, CARELESS)
    try:
        assert ask(url, "SELECT 1") == 1
        assert len(os.fsencode(Files(deep).socket)) < LONGEST_SOCKET_PATH
        assert Files(deep).socket_folder.stat().st_mode & 0o077 == 0
    finally:
        embedded.down(deep)
    assert not Files(deep).socket_folder.exists()


def test_a_folder_with_spaces_and_quotes_will_do(absent: Path, pattern: Path) -> None:
    odd = copied(pattern, absent.parent / "it's a folder" / "postgres")
    assert ask(embedded.up(odd, CARELESS), "SELECT 1") == 1
    embedded.down(odd)


def test_runs_beside_another_server_and_leaves_it_alone(folder: Path, pattern: Path) -> None:
    other = copied(pattern, folder.parent / "other" / "postgres")
    theirs = embedded.up(other, CARELESS)
    before = embedded.status(other).pid
    embedded.up(folder, CARELESS)
    embedded.down(folder)
    assert embedded.status(other).pid == before
    assert ask(theirs, "SELECT 1") == 1
    embedded.down(other)
