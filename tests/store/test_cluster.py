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

from app.store import cluster
from app.store.cluster_account import account_for
from app.store.cluster_files import LONGEST_SOCKET_PATH, Files
from tests.database import CARELESS, enterable_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with enterable_folder() as top:
        yield top / "postgres"
        cluster.down(top / "postgres")


def ask(url: str, question: str) -> object:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def crash(folder: Path) -> int:
    """Kill the server as a power cut does, and wait until it is gone; its process id."""
    pid = cluster.status(folder).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    for _ in range(100):
        if cluster.status(folder).pid is None:
            return pid
        time.sleep(0.05)
    raise AssertionError(f"server {pid} outlived SIGKILL")


def test_comes_up_with_postgis_and_goes_down_without_a_trace(folder: Path) -> None:
    assert cluster.status(folder).state is cluster.State.ABSENT
    url = cluster.up(folder, CARELESS)
    assert url == cluster.status(folder).url
    assert str(ask(url, "SELECT postgis_lib_version()")) >= "3.3"
    assert ask(url, "SELECT lower('ЇЖАК')") == "їжак"
    assert ask(url, "SHOW timezone") == "UTC"
    assert ask(url, "SHOW listen_addresses") == ""
    running = cluster.status(folder)
    assert running.state is cluster.State.RUNNING
    assert running.pid is not None

    assert cluster.down(folder) is True
    assert cluster.status(folder).state is cluster.State.STOPPED
    assert not Path(f"/proc/{running.pid}").exists() or "State:\tZ" in Path(f"/proc/{running.pid}/status").read_text()
    assert not Files(folder).socket_folder.exists()
    assert not Files(folder).pid_file.exists()
    assert cluster.down(folder) is False


def test_data_stay_from_one_start_to_the_next(folder: Path) -> None:
    ask(cluster.up(folder, CARELESS), "CREATE TABLE kept AS SELECT 1 AS value")
    before = cluster.status(folder).pid
    assert ask(cluster.up(folder, CARELESS), "SELECT value FROM kept") == 1
    assert cluster.status(folder).pid == before  # a second `up` joins the running server
    cluster.down(folder)
    assert ask(cluster.up(folder, CARELESS), "SELECT value FROM kept") == 1


def test_heals_after_a_crash(folder: Path) -> None:
    ask(cluster.up(folder), "CREATE TABLE kept AS SELECT 1 AS value")
    crash(folder)
    assert Files(folder).pid_file.exists()
    assert Files(folder).socket.exists()
    assert cluster.status(folder).state is cluster.State.STOPPED
    assert ask(cluster.up(folder, CARELESS), "SELECT value FROM kept") == 1


def test_heals_a_pid_file_whose_number_now_belongs_to_another_process(folder: Path) -> None:
    cluster.up(folder, CARELESS)
    files, old = Files(folder), crash(folder)
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    try:
        for path in (files.pid_file, files.socket.with_name(files.socket.name + ".lock")):
            path.write_text(path.read_text().replace(str(old), str(stranger.pid), 1))
        assert cluster.down(folder) is False
        cluster.up(folder, CARELESS)
        assert stranger.poll() is None  # it was not taken for the server and stopped
    finally:
        stranger.kill()
        stranger.wait()


def test_a_cluster_whose_making_was_cut_short_is_made_again(folder: Path) -> None:
    cluster.up(folder, CARELESS)
    cluster.down(folder)
    files = Files(folder)
    files.data.rename(files.making)
    (files.making / "global" / "pg_control").unlink()
    assert ask(cluster.up(folder, CARELESS), "SELECT 1") == 1
    assert not files.making.exists()


def test_a_half_cluster_is_put_aside_not_deleted(folder: Path) -> None:
    files, account = Files(folder), account_for(folder)
    files.data.mkdir()
    (files.data / "PG_VERSION").write_text("15\n")
    (files.data / "mine").write_text("perhaps of worth")
    shutil.chown(files.data, account.owner)
    assert ask(cluster.up(folder, CARELESS), "SELECT 1") == 1
    (aside,) = folder.glob("data.broken-*")
    assert (aside / "mine").read_text() == "perhaps of worth"


def test_a_first_start_cut_short_before_the_database_was_made_is_completed(folder: Path) -> None:
    url = cluster.up(folder, CARELESS)
    ask(cluster.url(folder, "postgres"), "DROP DATABASE frontline")
    assert cluster.up(folder, CARELESS) == url
    assert ask(url, "SELECT count(*) FROM pg_extension WHERE extname = 'postgis'") == 1


def test_many_starters_share_one_server(folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        urls = set(pool.map(lambda _: cluster.up(folder, CARELESS), range(4)))
    assert len(urls) == 1
    assert ask(urls.pop(), "SELECT 1") == 1


def test_a_deep_folder_still_has_a_short_socket_path(folder: Path) -> None:
    deep = folder.parent.joinpath(*["very-long-folder-name"] * 6, "postgres")
    if os.geteuid() == 0:
        deep.parent.mkdir(parents=True)
    url = cluster.up(deep, CARELESS)
    try:
        assert ask(url, "SELECT 1") == 1
        assert len(os.fsencode(Files(deep).socket)) < LONGEST_SOCKET_PATH
        assert Files(deep).socket_folder.stat().st_mode & 0o077 == 0
    finally:
        cluster.down(deep)
    assert not Files(deep).socket_folder.exists()


def test_a_folder_with_spaces_and_quotes_will_do(folder: Path) -> None:
    odd = folder.parent / "it's a folder" / "postgres"
    assert ask(cluster.up(odd, CARELESS), "SELECT 1") == 1
    cluster.down(odd)


def test_runs_beside_another_server_and_leaves_it_alone(folder: Path) -> None:
    other = folder.parent / "other" / "postgres"
    theirs = cluster.up(other, CARELESS)
    before = cluster.status(other).pid
    cluster.up(folder, CARELESS)
    cluster.down(folder)
    assert cluster.status(other).pid == before
    assert ask(theirs, "SELECT 1") == 1
    cluster.down(other)
