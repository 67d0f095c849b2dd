"""What the API description says, and that it is true: no parameter is taken that it does not list."""

from collections.abc import Iterable
from typing import Any

from fastapi import Path, Request
from fastapi.routing import APIRoute

from app.api.answer.errors import PROBLEM
from app.api.asked.parameters import meant
from app.domain.errors import BadParameter

KEY = "apiKey"
"""What a key is called where the description says which operations take one."""
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
MEANINGS = {
    304: "The client holds this answer already.",
    400: "A parameter that can never be answered; `name` tells which, `right` what would be right.",
    401: "No key was handed in, or none that is in use.",
    404: "There is no such thing.",
    406: "None of the media types that the client takes is offered.",
    413: "Too long.",
    415: "Neither text nor JSON.",
    422: "A phrase that cannot be read, or names one of several places: `understood` and `candidates` tell.",
    503: "The database is out of reach, or at its limit; `Retry-After` tells when to try again.",
}
ANY_OTHER = (
    "What may meet any request: 405, 408 (the body came too slowly), 413, 414 and 431 (too long), 415, 429 (too many"
    " requests; the header `RateLimit` tells what is left) and 503 (try again after `Retry-After` seconds)."
)
SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "name": {"type": "string", "description": "The parameter."},
        "right": {"type": "string", "description": "What would be right."},
        "phrase": {"type": "string"},
        "understood": {"type": "string"},
        "candidates": {"type": "array", "items": {"type": "object"}},
    },
}


_REFUSAL = {PROBLEM: {"schema": SCHEMA}, "text/html": {"schema": {"type": "string"}}}
"""The second is what browsers are shown."""


def documented(
    media_type: str, description: str, *errors: int, also: Iterable[str] = (), good: int = 200
) -> dict[str, Any]:
    """Arguments of a route: its `good` answer, in other media types `also`, and the problems that it may tell besides
    an unknown parameter."""
    problems = {status: {"description": MEANINGS[status], "content": _REFUSAL} for status in (400, *errors)}
    others = {other.partition(";")[0]: {"schema": {"type": "string"}} for other in also}
    content = {**others, media_type: {"schema": {"type": "object"}}}
    right = {good: {"description": description, "content": content}}
    other = {"default": {"description": ANY_OTHER, "content": _REFUSAL}}
    return {"responses": {**right, **problems, **other}, "response_model": None}


def id_of(kind: str, description: str, example: str | None = None) -> Any:
    """A path parameter that takes the id of something stored; the description's example is one that is, unless there
    is one that always is."""
    examples = None if example is None else [example]
    return Path(alias="id", description=description, examples=examples, json_schema_extra={"x-id-of": kind})


def operation_id(route: APIRoute) -> str:
    return route.name


def refuse_unknown(request: Request) -> None:
    """A misspelt filter would be a wider answer than was asked for: only documented parameters are taken, once each."""
    path = request.app.openapi()["paths"].get(request.scope["route"].path)
    if path is None:
        return
    operation = path[request.method.lower()]
    known = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            right = f"one of {', '.join(known)}" if known else "no parameter at all"
            raise BadParameter(name, f"there is no such parameter{meant(name, known)}", right)
        # Some desktop programs say twice what the address of a collection said once.
        if given.setdefault(name, value) != value:
            raise BadParameter(name, "it is given more than once", "one value; several words with commas between")
        if "\0" in value:
            raise BadParameter(name, "it holds a NUL character", "text without it")
