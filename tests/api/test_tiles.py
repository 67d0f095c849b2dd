"""Vector tiles hold what the filter finds where the tile is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from geopandas import read_file  # type: ignore[attr-defined]

from app.api.tiles import complete
from app.store.read import tiles
from app.store.read.pages import Layers
from app.store.read.state import State
from tests.api.conftest import Stock

BAKHMUT = "8/88/155"
"""38 E, 48.6 N."""


def layer(client: TestClient, folder: Path, path: str, name: str) -> dict[str, str]:
    """Ids with events, as GDAL reads them."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/vnd.mapbox-vector-tile")
    file = folder / "tile.mvt"
    file.write_bytes(answer.content)
    frame = read_file(f"MVT:{file}", layer=name)  # type: ignore[no-untyped-call]
    return dict(zip(frame["id"], frame["event"], strict=True))


def test_a_layer_holds_what_is_there(client: TestClient, stock: Stock, tmp_path: Path) -> None:
    path = "/collections/sectors/tiles/WebMercatorQuad"
    assert layer(client, tmp_path, f"{path}/{BAKHMUT}", "sectors") == {stock.south: "assault", stock.north: "clash"}
    assert layer(client, tmp_path, f"{path}/{BAKHMUT}?actor=UA", "sectors") == {stock.south: "assault"}
    both = "/collections/features/tiles/WebMercatorQuad/0/0/0"
    assert layer(client, tmp_path, both, "points") == {stock.shelling: "shelling"}
    assert set(layer(client, tmp_path, both, "sectors")) == {stock.south, stock.north}


@pytest.mark.parametrize("path", [f"points/tiles/WebMercatorQuad/{BAKHMUT}", "features/tiles/WebMercatorQuad/8/0/0"])
def test_nothing_there_is_an_empty_tile(client: TestClient, path: str) -> None:
    answer = client.get(f"/collections/{path}")
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_same_features_are_the_same_bytes(client: TestClient) -> None:
    path = f"/collections/features/tiles/WebMercatorQuad/{BAKHMUT}"
    first = client.get(path)
    assert first.content
    assert first.content == client.get(path).content
    assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_a_tile_that_is_not_whole_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/collections/features/tiles/WebMercatorQuad/{BAKHMUT}"
    assert client.get(path).headers["tile-complete"] == "true"
    monkeypatch.setattr(tiles, "TILE_MAX", 1)
    assert client.get(path).headers["tile-complete"] == "false"


@pytest.mark.parametrize(
    ("read", "outlines", "told"),
    [
        (tiles.TILE_MAX, 9_000, "true"),
        (tiles.TILE_MAX + 1, 9_000, "grouped"),
        (tiles.READ_MAX, 9_000, "false"),
        (50_000, tiles.TILE_MAX, "grouped"),
        (50_000, tiles.TILE_MAX + 1, "false"),
    ],
)
def test_what_of_many_features_a_tile_tells(read: int, outlines: int, told: str) -> None:
    assert complete(Layers(State(1, datetime(2026, 1, 1, tzinfo=UTC)), read, outlines, [])) == told


@pytest.mark.parametrize(
    ("tile", "status"), [("0/0/1", 404), ("8/256/0", 404), ("23/0/0", 400), ("-1/0/0", 400), ("8/88/x", 400)]
)
def test_tiles_that_are_none(client: TestClient, tile: str, status: int) -> None:
    assert client.get(f"/collections/points/tiles/WebMercatorQuad/{tile}").status_code == status


def test_tilejson_leads_to_the_tiles(client: TestClient, stock: Stock, tmp_path: Path) -> None:
    told = client.get("/collections/features/tiles/WebMercatorQuad/tilejson.json?actor=UA").json()
    assert [each["id"] for each in told["vector_layers"]] == ["points", "sectors"]
    address = told["tiles"][0].format(z=8, y=88, x=155)
    assert set(layer(client, tmp_path, address, "sectors")) == {stock.south}
    assert client.get("/collections/features/tiles/WebMercatorQuad/tilejson.json?actor=x").status_code == 400
