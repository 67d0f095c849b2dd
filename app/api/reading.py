"""What a text says, for whoever posts one; nothing is stored."""

import json
import re
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.api.answer.errors import Busy
from app.api.answer.responses import JSON, compact
from app.api.asked import parameters
from app.api.description.operations import documented
from app.api.services import Services, Wired
from app.domain.errors import BadParameter
from app.domain.report import Report
from app.domain.vocabulary import Language

router = APIRouter(tags=["reports"])

BYTES_MAX = 100_000
"""Twenty times the length of a usual report."""
AT_ONCE, WAITING_MAX = CapacityLimiter(2), 16
"""Reading keeps a processor busy: posted texts wait for each other, so many at most, and other requests do not wait for
them."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
TEXT, OBJECT = "text/plain", "application/json"
EXAMPLE = "Heavy fighting went on south of Bakhmut on Tuesday, the General Staff said."
BODY: dict[str, Any] = {
    "required": True,
    "content": {
        TEXT: {"schema": {"type": "string"}, "example": EXAMPLE},
        OBJECT: {
            "schema": {
                "type": "object",
                "required": ["text"],
                "properties": {
                    "id": {"type": "string"},
                    "text": {"type": "string"},
                    "published": {"type": "string", "format": "date"},
                    "publisher": {"type": "string"},
                    "title": {"type": "string"},
                    "url": {"type": "string"},
                    "lang": {"type": "string", "enum": list(Language)},
                },
            },
            "example": {"text": EXAMPLE, "published": "2023-07-12", "publisher": "Testimony Daily"},
        },
    },
}

Published = Annotated[
    str | None,
    Query(
        description="Day of publication, from which “on Tuesday” is counted; today if not told. Example: `2023-07-12`",
        examples=["2023-07-12"],
    ),
]


@router.post(
    "/read",
    openapi_extra={"requestBody": BODY},
    **documented(JSON, "Mentions, expressions and claims.", 413, 415, 503),
)
async def read(request: Request, wired: Wired, published: Published = None) -> Response:
    """What a text says: where, when, and who says so. Offsets count code points of the text."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (TEXT, OBJECT):
        raise HTTPException(415, f"send {TEXT} or {OBJECT}, as in: curl -H 'Content-Type: {TEXT}' --data-binary @file")
    text = decoded(await body_of(request, BYTES_MAX))
    given = {"text": text} if kind == TEXT else _object(text)
    day = given.get("published", wired.today().isoformat()) if published is None else published
    report = _report(given, day)
    if AT_ONCE.statistics().tasks_waiting >= WAITING_MAX:
        raise Busy
    said = await to_thread.run_sync(_said, wired, report, given.get("id"), limiter=AT_ONCE)
    return Response(said, media_type=JSON)


def _said(wired: Services, report: Report, key: str | None) -> str:
    """The reading as text, under the client's own id where it gave one."""
    said = wired.read(report)
    return compact({**said, "id": key or said["id"]})


async def body_of(request: Request, most: int) -> bytes:
    """Raises 413 for a body of more bytes than `most`."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > most:
            raise HTTPException(413, f"a text may have {most} bytes at most")
    return bytes(held)


def decoded(body: bytes) -> str:
    """Raises 400 for what is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the text is not UTF-8: {error.reason} at byte {error.start}") from error


def _object(text: str) -> dict[str, str]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "the body is no JSON") from error
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise HTTPException(400, 'a JSON object with a "text" is needed')
    known = BODY["content"][OBJECT]["schema"]["properties"]
    for name, value in given.items():
        if name not in known or not isinstance(value, str):
            raise BadParameter(str(name), "it is unknown, or no text", f"texts for {', '.join(known)}")
        if _LONE_SURROGATE.search(value):
            raise BadParameter(name, "it holds half of a character", "pairs of surrogates, or the character itself")
    if "published" in given:
        parameters.publication_day("published", given["published"])
    return given


def _report(given: dict[str, str], published: str) -> Report:
    if not given["text"].strip():
        raise HTTPException(400, "the text is empty")
    day = parameters.publication_day("published", published)
    lang = given.get("lang")
    if lang is not None and lang not in list(Language):
        raise BadParameter("lang", f"“{lang}” is not read here", f"one of {', '.join(Language)}")
    return Report(
        given["text"],
        day,
        given.get("publisher", ""),
        given.get("title"),
        given.get("url"),
        Language(lang) if lang else None,
    )
