"""The formats that are files of columns: GeoPackage, FlatGeobuf and GeoParquet.

A process of its own (`python -m app.formats.files FORMAT FEATURES FILE MOMENT COLLECTION`, features as lines of
GeoJSON), because data frames are never loaded by the server.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyogrio
from geopandas.geodataframe import GeoDataFrame
from pandas import Series
from shapely import from_geojson

from app.domain.listed import TABLES
from app.domain.properties import Property
from app.formats.forms import Format

FEATURES = "features"
DRIVERS = {Format.GPKG: "GPKG", Format.FGB: "FlatGeobuf"}


def write(form: Format, bodies: Iterable[str], file: Path, moment: str, collection: str = FEATURES) -> None:
    """All features into one new file, which holds `moment` (RFC 3339) where the format wants the time of writing, so
    that the same features are the same bytes. Memory grows with their number."""
    frame = _frame(bodies, TABLES[collection])
    if form is Format.PARQUET:
        frame.to_parquet(file, index=False, write_covering_bbox=True)
        return
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})  # type: ignore[no-untyped-call]
    # FlatGeobuf has no place in its index for what lies nowhere.
    options = {"SPATIAL_INDEX": "NO"} if form is Format.FGB and frame.geometry.isna().any() else {}
    # Points and areas in one layer, which is what was asked for.
    pyogrio.write_dataframe(  # type: ignore[no-untyped-call]
        frame, file, layer=collection, driver=DRIVERS[form], geometry_type="Unknown", **options
    )


def _frame(bodies: Iterable[str], properties: Mapping[str, Property]) -> GeoDataFrame:
    columns: dict[str, list[object]] = {name: [] for name in ("id", *properties)}
    shapes = []
    for body in bodies:
        feature = json.loads(body)
        shapes.append(from_geojson(body) if feature["geometry"] else None)
        columns["id"].append(feature["id"])
        for name in properties:
            columns[name].append(feature["properties"][name])
    typed = {"id": Property("Id"), **properties}
    series = {name: _series(values, typed[name]) for name, values in columns.items()}
    return GeoDataFrame(series, geometry=shapes, crs=4326)


def _series(values: list[object], about: Property) -> Series:
    """Texts may be missing, all of them too; a missing number is NaN, which all three formats write as null."""
    if about.scalar is int and about.may_lack:
        return Series(values, dtype="Int64")
    return Series(values, dtype="string" if about.scalar is str else about.scalar)


def main() -> None:
    form, features, file, moment, collection = sys.argv[1:]
    with Path(features).open(encoding="utf-8") as lines:
        write(Format(form), lines, Path(file), moment, collection)


if __name__ == "__main__":
    main()
