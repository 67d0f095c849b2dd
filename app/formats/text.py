"""The formats that are text: written piece by piece from the features' GeoJSON, so that any number fits in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app.domain.properties import PROPERTIES, Property
from app.formats import kml, spreadsheet
from app.formats.forms import Format

RECORD_SEPARATOR = "\x1e"


@dataclass(frozen=True, slots=True)
class Text:
    head: str
    rows: Callable[[Sequence[str]], str]
    """The text of a piece, from GeoJSON features."""
    tail: str = ""
    between: str = ""
    """What stands between two pieces."""

    def piece(self, bodies: Sequence[str], *, first: bool) -> str:
        return ("" if first else self.between) + self.rows(bodies)

    def whole(self, bodies: Sequence[str]) -> str:
        return self.head + self.rows(bodies) + self.tail


def _sequence(bodies: Sequence[str]) -> str:
    """RFC 8142."""
    return "".join(f"{RECORD_SEPARATOR}{body}\n" for body in bodies)


TEXTS = (Format.GEOJSON, Format.GEOJSONSEQ, Format.CSV, Format.KML)
"""A GeoJSON collection is this only as a file; over HTTP it is a page with links."""


def text_of(form: Format, properties: Mapping[str, Property] = PROPERTIES) -> Text:
    """One of TEXTS, for features that hold these properties. KeyError for another."""
    return {
        Format.GEOJSON: Text('{"type":"FeatureCollection","features":[\n', ",\n".join, "\n]}\n", between=",\n"),
        Format.GEOJSONSEQ: Text("", _sequence),
        Format.CSV: Text(spreadsheet.head(properties), partial(spreadsheet.rows, properties=properties)),
        Format.KML: Text(kml.HEAD, kml.rows, kml.TAIL),
    }[form]
