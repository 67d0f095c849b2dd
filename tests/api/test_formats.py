"""Every format holds what the filter finds, and says what it is."""

import csv
import io
import json
import re
from asyncio import Semaphore
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from geopandas import read_file as read_gdal  # type: ignore[attr-defined]
from geopandas import read_parquet  # type: ignore[attr-defined]
from geopandas.geodataframe import GeoDataFrame
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point, from_geojson, from_wkt
from sqlalchemy import create_engine

from app.api.asked.formats import accepted
from app.api.lists import files
from app.formats.forms import FORMS, Format
from app.formats.spreadsheet import safe
from app.main import create_app
from tests.api.conftest import MakeServices, Stock
from tests.api.test_features import FILTERS
from tests.store.factories import a_report, stored

KML = {"k": "http://www.opengis.net/kml/2.2"}


def sequence(body: bytes) -> list[Any]:
    *lines, last = body.decode().split("\n")
    assert last == ""
    assert all(line[0] == "\x1e" for line in lines)
    return [json.loads(line[1:]) for line in lines]


def cells(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def kml_ids(body: bytes) -> list[str]:
    tree = ElementTree.fromstring(body)
    return [str(each.text) for each in tree.iterfind(".//k:Placemark//k:Data[@name='id']/k:value", KML)]


TEXT_IDS: dict[str, Callable[[bytes], list[str]]] = {
    "json": lambda body: [each["id"] for each in json.loads(body)["features"]],
    "geojson": lambda body: [each["id"] for each in json.loads(body)["features"]],
    "geojsonseq": lambda body: [each["id"] for each in sequence(body)],
    "csv": lambda body: [row["id"] for row in cells(body)],
    "kml": kml_ids,
    "html": lambda body: re.findall(r'<tr id="([^"]+)"', body.decode()),
}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_text_holds_the_same_features_in_the_same_order(client: TestClient, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(FILTERS), max_size=3, unique_by=lambda each: each[0]))
    query = {name: value for name, value, _ in chosen}
    if data.draw(st.booleans()):
        query["limit"] = data.draw(st.sampled_from("123"))
    found = {f: ids(client.get("/features", params={**query, "f": f}).content) for f, ids in TEXT_IDS.items()}
    assert all(each == found["geojson"] for each in found.values()), found


@pytest.mark.parametrize(
    "path",
    ["/features/{}", "/collections/features/items/{}", "/resolve?direction=Bakhmut", "/places?q=Bakhmut"],
)
def test_what_is_geojson_may_be_called_so(client: TestClient, path: str) -> None:
    address = path.format(client.get("/features").json()["features"][0]["id"])
    joint = "&" if "?" in address else "?"
    called = [client.get(f"{address}{joint}f={name}") for name in ("geojson", "json")]
    assert {(each.status_code, each.headers["content-type"]) for each in called} == {(200, "application/geo+json")}


def read_file(form: str, body: bytes, folder: Path) -> GeoDataFrame:
    file = folder / f"features.{form}"
    file.write_bytes(body)
    return read_parquet(file) if form == "parquet" else read_gdal(file)  # type: ignore[no-any-return, no-untyped-call]


@pytest.mark.parametrize("form", ["gpkg", "fgb", "parquet"])
def test_files_of_columns(client: TestClient, stock: Stock, tmp_path: Path, form: str) -> None:
    answer = client.get("/collections/features/items", params={"f": form, "datetime": "2023-07-10/.."})
    assert answer.headers["content-type"] == FORMS[Format(form)].media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="features.{form}"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    frame = read_file(form, answer.content, tmp_path)
    assert set(frame["id"]) == {stock.south, stock.north}
    assert frame.crs.to_epsg() in (4326, None) or frame.crs.to_authority() == ("OGC", "CRS84")
    page = client.get("/features").json()["features"]
    for told in page[:2]:
        row = frame[frame["id"] == told["id"]].iloc[0]
        assert row.geometry.equals(from_geojson(json.dumps(told["geometry"])))
        for name, value in told["properties"].items():
            assert row[name] == value or (value is None and row.isna()[name]), name


def test_a_file_of_columns_is_refused_where_it_would_hold_a_part(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FILE_MAX", 2)
    answer = client.get("/features?f=gpkg")
    assert (answer.status_code, answer.json()["name"]) == (400, "f")
    assert "3 features are too many" in answer.json()["detail"]
    assert client.get("/features?f=csv").status_code == 200


def test_downloads_hold_more_than_a_page(own_database_url: str, services: MakeServices) -> None:
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        made = {stored(connection, start=date(2023, 7, 1)) for _ in range(107)}
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        for form in ("geojsonseq", "csv", "kml"):
            whole = TEXT_IDS[form](client.get(f"/features?f={form}").content)
            assert set(whole) == made and len(whole) == 107
        assert len(client.get("/features").json()["features"]) == 100
        limited = client.get("/features?f=csv&limit=100")
        assert len(cells(limited.content)) == 100
        following = re.findall(r'<([^>]+)>; rel="next"', limited.headers["link"])
        assert len(cells(client.get(following[0]).content)) == 7


@pytest.mark.parametrize("path", ["/features", "/collections/places/items"])
def test_a_download_begins_where_a_page_would(client: TestClient, path: str) -> None:
    page = client.get(path, params={"limit": 1}).json()
    [onward] = [link["href"] for link in page["links"] if link["rel"] == "next"]
    every, later, after = (
        sequence(client.get(address).content)
        for address in (
            f"{path}?f=geojsonseq",
            f"{path}?f=geojsonseq&offset=1",
            onward.replace("limit=1", "f=geojsonseq"),
        )
    )
    assert every[0] == page["features"][0]
    assert later == after == every[1:]


def test_pieces_join(own_database_url: str, services: MakeServices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.read.features.PIECE", 2)
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        made = {stored(connection) for _ in range(5)}
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        for form in ("geojsonseq", "csv", "kml"):
            assert set(TEXT_IDS[form](client.get(f"/features?f={form}").content)) == made


# Spreadsheets


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n-x", "＝1", "\u00a0=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=b", "south of Bakhmut", "10-15 July", "'=1"])
def test_other_cells_stay(text: str) -> None:
    assert safe(text) == text


def test_a_spreadsheet_of_hostile_text(own_database_url: str, services: MakeServices) -> None:
    hostile = a_report(
        text='=HYPERLINK(1) of Bakhmut, "quoted",\nи кириллица\n',
        publisher="@evil",
        title="<b>&\x0b",
        url="javascript:x",
    )
    engine = create_engine(own_database_url)
    with engine.begin() as connection:
        stored(connection, hostile, geometry=Point(-0.5, 51.5))
    engine.dispose()
    with TestClient(create_app(services(own_database_url))) as client:
        [row] = cells(client.get("/features?f=csv").content)
        placemark = ElementTree.fromstring(client.get("/features?f=kml").content).find(".//k:Placemark", KML)
        page = client.get("/features?f=html")
    assert row["quote"].startswith("'=HYPERLINK") and row["quote"].endswith("кириллица")
    assert row["publisher"] == "'@evil"
    assert (float(row["lon"]), float(row["lat"])) == (-0.5, 51.5)
    assert placemark is not None and "".join(placemark.itertext()).count("�") == 3  # title, citation, description
    assert "<b>" not in page.text and 'href="javascript' not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_what_a_spreadsheet_says(client: TestClient, stock: Stock) -> None:
    answer = client.get("/features?f=csv&kind=sector")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    for row in cells(answer.content):
        shape = from_wkt(row["wkt"])
        assert shape.covers(Point(float(row["lon"]), float(row["lat"])))
        told = client.get(f"/features/{row['id']}").json()
        assert shape.equals(from_geojson(json.dumps(told["geometry"])))
        for name, value in told["properties"].items():
            assert row[name] == ("" if value is None else str(value)), name
    nothing = client.get("/features?f=csv&lang=ru")
    assert nothing.text.startswith("\ufeffid,kind,relation,") and cells(nothing.content) == []


# HTTP


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("", Format.GEOJSON),
        ("*/*", Format.GEOJSON),
        ("application/json", Format.GEOJSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Format.HTML),
        ("text/csv", Format.CSV),
        ("text/*", Format.HTML),
        ("text/*, text/html;q=0", Format.CSV),
        ("text/csv;q=0.1, application/geopackage+sqlite3;q=0.05", Format.CSV),
        ("image/png, */*;q=0.1", Format.GEOJSON),
        ("application/vnd.google-earth.kml+xml ; q=0.9, text/csv;q=0.8", Format.KML),
    ],
)
def test_the_header_accept(header: str, form: Format) -> None:
    assert accepted(header) is form


def test_nothing_acceptable(client: TestClient) -> None:
    answer = client.get("/features", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.headers["content-type"]) == (406, "application/problem+json")
    assert client.get("/features?f=csv", headers={"Accept": "image/png"}).status_code == 200
    unknown = client.get("/features?f=shp")
    assert (unknown.status_code, unknown.json()["name"]) == (400, "f")


@pytest.mark.parametrize("form", ["csv", "gpkg", "html"])
def test_downloads_are_not_sent_again(client: TestClient, form: str) -> None:
    first = client.get(f"/features?f={form}")
    again = client.get(f"/features?f={form}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/features?f={form}").content == first.content
    assert first.headers["etag"] != client.get("/features").headers["etag"]


def test_downloads_give_back_what_they_held(stock: Stock, services: MakeServices) -> None:
    """More downloads, one after another, than there are connections and turns; HEAD and errors among them."""
    with TestClient(create_app(services(stock.url))) as client:
        for _ in range(4):
            assert client.get("/features?f=csv").status_code == 200
            assert client.head("/features?f=kml").status_code == 200
            assert client.get("/features?f=csv&direction=nowhere at all").status_code == 422


def test_too_many_downloads_at_once(stock: Stock, services: MakeServices) -> None:
    full = services(stock.url)
    with TestClient(create_app(replace(full, downloads=Semaphore(0)))) as client:
        answer = client.get("/features?f=csv")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert client.get("/features").status_code == 200
