"""Settings come from the environment, and have a sound default where it says nothing."""

import os
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.cli import main
from app.settings import ROOT_DATA_DIR, Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("FRONTLINE_", "DATABASE_", "XDG_"))]:
        monkeypatch.delenv(name)


def test_where_nothing_is_set_the_embedded_database_serves_this_machine_only() -> None:
    settings = Settings()
    assert settings.database_url is None
    assert settings.database_read_url is None
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.cluster_dir.parent == settings.gazetteer_path.parent == settings.data_dir


def test_data_lie_in_the_users_data_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("HOME", "/home/anna")
    assert Settings().data_dir == Path("/home/anna/.local/share/frontline")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert Settings().data_dir == Path("/data/frontline")
    monkeypatch.setenv("FRONTLINE_DATA_DIR", "~/maps")
    assert Settings().data_dir == Path("/home/anna/maps")


def test_roots_data_lie_where_the_postgres_account_can_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert Settings().data_dir == ROOT_DATA_DIR


def test_the_gazetteer_follows_the_data_folder_unless_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTLINE_DATA_DIR", "/data")
    assert Settings().gazetteer_path.parent == Path("/data")
    monkeypatch.setenv("FRONTLINE_GAZETTEER_PATH", "/elsewhere/names")
    assert Settings().gazetteer_path == Path("/elsewhere/names")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_the_scheme_gets_our_driver(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://u:p@db:5432/map?sslmode=require")
    assert Settings().database_url == "postgresql+psycopg://u:p@db:5432/map?sslmode=require"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("FRONTLINE_PORT", "")
    assert (Settings().database_url, Settings().port) == (None, 8000)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db/map"),
        ("DATABASE_READ_URL", "db/map"),
        ("FRONTLINE_PORT", "65536"),
        ("FRONTLINE_TRUSTED_PROXIES", "nginx"),
        ("FRONTLINE_PUBLIC_URL", "map.example.org"),
        ("FRONTLINE_PUBLIC_URL", "https://map.example.org/?a=b"),
        ("FRONTLINE_RATE_LIMIT", "-1"),
        ("FRONTLINE_LOG_FORMAT", "xml"),
    ],
)
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_a_wrong_setting_is_named_in_a_line_that_keeps_its_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://u:secret@db/map")
    monkeypatch.setenv("FRONTLINE_PORT", "port")
    monkeypatch.setattr(sys, "argv", ["frontline", "db", "status"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2
    assert [line.split(":")[1].strip() for line in told] == ["the setting DATABASE_URL", "the setting FRONTLINE_PORT"]
    assert "secret" not in str(told)


def test_a_wrong_filter_is_named_with_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["frontline", "export", "found.csv", "datetime=July"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    wrong, right = capsys.readouterr().err.splitlines()
    assert "datetime: “July”" in wrong
    assert "2023-07-10/2023-07-12" in right


def test_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTLINE_TRUSTED_PROXIES", "10.0.0.5, fd00::/64")
    assert [str(each) for each in Settings().trusted_proxies] == ["10.0.0.5/32", "fd00::/64"]
