"""Makes land.geojson, the land around the map, from Natural Earth as Debian's `qgis-common` carries it.

    python geodata/make_land.py world_map.gpkg > geodata/land.geojson

Crimea and Sevastopol are Ukraine's (UN GA 68/262), whatever the file says.
"""

import json
import sys

import geopandas
from shapely import box, make_valid, set_precision
from shapely.geometry import mapping

FRAME = box(10, 38, 60, 62)
TOLERANCE = 0.02
"""Degrees, about 2 km: the land is a backdrop; the oblasts drawn on it are finer."""
GRID = 0.001


def main(path: str) -> None:
    countries = geopandas.read_file(path, layer="countries").set_index("ISO_A3").geometry
    provinces = geopandas.read_file(path, layer="states_provinces")
    crimea = provinces[provinces["name"].isin(["Crimea", "Sevastopol"])].union_all()
    countries["UKR"] = countries["UKR"].union(crimea)
    countries["RUS"] = countries["RUS"].difference(crimea.buffer(0.001))
    land = countries[countries.intersects(FRAME)].intersection(FRAME).simplify(TOLERANCE)
    features = [
        {
            "type": "Feature",
            "properties": {"iso_a3": code},
            "geometry": mapping(set_precision(make_valid(shape), GRID)),
        }
        for code, shape in sorted(land.items())
        if not shape.is_empty
    ]
    json.dump({"type": "FeatureCollection", "features": features}, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
