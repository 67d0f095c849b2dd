"""What a vector tile is made of, on the real database."""

from datetime import date
from pathlib import Path

import pytest
from geopandas import read_file  # type: ignore[attr-defined]
from geopandas.geodataframe import GeoDataFrame
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from app.domain.vocabulary import Event, FeatureKind
from app.store.bounds import Days
from app.store.read import tiles
from app.store.read.query import Query, values
from app.store.read.tiles import EXTENT, Tile
from tests.store.factories import stored

BAKHMUT = Tile(8, 88, 155)
FIELDS, WOODS = box(38.0, 48.5, 38.1, 48.6), box(38.05, 48.5, 38.2, 48.6)


def drawn(connection: Connection, query: Query, folder: Path, tile: Tile = BAKHMUT) -> GeoDataFrame:
    """The layer of areas, as GDAL reads it: in the order of the tile."""
    asked = tiles.statement(query, (FeatureKind.SECTOR,)), values(query) | tiles.place(query, tile)
    _, _, _, _, body, number = connection.execute(*asked).one()
    file = folder / "tile.mvt"
    file.write_bytes(body)
    frame: GeoDataFrame = read_file(f"MVT:{file}", layer="sectors")  # type: ignore[no-untyped-call]
    assert len(frame) <= number
    return frame


def test_what_has_one_outline_is_told_each_for_itself(connection: Connection, tmp_path: Path) -> None:
    first = stored(connection, start=date(2023, 7, 1), geometry=FIELDS, event=Event.CLASH)
    other = stored(connection, start=date(2023, 7, 2), geometry=WOODS)
    last = stored(connection, start=date(2023, 7, 3), geometry=FIELDS, event=Event.SHELLING)
    frame = drawn(connection, Query(), tmp_path)
    assert list(frame["id"]) == [last, other, first]
    assert list(frame["event"])[::2] == ["shelling", "clash"]
    assert list(frame["start"]) == ["2023-07-03", "2023-07-02", "2023-07-01"]
    alike = frame.geometry.iloc[0]
    assert alike.equals(frame.geometry.iloc[2])
    assert not alike.equals(frame.geometry.iloc[1])


def test_of_too_many_each_outline_tells_its_latest_and_how_many_they_are(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(connection, start=date(2023, 7, 1), geometry=FIELDS, event=Event.CLASH)
    other = stored(connection, start=date(2023, 7, 2), geometry=WOODS)
    last = stored(connection, start=date(2023, 7, 3), geometry=FIELDS, event=Event.SHELLING)
    monkeypatch.setattr(tiles, "TILE_MAX", 2)
    frame = drawn(connection, Query(), tmp_path)
    assert [tuple(row) for row in frame[["id", "event", "count"]].to_numpy()] == [
        (last, "shelling", 2),
        (other, "clash", 1),
    ]
    monkeypatch.setattr(tiles, "TILE_MAX", 1)
    assert list(drawn(connection, Query(), tmp_path)["id"]) == [last]
    monkeypatch.setattr(tiles, "TILE_MAX", 3)
    assert "count" not in drawn(connection, Query(), tmp_path)


def test_days_are_of_all_that_a_feature_lasts(connection: Connection, tmp_path: Path) -> None:
    stored(connection, start=date(2023, 6, 20), end=date(2023, 7, 2), geometry=FIELDS)
    frame = drawn(connection, Query(occurrence=Days(date(2023, 7, 1), date(2023, 7, 5))), tmp_path)
    assert (frame["start"].item(), frame["end"].item()) == ("2023-06-20", "2023-07-02")


@pytest.mark.parametrize("tile", [Tile(0, 0, 0), Tile(1, 0, 1), Tile(2, 1, 2), Tile(3, 2, 4), Tile(5, 11, 19), BAKHMUT])
@pytest.mark.parametrize("outline", [box(38.0, 48.59, 38.004, 48.592), box(38.0, 48.5, 38.0002, 48.6)])
def test_no_area_is_too_small_to_be_seen(
    connection: Connection, tmp_path: Path, outline: BaseGeometry, tile: Tile
) -> None:
    stored(connection, geometry=outline)
    (found,) = drawn(connection, Query(), tmp_path, tile).geometry
    assert found.area > 0
    west = (outline.centroid.x + 180) / 360 * 2**tile.zoom - tile.column
    assert found.centroid.x == pytest.approx(west * EXTENT, abs=4), "half a pixel of a tile that is 512 wide"


def test_what_only_the_box_around_it_brings_here_is_not_drawn(connection: Connection, tmp_path: Path) -> None:
    beside = Polygon([(38.5, 48.1), (37.9, 47.5), (38.5, 47.5)])
    stored(connection, geometry=beside)
    inside = stored(connection, geometry=box(37.5, 48.3, 37.6, 48.4))
    assert list(drawn(connection, Query(), tmp_path, Tile(8, 88, 154))["id"]) == [inside]
