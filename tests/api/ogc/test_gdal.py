"""GDAL, as QGIS, ArcGIS and scripts use it, reads the collections: all pages, a box, days, a phrase, a filter."""

import json
import subprocess
import sys

from tests.api.conftest import Stock
from tests.api.ogc.checks import BAKHMUT

# A process of its own: GDAL waits for the answer while it holds this one.
SCRIPT = """
import json, sys
import pyogrio
base = sys.argv[1]
def ids(collection, query="", **more):
    address = f"OAPIF:{base}/collections/{collection}{query}"
    frame = pyogrio.read_dataframe(address, layer=collection, PAGE_SIZE=1, **more)
    return sorted(frame["id"])
print(json.dumps({
    "layers": sorted(name for name, _ in pyogrio.list_layers(f"OAPIF:{base}")),
    "all": ids("features"),
    "reports": len(ids("reports")),
    "reports in the box": len(ids("reports", bbox=(37.6, 49.7, 37.7, 49.8))),
    "directions": len(ids("directions", "?datetime=2022-06-30&filter=name%20LIKE%20'Lyman%25'")),
    "places": ids("places", "?filter=name='Bakhmut'&kind=city"),
    "points": ids("points"),
    "sectors": ids("sectors"),
    "box": ids("features", bbox=(37.9, 48.4, 38.0, 48.5)),
    "days": ids("features", "?datetime=2023-07-10/2023-07-12"),
    "filter": ids("features", "?filter=event%20IN%20('assault','shelling')"),
    "where": ids("features", where="event = 'assault' OR actor = 'RU'"),
    "types": {name: pyogrio.read_info(f"OAPIF:{base}/collections/{name}", layer=name)["geometry_type"]
              for name in ("points", "sectors")},
}))
"""


def test_gdal_reads_every_page(base: str, stock: Stock) -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT, base], capture_output=True, text=True, check=True, timeout=120)
    found = json.loads(told.stdout)
    assert found == {
        "layers": ["directions", "features", "places", "points", "reports", "sectors"],
        "all": sorted(stock.everything),
        "reports": 3,
        "reports in the box": 1,
        "directions": 1,
        "places": [BAKHMUT],
        "points": [stock.shelling],
        "sectors": sorted({stock.south, stock.north}),
        "box": [stock.south],
        "days": sorted({stock.south, stock.north}),
        "filter": sorted({stock.south, stock.shelling}),
        "where": sorted({stock.south, stock.shelling}),
        "types": {"points": "Point", "sectors": found["types"]["sectors"]},
    }
