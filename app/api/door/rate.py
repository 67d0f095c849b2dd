"""How many requests a client may send: a bucket of tokens for each, told in the RateLimit headers of every answer."""

import math
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.answer.errors import Problem
from app.domain.lately import Lately

WINDOW_SECONDS = 60
CLIENTS_MAX = 50_000
"""Buckets that are kept; the one that was used longest ago goes first, and a new one is full."""
EXEMPT = ("/healthz", "/readyz", "/metrics", "/map/", "/static-offline-docs/")
"""Those who watch over the server, and files that a page loads."""
NAME = "client"


class Buckets:
    """Each holds `quota` tokens, is filled at the rate of `quota` in a window, and pays a token for a request."""

    def __init__(self, quota: int, now: Callable[[], float] = time.monotonic) -> None:
        self.quota = quota
        self._now = now
        self._held = Lately[str, tuple[float, float]](CLIENTS_MAX)

    def take(self, client: str) -> float:
        """Tokens left after this request, from 0; a negative number where it has none to pay with."""
        now = self._now()
        tokens, then = self._held.pop(client, (float(self.quota), now))
        tokens = min(self.quota, tokens + (now - then) * self.quota / WINDOW_SECONDS)
        left = tokens - 1
        self._held[client] = (left if left >= 0 else tokens, now)
        return left

    def seconds(self, tokens: float) -> int:
        """Until so many tokens have come in."""
        return math.ceil(tokens * WINDOW_SECONDS / self.quota)


class RateLimit:
    """draft-ietf-httpapi-ratelimit-headers-10. `q` is the quota and `w` its window in seconds; `r` is what is left,
    and `t` the seconds until all of it is there again."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self.app = app
        self.buckets = buckets
        self.policy = f'"{NAME}";q={buckets.quota};w={WINDOW_SECONDS}'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(EXEMPT):
            await self.app(scope, receive, send)
            return
        buckets = self.buckets
        left = buckets.take(client_of(scope))
        told = f'"{NAME}";r={max(0, math.floor(left))};t={buckets.seconds(buckets.quota - max(0.0, left))}'

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["RateLimit-Policy"], headers["RateLimit"] = self.policy, told
            await send(message)

        if left >= 0:
            await self.app(scope, receive, sent)
            return
        detail = f"more than {buckets.quota} requests in {WINDOW_SECONDS} seconds; wait, then go on more slowly"
        refused = Problem(429, detail, headers={"Retry-After": str(max(1, buckets.seconds(-left)))})
        await refused.response()(scope, receive, sent)


def client_of(scope: Scope) -> str:
    """The client's address; of IPv6 the network of 64 bits, since one customer has all of it."""
    host: str = (scope.get("client") or ("", 0))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else host
