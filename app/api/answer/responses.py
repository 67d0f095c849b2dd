"""How an answer goes out: with a strong validator, compressed where the client takes it, or as "not modified"."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app.api.answer.compression import Encoding, chosen, compressed, encoded, variants
from app.domain.digest import digest

Json = dict[str, Any]
"""An object of JSON."""
GEOJSON = "application/geo+json"
JSON = "application/json"
SCHEMA = "application/schema+json"
HTML = "text/html; charset=utf-8"
THREAD_FROM = 100_000
"""Bytes from which on compressing would hold up other requests."""
STARTED = datetime.now(UTC)
"""Other code, or another gazetteer, may tell the same data otherwise."""
REVALIDATE = "public, max-age=0, must-revalidate"


def validator(request: Request, *state: str | float) -> str:
    """Names the answer to this very address in this state of data and code: known before the answer is made."""
    return digest("answer", str(request.url), request.headers.get("accept", ""), *state)


def unchanged(request: Request, tag: str) -> Response | None:
    """304 where the client holds this answer, in any encoding that it takes: told before it is made, and before it is
    known whether there is any, so that `*` is left to `answer`."""
    held = {each.strip().removeprefix("W/").strip('"') for each in request.headers.get("if-none-match", "").split(",")}
    for variant in variants(tag, _encodings(request)):
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
    """The answer in the encoding that the client likes best, or 304 where the client need not have it again."""
    if known := still_fresh(request, tag, changed):
        return known
    body = text if isinstance(text, bytes) else text.encode()
    extra = {**(headers or {}), **(last_modified(changed) if changed else {})}
    if encoding := chosen(_encodings(request), len(body)):
        tag, extra["Content-Encoding"] = encoded(tag, encoding), encoding
        large = len(body) >= THREAD_FROM
        body = await run_in_threadpool(compressed, encoding, body) if large else compressed(encoding, body)
    return Response(body, headers={**caching(tag), **extra}, media_type=media_type)


def still_fresh(request: Request, tag: str, changed: datetime | None) -> Response | None:
    """304 for `If-None-Match: *`, and for an `If-Modified-Since` that is not before the last change (RFC 9110, 13.1.2
    and 13.1.3; the first comes before the second), of an answer that there is."""
    held = request.headers.get("if-none-match")
    if held is not None:
        fresh = held.strip() == "*"
    elif "direction" in request.query_params:
        fresh = False  # parts of the front are dated: the same words may mean another area tomorrow
    else:
        since, told = _moment(request.headers.get("if-modified-since", "")), changed and _told(changed)
        fresh = since is not None and told is not None and told <= since
    if not fresh:
        return None
    variant = next(iter(variants(tag, _encodings(request))))
    return Response(status_code=304, headers={**caching(variant), **(last_modified(changed) if changed else {})})


def _moment(text: str) -> datetime | None:
    """Of a date as HTTP writes it; whatever else it may be counts as not said (RFC 9110, 13.1.3)."""
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _told(changed: datetime) -> datetime | None:
    """The second by which an answer had changed last: HTTP knows no fractions, and whoever is told the second before
    would miss what changes later in it. None until that second is over. The code may have changed, too."""
    latest = max(changed, STARTED).astimezone(UTC)
    whole = latest if latest.microsecond == 0 else latest.replace(microsecond=0) + timedelta(seconds=1)
    return whole if whole <= datetime.now(UTC) else None


def compact(value: object) -> str:
    """JSON without blanks; ValueError for a number that JSON does not know."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def spliced(members: Mapping[str, object], name: str, text: str) -> str:
    """A JSON object of `members` and one more, of which the text is there already."""
    return f'{compact(members)[:-1]},"{name}":{text}}}'


def encoding_for(request: Request) -> Encoding | None:
    """Of a body whose length is not known yet."""
    return chosen(_encodings(request))


def last_modified(changed: datetime) -> dict[str, str]:
    told = _told(changed)
    return {"Last-Modified": format_datetime(told, usegmt=True)} if told else {}


def caching(tag: str) -> dict[str, str]:
    return {"ETag": f'"{tag}"', "Cache-Control": REVALIDATE, "Vary": "Accept, Accept-Encoding"}


def _encodings(request: Request) -> str:
    return ",".join(request.headers.getlist("accept-encoding"))
