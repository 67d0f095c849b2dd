"""A query's features as a file, without a server."""

import csv
import json
import time
from datetime import date
from pathlib import Path

import pytest
from geopandas import read_file, read_parquet  # type: ignore[attr-defined]
from sqlalchemy import Engine, create_engine
from typer.testing import CliRunner

from app.api.asked.filters import asked
from app.cli import app
from app.domain.errors import BadParameter
from app.domain.properties import PROPERTIES
from app.domain.vocabulary import Event
from app.ingest.export import FORMATS, export, format_of
from app.store.read.query import Query
from tests.store.factories import stored

JULY = [date(2023, 7, day) for day in (1, 2, 3)]


@pytest.fixture
def stock(own_database_url: str) -> tuple[Engine, set[str]]:
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        wanted = {stored(connection, event=Event.ASSAULT, start=day, end=day) for day in JULY}
        stored(connection, event=Event.SHELLING)
    return engine, wanted


def ids(file: Path) -> list[str]:
    match file.suffix:
        case ".parquet":
            return list(read_parquet(file)["id"])  # type: ignore[no-untyped-call]
        case ".csv":
            return [row["id"] for row in csv.DictReader(file.open(encoding="utf-8-sig", newline=""))]
        case _:
            return list(read_file(file)["id"])  # type: ignore[no-untyped-call]


def test_every_format_holds_the_same(stock: tuple[Engine, set[str]], tmp_path: Path) -> None:
    engine, wanted = stock
    for ending, form in FORMATS.items():
        file = tmp_path / f"found{ending}"
        assert format_of(file) is form
        assert export(engine, Query(event=(Event.ASSAULT,), limit=1), file, form) == 3
        assert set(ids(file)) == wanted, ending
    assert {file.suffix for file in tmp_path.iterdir()} == set(FORMATS)
    engine.dispose()


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".parquet"])
def test_the_same_features_are_the_same_bytes(stock: tuple[Engine, set[str]], tmp_path: Path, ending: str) -> None:
    engine, _ = stock
    files = [tmp_path / f"{name}{ending}" for name in "ab"]
    for file in files:
        export(engine, Query(), file, FORMATS[ending])
        time.sleep(1.1)
    assert files[0].read_bytes() == files[1].read_bytes()
    engine.dispose()


def test_every_property_has_a_column_of_its_type(stock: tuple[Engine, set[str]], tmp_path: Path) -> None:
    engine, _ = stock
    file = tmp_path / "found.geojson"
    export(engine, Query(), file, FORMATS[".geojson"])
    engine.dispose()
    for feature in json.loads(file.read_text())["features"]:
        assert list(feature["properties"]) == list(PROPERTIES)
        for name, value in feature["properties"].items():
            assert value is None or type(value) is PROPERTIES[name].scalar, name


def test_what_fails_leaves_no_file(empty_database_url: str, tmp_path: Path) -> None:
    engine = create_engine(empty_database_url)
    with pytest.raises(Exception, match="feature"):
        export(engine, Query(), tmp_path / "found.csv", FORMATS[".csv"])
    engine.dispose()
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_ending() -> None:
    with pytest.raises(BadParameter, match=r"found\.shp"):
        format_of(Path("found.shp"))


def test_the_command(own_database_url: str, stock: tuple[Engine, set[str]], tmp_path: Path) -> None:
    engine, wanted = stock
    engine.dispose()
    file = tmp_path / "assaults.csv"
    words = ["export", str(file), "event=assault", "datetime=2023-07-02/..", "min_probability=0.5", "--json"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", own_database_url)
        done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert json.loads(done.output) == {"features": 2, "file": str(file)}
    assert len(ids(file)) == 2
    assert set(ids(file)) < wanted


@pytest.mark.parametrize("asked_for", ["publisher=Nobody's Herald", "place=UA00"])
def test_whom_and_what_nobody_knows_is_no_empty_file(
    own_database_url: str, stock: tuple[Engine, set[str]], tmp_path: Path, gazetteer_path: Path, asked_for: str
) -> None:
    stock[0].dispose()
    file = tmp_path / "found.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", own_database_url)
        patch.setenv("FRONTLINE_GAZETTEER_PATH", str(gazetteer_path))
        done = CliRunner().invoke(app, ["export", str(file), asked_for])
    assert isinstance(done.exception, BadParameter)
    assert asked_for.startswith(done.exception.name)
    assert not file.exists()


@pytest.mark.parametrize(("name", "value"), [("evnt", "assault"), ("min_probability", "2"), ("datetime", "July")])
def test_filters_are_those_of_the_api(name: str, value: str) -> None:
    with pytest.raises(BadParameter) as refused:
        asked({name: value})
    assert refused.value.name == name
    assert refused.value.right
