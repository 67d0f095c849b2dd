"""How the server is doing, for Prometheus: requests and their times, connections to the database, state of the data."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import generate_latest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.api.description.operations import documented
from app.api.door.metrics import Metrics
from app.api.services import Services, Wired
from app.store.read import counts
from app.store.read.state import state_of

router = APIRouter(tags=["operations"])

TEXT = "text/plain; version=0.0.4"
NO_STORE = {"Cache-Control": "no-store"}


@router.get("/metrics", **documented(TEXT, "Numbers in Prometheus' text format."))
async def metrics(request: Request, wired: Wired) -> Response:
    """Numbers of this process since it started, and of the data. Also where the database is away."""
    held: Metrics = request.app.state.metrics
    await _ask(held, wired)
    return Response(generate_latest(held.registry), headers={"Content-Type": f"{TEXT}; charset=utf-8"} | NO_STORE)


async def _ask(held: Metrics, wired: Services) -> None:
    try:
        async with wired.engine.connect() as connection:
            state = await state_of(connection)
            held.features.set(await counts.estimate(connection))
    except (DBAPIError, PoolTimeout):
        held.database.set(0)
    else:
        held.database.set(1)
        held.revision.set(state.number)
