"""Which format an answer goes out in: what `f` names, or else what the client's `Accept` likes best."""

import re
from typing import Annotated

from fastapi import Depends, HTTPException, Query, Request
from starlette.datastructures import URL

from app.api.links import Link
from app.domain.errors import BadParameter
from app.formats.forms import FORMS, Format

JSON = "json"
"""The same as `geojson`, as OGC clients ask for it."""
NAMES = (JSON, *Format)
_QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)", re.ASCII)


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


Wanted = Annotated[Format, Depends(wanted)]


def accepted(header: str) -> Format:
    """The format of the greatest weight (RFC 9110, 12.5.1); of several the first in the order of `Format`."""
    if not header.strip():
        return Format.GEOJSON
    weights = dict(_offer(offer) for offer in header.split(","))
    best = max(Format, key=lambda form: _weight(form, weights))
    if _weight(best, weights) <= 0:
        offered = ", ".join(_types(form)[0] for form in Format)
        raise HTTPException(406, f"there is none of “{header[:100]}”; there are {offered}, also by name with `f`")
    return best


def alternates(address: URL, given: Format) -> list[Link]:
    """Links to the same in every other format."""
    return [
        Link(href=str(address.include_query_params(f=form)), rel="alternate", type=about.media_type, title=about.title)
        for form, about in FORMS.items()
        if form is not given
    ]


def _types(form: Format) -> list[str]:
    return [each.partition(";")[0] for each in (FORMS[form].media_type, *FORMS[form].also)]


def _weight(form: Format, weights: dict[str, float]) -> float:
    """Of the most specific range that names the format."""

    def of(media_type: str) -> float:
        ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((weights[each] for each in ranges if each in weights), 0.0)

    return max(of(media_type) for media_type in _types(form))


def _offer(offer: str) -> tuple[str, float]:
    """A media range with its weight, which is 1 where none can be read."""
    media_range, *parameters = (part.strip().lower() for part in offer.split(";"))
    weights = [match[1] for parameter in parameters if (match := _QUALITY.fullmatch(parameter))]
    return media_range, float(weights[0]) if weights else 1.0
