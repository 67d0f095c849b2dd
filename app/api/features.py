"""What was reported: the features, and single ones."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.answer.links import at
from app.api.answer.responses import GEOJSON, HTML
from app.api.asked.filters import Filters
from app.api.asked.formats import ShownOnMaps, Wanted
from app.api.asked.paging import Pages
from app.api.description.operations import documented, id_of
from app.api.lists.holding import FeatureHolding
from app.api.lists.page import MEDIA_TYPES, one, page
from app.api.services import Wired

router = APIRouter(tags=["features"])

FeatureId = Annotated[str, id_of("feature", "As a page of features tells it.")]


@router.get("/features", **documented(GEOJSON, "Features, the latest first.", 406, 422, 503, also=MEDIA_TYPES))
async def features(request: Request, wired: Wired, asked: Filters, pages: Pages, form: Wanted) -> Response:
    """What was reported, where and when: points and sectors, each with its sentence, speaker and uncertainty."""
    return await page(request, wired, FeatureHolding(wired), asked, pages, form)


@router.get("/features/{id}", **documented(GEOJSON, "The feature.", 404, 406, 503, also=[HTML]))
async def feature(request: Request, wired: Wired, key: FeatureId, shown: ShownOnMaps) -> Response:
    """One feature."""
    address = at(request, "/collections/features")
    return await one(request, wired, FeatureHolding(wired), key, address, shown)
