"""OGC API – Tiles, Part 1 (20-057) and Tile Matrix Set (17-083r4): every SHALL as far as declared."""

import httpx
import pytest

from tests.api.conftest import Stock
from tests.api.ogc.checks import LISTS, VIEWS, Check, Json, Table, get, links, parameter, refused

table = Table()
REL = "http://www.opengis.net/def/rel/ogc/1.0/"
TILES = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/"
URI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
MVT = "application/vnd.mapbox-vector-tile"
TILE = "/collections/{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}"
SOUTH = "6/22/38"
"""Row and column of the tile that holds Bakhmut."""


def tilesets(http: httpx.Client, collection: str) -> Json:
    [link] = links(get(http, f"/collections/{collection}").json(), f"{REL}tilesets-vector")
    told: Json = get(http, link["href"]).json()
    return told


def address(http: httpx.Client, collection: str, tile: str) -> str:
    [tileset] = tilesets(http, collection)["tilesets"]
    [item] = links(get(http, links(tileset, "self")[0]["href"]).json(), "item")
    zoom, row, column = tile.split("/")
    filled: str = item["href"]
    for gap, value in {"{tileMatrix}": zoom, "{tileRow}": row, "{tileCol}": column}.items():
        assert gap in filled
        filled = filled.replace(gap, value)
    return filled


@table.holds(
    "/req/core/conformance-success", "/req/tileset/conformance-success", "/req/tilesets-list/conformance-success"
)
def conformance(http: httpx.Client, stock: Stock) -> None:
    told = set(get(http, "/conformance").json()["conformsTo"])
    assert {
        f"{TILES}{each}" for each in ("core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "oas30")
    } <= told


@table.holds("/req/core/tc-op", "/req/core/tc-success", "/req/mvt/content")
def tiles(http: httpx.Client, stock: Stock) -> None:
    answer = get(http, address(http, "features", SOUTH))
    assert answer.headers["content-type"] == MVT
    assert stock.south.encode() in answer.content
    assert stock.shelling.encode() not in get(http, address(http, "sectors", SOUTH)).content
    assert get(http, address(http, "features", SOUTH)).content == answer.content
    assert stock.south.encode() not in get(http, address(http, "features", "6/10/10")).content


@table.holds("/req/core/tc-tilematrix-definition", "/req/core/tc-tilerow-definition", "/req/core/tc-tilecol-definition")
def definitions(http: httpx.Client, stock: Stock) -> None:
    for name in "zyx":
        told = parameter(http, TILE, name)
        assert (told["in"], told["required"]) == ("path", True)


@table.holds("/req/core/tc-error")
def no_tile(http: httpx.Client, stock: Stock) -> None:
    for tile in ("6/64/0", "6/0/64", "0/0/1", "23/0/0"):
        answer = http.get(f"/collections/features/tiles/WebMercatorQuad/{tile}")
        assert answer.status_code in (400, 404), tile
    for tile in ("6/-1/0", "6/a/0", "1.5/0/0"):
        refused(http, f"/collections/features/tiles/WebMercatorQuad/{tile}")
    refused(http, f"/collections/nothing/tiles/WebMercatorQuad/{SOUTH}", 404)
    assert http.get(f"/collections/features/tiles/WorldCRS84Quad/{SOUTH}").status_code == 404
    empty = http.get(address(http, "features", "6/0/0"))
    assert (empty.status_code, empty.content) in ((200, b""), (204, b""))


@table.holds("/req/tilesets-list/tileset-links", "/req/geodata-tilesets/desc-links", "/req/geodata-tilesets/operation")
def lists(http: httpx.Client, stock: Stock) -> None:
    for collection in VIEWS:
        [tileset] = tilesets(http, collection)["tilesets"]
        assert tileset["dataType"] == "vector"
        assert tileset["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857"
        assert tileset["tileMatrixSetURI"] == URI
        [self] = links(tileset, "self")
        assert self["href"].endswith(f"/collections/{collection}/tiles/WebMercatorQuad")
        [scheme] = links(tileset, f"{REL}tiling-scheme")
        assert get(http, scheme["href"]).json()["uri"] == URI
    for name in ("nothing", *LISTS):
        refused(http, f"/collections/{name}/tiles", 404)


@table.holds("/req/tileset/description")
def descriptions(http: httpx.Client, stock: Stock) -> None:
    for collection, layers in {"features": ["points", "sectors"], "points": ["points"], "sectors": ["sectors"]}.items():
        told = get(http, f"/collections/{collection}/tiles/WebMercatorQuad", Accept="application/json").json()
        assert (told["dataType"], told["tileMatrixSetURI"]) == ("vector", URI)
        [item] = links(told, "item")
        assert (item["type"], item["templated"]) == (MVT, True)
        assert links(told, f"{REL}tiling-scheme")
        assert [layer["id"] for layer in told["layers"]] == layers
        for layer in told["layers"]:
            assert layer["dataType"] == "vector"
            assert layer["propertiesSchema"]["properties"]["event"]["enum"]
        [same] = [link for link in links(told, "describedby") if "tilejson" in link["href"]]
        assert get(http, same["href"]).json()["tilejson"] == "3.0.0"


@table.holds("17-083r4 /req/json-tilematrixset")
def grids(http: httpx.Client, stock: Stock) -> None:
    [link] = links(get(http, "/").json(), f"{REL}tiling-schemes")
    [grid] = get(http, link["href"]).json()["tileMatrixSets"]
    told = get(http, links(grid, "self")[0]["href"]).json()
    assert (told["id"], told["uri"], told["orderedAxes"]) == ("WebMercatorQuad", URI, ["E", "N"])
    first, *_, last = told["tileMatrices"]
    assert first["scaleDenominator"] == pytest.approx(559082264.028717, rel=1e-9)
    assert first["pointOfOrigin"] == pytest.approx([-20037508.3427892, 20037508.3427892], rel=1e-12)
    assert (last["id"], last["matrixWidth"], last["tileWidth"]) == ("22", 2**22, 256)
    refused(http, "/tileMatrixSets/WorldCRS84Quad", 404)


@table.holds("/req/datetime/datetime-axis")
def times(http: httpx.Client, stock: Stock) -> None:
    assert parameter(http, TILE, "datetime")["schema"]["type"] == "string"
    for query, held in (
        ("?datetime=2023-07-12", {stock.south}),
        ("?datetime=2023-07-11/..", {stock.south, stock.north}),
    ):
        tile = get(http, address(http, "features", SOUTH) + query).content
        assert {each for each in (stock.south, stock.north) if each.encode() in tile} == held


@table.holds("/req/oas30/completeness", "/req/oas30/operation-id")
def operations(http: httpx.Client, stock: Stock) -> None:
    paths = get(http, "/openapi.json").json()["paths"].values()
    named = {operation["operationId"] for path in paths for operation in path.values()}
    vector = {f"collection.vector.{each}" for each in ("getTileSetsList", "getTileSet", "getTile")}
    assert vector | {"getTileMatrixSetsList", "getTileMatrixSet"} <= named


@pytest.mark.parametrize("check", table.parameters())
def test_tiles(http: httpx.Client, stock: Stock, check: Check) -> None:
    check(http, stock)
