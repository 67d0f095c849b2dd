"""Reports that are handed in, by whoever has a key, and how far each has come."""

import json
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from sqlalchemy import Connection
from starlette.exceptions import HTTPException

from app.api.answer.errors import NotFound
from app.api.answer.responses import JSON, Json, compact
from app.api.answer.stored import report_path
from app.api.description.operations import KEY, documented
from app.api.reading import AT_ONCE, EXAMPLE, OBJECT, TEXT, body_of, decoded
from app.api.services import Submissions, Wired
from app.domain.errors import BadParameter, ReportError
from app.domain.report import Report
from app.domain.vocabulary import Language
from app.sources.draft import Facts, parse_date, parse_language
from app.sources.texts import read_text
from app.store.intake import keys
from app.store.intake.jobs import NAMESPACE, StoredJob, one_job
from app.store.properties import timestamp

router = APIRouter(tags=["reports"])

BYTES_MAX = 1_000_000
STATED = {
    "text": {"type": "string", "description": "The report; its first lines may say `Published: 2023-07-12`."},
    "url": {"type": "string", "description": "Where the report stands; without a text, what is there is fetched."},
    "published": {"type": "string", "format": "date"},
    "publisher": {"type": "string"},
    "title": {"type": "string"},
    "lang": {"type": "string", "enum": list(Language)},
}
EXAMPLE_OBJECT = {"text": EXAMPLE, "published": "2023-07-12", "publisher": "Testimony Daily"}
BODY = {
    "required": True,
    "content": {
        OBJECT: {"schema": {"type": "object", "properties": STATED}, "example": EXAMPLE_OBJECT},
        TEXT: {"schema": {"type": "string"}, "example": f"Published: 2023-07-12\n\n{EXAMPLE}"},
    },
}
STATES = {"todo": "waiting", "doing": "running", "succeeded": "done", "aborted": "cancelled"}
"""Our words for the queue's; the others are the same."""
NOT_KEPT = {"Cache-Control": "no-store"}


async def submissions(request: Request, wired: Wired) -> Submissions:
    """Where reports are handed in, for whoever has a key."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    refused = HTTPException(401, "hand in a key: Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})
    if scheme.lower() != "bearer" or not key.strip():
        raise refused
    taken = _open(wired.submissions)
    async with taken.engine.connect() as connection:
        if await connection.run_sync(keys.holder, key.strip()) is None:
            raise refused
    return taken


@router.post(
    "/reports",
    status_code=202,
    openapi_extra={"requestBody": BODY, "security": [{KEY: []}]},
    **documented(JSON, "The job; `Location` leads to it.", 401, 413, 415, 503, good=202),
)
async def hand_in(request: Request, taken: Annotated[Submissions, Depends(submissions)]) -> Response:
    """Hand in a report, as a text or by its address. It is read by a worker; `/jobs/{id}` tells how far it is.

    The same report handed in again is the same job. Needs a key: `Authorization: Bearer …`.
    """
    given = await _given(request)
    report = None
    if given.get("text"):
        report = await to_thread.run_sync(_report, given, limiter=AT_ONCE)

    def put(connection: Connection) -> StoredJob | None:
        job_id = taken.report(connection, report) if report else taken.address(connection, given["url"], _facts(given))
        return one_job(connection, job_id)

    async with taken.engine.begin() as connection:
        job = await connection.run_sync(put)
    if job is None:
        raise NotFound("job")
    told = _job_json(job) | ({"report_id": report.id} if report else {})
    return Response(compact(told), 202, {**NOT_KEPT, "Location": _path(job)}, JSON)


@router.get("/jobs/{id}", **documented(JSON, "The job.", 404, 503))
async def job(
    wired: Wired,
    key: Annotated[int, Path(alias="id", ge=1, le=2**63 - 1, description="As `POST /reports` gave it.", examples=[1])],
) -> Response:
    """How far a job is, what came of it, and if it failed, why."""
    async with _open(wired.submissions).engine.connect() as connection:
        found = await connection.run_sync(one_job, key)
    if found is None:
        raise NotFound(f"job {key}")
    return Response(compact(_job_json(found)), headers=NOT_KEPT, media_type=JSON)


def _open(taken: Submissions | None) -> Submissions:
    if taken is None:
        raise HTTPException(503, "this server takes no reports", {"Retry-After": "3600"})
    return taken


async def _given(request: Request) -> dict[str, str]:
    """What was handed in, by name: a text, an address, and what is known about them."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (TEXT, OBJECT):
        raise HTTPException(415, f"send {OBJECT} or {TEXT}")
    text = decoded(await body_of(request, BYTES_MAX))
    given = {"text": text} if kind == TEXT else _object(text)
    if not (given.get("text", "").strip() or given.get("url", "").startswith(("http://", "https://"))):
        raise HTTPException(400, 'neither a "text" nor a "url" that begins with http:// or https:// was handed in')
    return given


def _object(text: str) -> dict[str, str]:
    try:
        given: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "the body is no JSON") from error
    if not isinstance(given, dict):
        raise HTTPException(400, "a JSON object is needed")
    for name, value in given.items():
        if name not in STATED or not isinstance(value, str):
            raise BadParameter(str(name), "it is unknown, or no text", f"texts for {', '.join(STATED)}")
    return given


def _report(given: dict[str, str]) -> Report:
    try:
        return read_text(given["text"], _facts(given))
    except ReportError as error:
        raise HTTPException(400, str(error)) from error


def _facts(given: dict[str, str]) -> Facts:
    published, lang = given.get("published"), given.get("lang")
    try:
        return Facts(
            published=parse_date(published) if published else None,
            publisher=given.get("publisher"),
            title=given.get("title"),
            url=given.get("url"),
            lang=parse_language(lang) if lang else None,
        )
    except ReportError as error:
        raise HTTPException(400, str(error)) from error


def _path(job: StoredJob) -> str:
    return f"/jobs/{job.id}"


def _job_json(job: StoredJob) -> Json:
    return {
        "id": job.id,
        "href": _path(job),
        "task": job.task.removeprefix(f"{NAMESPACE}:"),
        "state": STATES.get(job.status, job.status),
        "attempts": job.attempts,
        "handed_in": job.handed_in and timestamp(job.handed_in),
        "changed": job.changed and timestamp(job.changed),
        "next_attempt": (job.next_attempt and job.status == "todo" and timestamp(job.next_attempt)) or None,
        "outcome": job.outcome,
        "detail": job.detail,
        "reports": [{"id": each, "href": report_path(each)} for each in job.report_ids],
    }
