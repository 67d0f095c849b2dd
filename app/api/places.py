"""Places of the gazetteer, by name in three languages."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from app.api.answer.responses import GEOJSON, HTML, Json, compact, unchanged, validator
from app.api.asked.formats import ShownOnMaps
from app.api.description.operations import documented
from app.api.pages.document import readable
from app.api.pages.places import places_page
from app.api.services import Wired
from app.domain.place import Place
from app.domain.wire import place_json

router = APIRouter(tags=["places"])


@router.get("/places", **documented(GEOJSON, "Places, the likeliest first.", 406, also=[HTML]))
async def places(
    request: Request,
    wired: Wired,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=100,
            description="The beginning of a name, or a name. Example: `Бахм`",
            examples=["Бахм"],
        ),
    ],
    shown: ShownOnMaps,
    limit: Annotated[int, Query(ge=1, le=50, description="Places at most. Example: `5`", examples=[5])] = 10,
) -> Response:
    """Places by name in English, Ukrainian or Russian, as one types; `within` tells namesakes apart."""
    tag = validator(request, wired.version, wired.atlas.digest)
    if known := unchanged(request, tag):
        return known
    found = await run_in_threadpool(wired.find_places, q, limit)
    told = {"type": "FeatureCollection", "features": [_feature(place, within) for place, within in found]}
    return await readable(
        request, shown, lambda: compact(told), lambda home: places_page(q, told, home), tag, media_type=GEOJSON
    )


def _feature(place: Place, within: str) -> Json:
    point = {"type": "Point", "coordinates": list(place.point)} if place.point else None
    return {"type": "Feature", "id": place.id, "geometry": point, "properties": {**place_json(place), "within": within}}
