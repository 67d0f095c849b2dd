"""Which format an answer goes out in: what `f` names, or else what the client's `Accept` likes best."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, TypeVar

from fastapi import Depends, HTTPException, Query, Request

from app.api.answer.links import Link, again
from app.api.services import at_once
from app.domain.errors import BadParameter
from app.formats.forms import FORMS, Format

Choice = TypeVar("Choice")
JSON = "json"
"""The same as `geojson`, as OGC clients ask for it."""
NAMES = (JSON, *Format)
_QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)", re.ASCII)


class Face(StrEnum):
    """The two ways to be shown a document that is no list of features."""

    JSON = "json"
    HTML = "html"


FACES: Mapping[Face, Sequence[str]] = {
    Face.JSON: ("application/json", "application/geo+json", "application/schema+json", "application/problem+json"),
    Face.HTML: ("text/html", "application/xhtml+xml"),
}


def wanted(
    request: Request,
    f: Annotated[
        str | None,
        Query(
            description="Format, before what the header `Accept` says: `json` and `geojson` are a page, `html` is one"
            " to read; as `csv`, `geojsonseq`, `kml`, `gpkg` (GeoPackage), `fgb` (FlatGeobuf) and `parquet`"
            " (GeoParquet) everything that is asked for comes at once, unless `limit` is given. Example: `csv`",
            examples=["csv"],
            json_schema_extra={"enum": list(NAMES)},
        ),
    ] = None,
) -> Format:
    """BadParameter for an unknown name, 406 where nothing is acceptable."""
    if f is None:
        return accepted(", ".join(request.headers.getlist("accept")))
    if f not in NAMES:
        raise BadParameter("f", f"“{f}” is no format", f"one of {', '.join(NAMES)}")
    return Format.GEOJSON if f == JSON else Format(f)


def face_by(names: Mapping[str, Face]) -> Callable[..., Face]:
    """What tells the way to be shown a document from `f`, which is one of `names`, or else from `Accept`."""

    def wanted_face(
        request: Request,
        f: Annotated[
            str | None,
            Query(
                description=f"{', '.join(f'`{name}`' for name, face in names.items() if face is Face.JSON)},"
                " or `html` to read; before what the header `Accept` says. Example: `json`",
                examples=["json"],
                json_schema_extra={"enum": list(names)},
            ),
        ] = None,
    ) -> Face:
        """BadParameter for an unknown name, 406 where neither is acceptable."""
        if f is None:
            return best(", ".join(request.headers.getlist("accept")), FACES)
        if f not in names:
            raise BadParameter("f", f"“{f}” is no format", f"one of {', '.join(names)}")
        return names[f]

    return wanted_face


Wanted = Annotated[Format, Depends(at_once(wanted))]
Shown = Annotated[Face, Depends(at_once(face_by({face.value: face for face in Face})))]
ShownOnMaps = Annotated[
    Face, Depends(at_once(face_by({JSON: Face.JSON, Format.GEOJSON.value: Face.JSON, Face.HTML.value: Face.HTML})))
]
"""Of a document that is GeoJSON, which may be called so."""


def accepted(header: str) -> Format:
    """The format of the greatest weight; of several the first in the order of `Format`."""
    return best(header, {form: _types(form) for form in Format})


def best(header: str, offers: Mapping[Choice, Sequence[str]]) -> Choice:
    """What an `Accept` gives the greatest weight (RFC 9110, 12.5.1), the first of several; 406 where it takes none."""
    if not header.strip():
        return next(iter(offers))
    weights = dict(_offer(offer) for offer in header.split(","))
    found = max(offers, key=lambda each: _weight(offers[each], weights))
    if _weight(offers[found], weights) <= 0:
        there_are = ", ".join(types[0] for types in offers.values())
        raise HTTPException(406, f"there is none of “{header[:100]}”; there are {there_are}, also by name with `f`")
    return found


def alternates(request: Request, given: Format) -> list[Link]:
    """Links to the same in every other format."""
    stem = again(request, f="")
    return [
        Link(href=stem + form, rel="alternate", type=about.media_type, title=about.title)
        for form, about in FORMS.items()
        if form is not given
    ]


def _types(form: Format) -> list[str]:
    return [each.partition(";")[0] for each in (FORMS[form].media_type, *FORMS[form].also)]


def _weight(types: Sequence[str], weights: Mapping[str, float]) -> float:
    """Of the most specific range that names one of the types."""

    def of(media_type: str) -> float:
        ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((weights[each] for each in ranges if each in weights), 0.0)

    return max(of(media_type) for media_type in types)


def _offer(offer: str) -> tuple[str, float]:
    """A media range with its weight, which is 1 where none can be read."""
    media_range, *parameters = (part.strip().lower() for part in offer.split(";"))
    weights = [match[1] for parameter in parameters if (match := _QUALITY.fullmatch(parameter))]
    return media_range, float(weights[0]) if weights else 1.0
