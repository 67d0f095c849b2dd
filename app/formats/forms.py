"""Which formats there are, by the names and media types that clients ask for them with."""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """The values of `f`; in this order one is chosen where a client likes several equally."""

    GEOJSON = "geojson"
    HTML = "html"
    GEOJSONSEQ = "geojsonseq"
    CSV = "csv"
    KML = "kml"
    GPKG = "gpkg"
    FGB = "fgb"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Form:
    title: str
    media_type: str
    extension: str
    also: tuple[str, ...] = ()
    """Other media types that ask for it."""


FORMS = {
    Format.GEOJSON: Form("GeoJSON", "application/geo+json", "geojson", ("application/json",)),
    Format.HTML: Form("a table to read", "text/html; charset=utf-8", "html", ("application/xhtml+xml",)),
    Format.GEOJSONSEQ: Form("GeoJSON text sequence", "application/geo+json-seq", "geojsons"),
    Format.CSV: Form("spreadsheet", "text/csv; charset=utf-8", "csv"),
    Format.KML: Form("KML", "application/vnd.google-earth.kml+xml", "kml"),
    Format.GPKG: Form("GeoPackage", "application/geopackage+sqlite3", "gpkg"),
    Format.FGB: Form("FlatGeobuf", "application/flatgeobuf", "fgb", ("application/vnd.flatgeobuf",)),
    Format.PARQUET: Form("GeoParquet", "application/vnd.apache.parquet", "parquet", ("application/x-parquet",)),
}
