"""Is the server alive, and can it answer?"""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from app.api.answer.errors import RETRY, Problem
from app.api.answer.responses import JSON
from app.api.description.operations import documented
from app.api.services import Wired
from app.store import schema
from app.store.read.state import state_of

router = APIRouter(tags=["operations"])


@router.get("/healthz", **documented(JSON, "The process answers."))
async def healthz() -> Response:
    """Alive; asks nothing of the database."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.get("/readyz", **documented(JSON, "Database and schema are there.", 503))
async def readyz(wired: Wired) -> Response:
    """Ready: the database is reached, and its schema is the one this code needs."""
    async with wired.engine.connect() as connection:
        held, needed = await connection.run_sync(schema.version), schema.newest()
        if held != needed:
            return Problem(503, f"the schema is at {held}, and {needed} is needed", headers=RETRY).response()
        state = await state_of(connection)
    known = {"status": "ok", "schema": held, "gazetteer": wired.atlas.digest, "revision": state.number}
    return JSONResponse(known, headers={"Cache-Control": "no-store"})
