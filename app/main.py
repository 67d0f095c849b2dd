"""The web application: one of the two doors (the other is `cli`)."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from sqlalchemy.exc import DBAPIError

from app import __version__
from app.api import (
    claims,
    collections,
    counts,
    coverage,
    docs,
    features,
    feed,
    health,
    landing,
    metrics,
    places,
    reading,
    reports,
    resolve,
    submissions,
    tiles,
    tilesets,
)
from app.api.answer.errors import add_handlers
from app.api.description.openapi import describe
from app.api.description.operations import operation_id, refuse_unknown
from app.api.door.courtesy import Courtesy
from app.api.door.gate import Gate
from app.api.door.metrics import Metrics
from app.api.door.quick import Quick
from app.api.door.rate import Buckets, RateLimit
from app.api.door.recall import Recall
from app.api.door.watch import Watch
from app.api.map import map_router
from app.api.services import Services, Submissions, at_once
from app.gazetteer.build import GEODATA
from app.gazetteer.open import open_atlas
from app.ingest.hand_in import hand_in_address, hand_in_report
from app.ingest.pipeline import understand
from app.ingest.version import code_version
from app.ingest.wire import reading_json
from app.settings import Settings
from app.store.access import READER, read_engine, write_engine
from app.store.cluster import embedded
from app.store.read.state import newest

log = logging.getLogger(__name__)

ROUTERS = (
    features,
    feed,
    resolve,
    places,
    reports,
    submissions,
    claims,
    reading,
    counts,
    coverage,
    collections,
    tiles,
    tilesets,
    landing,
    health,
    metrics,
    docs,
)
"""In the order of the API docs page: what a journalist asks first, what operates the server last."""
GARBAGE_MAX = 10_000
"""Objects; a request makes some thousand."""
ASKED_MOST = ("features", "feature", "items", "item", "tile")


def build() -> FastAPI:
    """The API as the settings say it: what uvicorn calls. Raises GazetteerError where the gazetteer is missing."""
    settings = Settings()
    url = settings.database_read_url or settings.database_url or embedded.url(settings.cluster_dir, role=READER)
    atlas = open_atlas(settings.gazetteer_path)
    services = Services(
        engine=read_engine(url, settings.database_connections),
        atlas=atlas,
        read=lambda report: reading_json(understand(report, atlas)),
        find_places=lambda name, limit: [(match.place, match.within) for match in atlas.search(name, limit)],
        version=code_version(),
        submissions=Submissions(write_engine(_written_to(settings)), hand_in_report, hand_in_address),
    )
    app = create_app(services, quota=settings.rate_limit, public=settings.public_url)
    app.include_router(map_router(GEODATA, atlas))
    atlas.prepare()
    # What is there from the beginning stays: nobody has to look through it again, which would hold up a request for
    # a tenth of a second; and what requests leave behind is looked for after several of them.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_MAX, 10, 10)
    return app


def _routes() -> list[APIRoute]:
    return [route for module in ROUTERS for route in module.router.routes if isinstance(route, APIRoute)]


def _written_to(settings: Settings) -> str:
    return settings.database_url or embedded.url(settings.cluster_dir)


def create_app(services: Services, quota: int = 0, public: str | None = None) -> FastAPI:
    """The API over what it is handed; nothing is read from the surroundings. `quota` is how many requests a client
    may send in a minute, any number where it is 0; `public` is the address that links begin with."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.examples = await _examples(services)
        yield
        await services.pages.close()
        await services.engine.dispose()
        if services.submissions:
            await services.submissions.engine.dispose()

    app = FastAPIOffline(
        title=landing.TITLE,
        description=landing.DESCRIPTION,
        version=__version__,
        lifespan=lifespan,
        dependencies=[Depends(at_once(refuse_unknown))],
        generate_unique_id_function=operation_id,
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    app.state.examples = {}
    app.router.routes.append(Quick([route for route in _routes() if route.name in ASKED_MOST]))
    for module in ROUTERS:
        app.include_router(module.router)
    describe(app)
    add_handlers(app)
    app.state.metrics = Metrics(services.engine.pool)
    _surround(app, quota, public)
    return app


def _surround(app: FastAPI, quota: int, public: str | None) -> None:
    """What a request passes through, the innermost first."""
    services = app.state.services
    app.add_middleware(Recall, pages=services.pages, today=services.today)
    app.add_middleware(Gate, public=public)
    if quota:
        app.add_middleware(RateLimit, buckets=Buckets(quota))
    app.add_middleware(Courtesy)
    app.add_middleware(Watch, metrics=app.state.metrics)


async def _examples(services: Services) -> dict[str, str]:
    """Ids for the API docs. Without a database the server starts all the same, and `/readyz` says what is missing."""
    try:
        async with services.engine.connect() as connection:
            return await newest(connection)
    except DBAPIError as error:
        log.warning("no examples for the API docs: %s", error.orig)
        return {}
