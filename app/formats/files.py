"""The formats that are files of columns: GeoPackage, FlatGeobuf and GeoParquet.

A process of its own (`python -m app.formats.files FORMAT FEATURES FILE MOMENT`, features as lines of GeoJSON), because
data frames are never loaded by the server.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pyogrio
from geopandas.geodataframe import GeoDataFrame
from pandas import Series
from shapely import from_geojson

from app.domain.properties import PROPERTIES
from app.formats.forms import Format

DRIVERS = {Format.GPKG: "GPKG", Format.FGB: "FlatGeobuf"}


def write(form: Format, bodies: Iterable[str], file: Path, moment: str) -> None:
    """All features into one new file, which holds `moment` (RFC 3339) where the format wants the time of writing, so
    that the same features are the same bytes. Memory grows with their number."""
    frame = _frame(bodies)
    if form is Format.PARQUET:
        frame.to_parquet(file, index=False, write_covering_bbox=True)
        return
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})  # type: ignore[no-untyped-call]
    # Points and areas in one layer, which is what was asked for.
    pyogrio.write_dataframe(  # type: ignore[no-untyped-call]
        frame, file, layer="features", driver=DRIVERS[form], geometry_type="Unknown"
    )


def _frame(bodies: Iterable[str]) -> GeoDataFrame:
    columns: dict[str, list[object]] = {name: [] for name in ("id", *PROPERTIES)}
    shapes = []
    for body in bodies:
        feature = json.loads(body)
        shapes.append(from_geojson(body))
        columns["id"].append(feature["id"])
        for name in PROPERTIES:
            columns[name].append(feature["properties"][name])
    typed = {"id": str, **{name: each.scalar for name, each in PROPERTIES.items()}}
    series = {name: _series(values, typed[name]) for name, values in columns.items()}
    return GeoDataFrame(series, geometry=shapes, crs=4326)


def _series(values: list[object], kind: type) -> Series:
    """Texts may be missing, all of them too; a missing number is NaN, which all three formats write as null."""
    return Series(values, dtype="string" if kind is str else kind)


def main() -> None:
    form, features, file, moment = sys.argv[1:]
    with Path(features).open(encoding="utf-8") as lines:
        write(Format(form), lines, Path(file), moment)


if __name__ == "__main__":
    main()
