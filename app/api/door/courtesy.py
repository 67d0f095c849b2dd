"""What HTTP asks of every answer: HEAD wherever there is GET, leave for scripts of any page to read it, no guessing of
media types, refusals that people can read, and nothing of a mistake on this side but that there was one."""

import logging

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.answer.errors import bug
from app.api.pages.problem import for_people

log = logging.getLogger(__name__)

HEAD = "frontline.head"
"""In the scope of a HEAD request, which routes see as a GET: what is long in the making need not be made."""
REQUEST_ID = "X-Request-ID"
EXPOSED = (
    "ETag", "Last-Modified", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "Tile-Complete", REQUEST_ID,
)  # fmt: skip
ALWAYS = {
    # Of any origin, and without credentials: there are none. It is said always, so that caches keep one copy for all.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in ALWAYS.items()]
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": (
        "Accept, Authorization, Content-Type, If-Modified-Since, If-None-Match, X-API-Key, X-Request-ID, *"
    ),
    "Access-Control-Max-Age": "86400",
}
HTML_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
"""For pages that do not say better what they load."""


class Courtesy:
    """Answers HEAD as GET without the body, and completes the headers of every answer, also of those to mistakes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head, begun = scope["method"] == "HEAD", False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _complete(message)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if scope["method"] == "OPTIONS" and _is_preflight(scope):
            await Response(status_code=204, headers=PREFLIGHT)(scope, receive, sent)
            return
        inner = {**scope, "method": "GET", HEAD: True} if head else scope
        told = for_people(inner, sent)
        try:
            await self.app(inner, receive, told)
        except Exception:  # whatever it is: the client learns that there was a mistake, the log which
            log.exception("request %s failed", scope.get("request_id"))
            if begun:
                raise  # a whole answer it cannot become: the server breaks off the connection
            await bug(scope.get("request_id")).response()(inner, receive, told)
        finally:
            if "route" in inner:
                scope["route"] = inner["route"]


def _is_preflight(scope: Scope) -> bool:
    return any(name == b"access-control-request-method" for name, _ in scope["headers"])


def _complete(message: Message) -> None:
    given = dict[bytes, bytes](message["headers"])
    more = _ALWAYS
    if message["status"] >= 400:
        more = [*more, (b"cache-control", b"no-store")]
    if given.get(b"content-type", b"").startswith(b"text/html"):
        more = [*more, (b"content-security-policy", HTML_POLICY.encode())]
    message["headers"] = [*message["headers"], *(header for header in more if header[0] not in given)]
