"""How an answer goes out: with a strong validator, compressed where the client takes it, or as "not modified"."""

import gzip
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app.domain.digest import digest

GEOJSON = "application/geo+json"
JSON = "application/json"
SCHEMA = "application/schema+json"
HTML = "text/html; charset=utf-8"
GZIP_FROM, THREAD_FROM = 1_000, 100_000
"""Bytes: below the first, compressing gains nothing; from the second on it would hold up other requests."""
REVALIDATE = "public, max-age=0, must-revalidate"


def validator(request: Request, *state: str | float) -> str:
    """Names the answer to this very address in this state of data and code: known before the answer is made."""
    return digest("answer", str(request.url), request.headers.get("accept", ""), *state)


def unchanged(request: Request, tag: str) -> Response | None:
    """304 where the client holds this answer, in whichever encoding."""
    held = {each.strip().removeprefix("W/").strip('"') for each in request.headers.get("if-none-match", "").split(",")}
    for variant in (tag, f"{tag}-gzip"):
        if variant in held:
            return Response(status_code=304, headers=caching(variant))
    return None


async def answer(
    request: Request,
    text: str | bytes,
    media_type: str,
    tag: str,
    *,
    changed: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Strong validators differ by encoding, since the bytes do (RFC 9110, 8.8.3.3)."""
    body = text if isinstance(text, bytes) else text.encode()
    extra = {**(headers or {}), **(last_modified(changed) if changed else {})}
    if len(body) >= GZIP_FROM and takes_gzip(request):
        tag, extra["Content-Encoding"] = f"{tag}-gzip", "gzip"
        body = await run_in_threadpool(_compressed, body) if len(body) >= THREAD_FROM else _compressed(body)
    return Response(body, headers={**caching(tag), **extra}, media_type=media_type)


def compact(value: object) -> str:
    """JSON without blanks; ValueError for a number that JSON does not know."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def spliced(members: Mapping[str, object], name: str, text: str) -> str:
    """A JSON object of `members` and one more, of which the text is there already."""
    return f'{compact(members)[:-1]},"{name}":{text}}}'


def takes_gzip(request: Request) -> bool:
    """True where `Accept-Encoding` names gzip, or anything, and does not rule it out with q=0."""
    weights: dict[str, float] = {}
    for offer in request.headers.get("accept-encoding", "").split(","):
        coding, _, parameter = offer.partition(";")
        weight = parameter.replace(" ", "").removeprefix("q=")
        weights[coding.strip().lower()] = 0.0 if weight.strip("0.") == "" and weight else 1.0
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def last_modified(changed: datetime) -> dict[str, str]:
    return {"Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True)}


def _compressed(body: bytes) -> bytes:
    # No file time inside, so that the same answer is the same bytes.
    return gzip.compress(body, compresslevel=1, mtime=0)


def caching(tag: str) -> dict[str, str]:
    return {"ETag": f'"{tag}"', "Cache-Control": REVALIDATE, "Vary": "Accept, Accept-Encoding"}
