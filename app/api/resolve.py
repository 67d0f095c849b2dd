"""What a direction means: the phrase as a GeoJSON feature, before any feature is asked for."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.answer.responses import GEOJSON, HTML, compact, unchanged, validator
from app.api.asked import parameters
from app.api.asked.filters import Datetime, Needed
from app.api.asked.formats import ShownOnMaps
from app.api.asked.settled import find_area
from app.api.description.operations import documented
from app.api.pages.document import readable
from app.api.pages.places import resolve_page
from app.api.services import Wired

router = APIRouter(tags=["places"])


@router.get("/resolve", **documented(GEOJSON, "The area, and how the phrase was read.", 406, 422, also=[HTML]))
async def resolve(
    request: Request, wired: Wired, direction: Needed, shown: ShownOnMaps, datetime: Datetime = None
) -> Response:
    """The part of the map that a phrase names. Its day matters where the phrase names an operational direction."""
    tag = validator(request, wired.version, wired.atlas.digest, wired.today().isoformat())
    if known := unchanged(request, tag):
        return known
    occurrence = None if datetime is None else parameters.days("datetime", datetime)
    area = await find_area(wired, direction, occurrence)
    told = area.feature
    return await readable(
        request, shown, lambda: compact(told), lambda home: resolve_page(told, datetime, home), tag, media_type=GEOJSON
    )
