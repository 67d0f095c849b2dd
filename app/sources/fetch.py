"""One address of the web, within limits of size, time, redirects, and of whom it may be asked, and how often."""

import random
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from typing import Self

import httpx

from app import __version__
from app.domain.errors import FetchError
from app.domain.feed import Validators
from app.domain.vocabulary import FailureReason
from app.sources.address import Reach, Resolver, parse_url, resolve_host
from app.sources.clean import decode
from app.sources.network import Way
from app.sources.pace import Pace, Turn, local_turns
from app.sources.robots import MAX_BYTES as ROBOTS_MAX_BYTES
from app.sources.robots import Robots
from app.sources.unpack import bounded, unpack

PRODUCT = "frontline-map-api"
"""The name that a robots.txt knows this program by."""
_NEVER_TEXT = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip")
"""By its own word. Whatever else a server calls its content, what it holds decides."""
_ACCEPT = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered. `url` is the last one, after redirects."""

    url: str
    content: bytes
    charset: str | None
    validators: Validators
    unchanged: bool = False
    """It is what was seen before; then `content` may be empty."""

    @property
    def text(self) -> str:
        """Raises UnreadableReport where it is none."""
        return decode(self.content, self.charset)


@dataclass(frozen=True, slots=True)
class Limits:
    max_bytes: int = 10_000_000
    """Of the body, unpacked."""
    seconds: float = 30
    """For one attempt, redirects included; waiting for one's turn is not."""
    redirects: int = 5
    attempts: int = 3
    """At an answer that may be better a moment later."""
    patience: float = 10
    """Seconds between attempts at most: who asks for more is asked again at another time."""
    pause: float = 0
    """Seconds between two requests to one host, where nobody wants more."""


class Fetcher:
    """Fetches what stands at addresses. `reach` is what may be connected to besides the public web; `turn` says when
    a host may be asked; `transport` replaces the network (tests give httpx.MockTransport).
    """

    def __init__(
        self,
        *,
        reach: Reach | None = None,
        limits: Limits | None = None,
        contact: str | None = None,
        turn: Turn | None = None,
        resolve: Resolver = resolve_host,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._reach = reach or Reach()
        self._limits = limits or Limits()
        self._resolve = resolve
        self._transport = transport
        self._clock = clock
        self._sleep = sleep
        self._pace = Pace(turn or local_turns(clock), sleep)
        self._robots = Robots(self._ask_robots, PRODUCT, clock)
        self._headers = {
            "User-Agent": f"{PRODUCT}/{__version__}" + (f" (+{contact})" if contact else ""),
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._transport:
            self._transport.close()

    def get(self, url: str, seen: Validators | None = None, pause: float = 0) -> Answer:
        """What stands at `url`; the answer is `unchanged` where it is as `seen`. `pause`: seconds owed to its host.

        Raises FetchError, with its reason, for an address that could not be fetched or must not be.
        """
        for attempt in range(1, self._limits.attempts + 1):
            try:
                return self._attempt(url, seen or Validators(), max(pause, self._limits.pause))
            except FetchError as error:
                if error.reason is not FailureReason.BAD_ADDRESS:  # which may have a password in it
                    error.target = url
                wait = error.retry_after or 2 ** (attempt - 1) * random.uniform(0.5, 1)  # noqa: S311 — no secret
                if attempt == self._limits.attempts or error.reason not in _AT_ONCE or wait > self._limits.patience:
                    raise
                self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _attempt(self, url: str, seen: Validators, pause: float) -> Answer:
        passed: set[httpx.URL] = set()
        address = parse_url(url)
        while len(passed) <= self._limits.redirects:
            if address in passed:
                raise FetchError(f"{url} redirects in a circle", FailureReason.REDIRECTS)
            passed.add(address)
            wanted = max(pause, self._robots.pause(address))
            conditions = _conditions(address, seen)
            with self._pace.of(address.host, wanted), self._asked(address, conditions) as response:
                if conditions and response.status_code == HTTPStatus.NOT_MODIFIED:
                    return Answer(str(address), b"", None, seen, unchanged=True)
                if not response.has_redirect_location:
                    return self._answer(address, response, seen)
            address = _redirected(address, response)
        raise FetchError(f"{url} redirects more than {self._limits.redirects} times", FailureReason.REDIRECTS)

    def _answer(self, address: httpx.URL, response: httpx.Response, seen: Validators) -> Answer:
        _refuse_status(address, response)
        kind = response.headers.get("content-type", "").strip().lower()
        if kind.startswith(_NEVER_TEXT):
            raise FetchError(f"{address} is {kind:.80}, not a text", FailureReason.WRONG_TYPE)
        content = bounded(self._body(response), self._limits.max_bytes, str(address))
        now = Validators(
            url=str(address),
            etag=_short(response.headers.get("etag")),
            modified=_short(response.headers.get("last-modified")),
            digest=sha256(content).hexdigest(),
        )
        same = now.url == seen.url and now.digest == seen.digest
        return Answer(str(address), content, response.charset_encoding, now, unchanged=same)

    @contextmanager
    def _asked(self, address: httpx.URL, conditions: dict[str, str]) -> Iterator[httpx.Response]:
        deadline = self._clock() + self._limits.seconds
        way = self._transport or Way(self._reach, self._resolve, lambda: deadline - self._clock(), _certificates())
        timeout = httpx.Timeout(min(10.0, self._limits.seconds)).as_dict()
        request = httpx.Request("GET", address, headers=self._headers | conditions, extensions={"timeout": timeout})
        try:
            with _as_fetch_errors(address):
                response = way.handle_request(request)
                response.request = request
                response.extensions["deadline"] = deadline
                with closing(response):
                    yield response
        finally:
            if self._transport is None:
                way.close()

    def _body(self, response: httpx.Response) -> Iterator[bytes]:
        encoding = response.headers.get("content-encoding", "")
        for piece in unpack(response.iter_raw(), encoding):
            if self._clock() > response.extensions["deadline"]:
                raise FetchError(
                    f"{response.url} took longer than {self._limits.seconds:g} seconds", FailureReason.TIMEOUT
                )
            yield piece

    def _ask_robots(self, address: httpx.URL) -> str | None:
        """None where the site has none, or none that can be read: then everything is allowed."""
        for _ in range(self._limits.redirects + 1):
            with self._pace.of(address.host, self._limits.pause), self._asked(address, {}) as response:
                if not response.has_redirect_location:
                    if response.is_client_error and response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                        return None
                    _refuse_status(address, response)
                    return _beginning(self._body(response), ROBOTS_MAX_BYTES).decode("utf-8", "replace")
            address = _redirected(address, response)
        return None


_AT_ONCE = frozenset({FailureReason.UNREACHABLE, FailureReason.BUSY, FailureReason.SERVER_ERROR})
"""Failures that may be over in a moment. One that took its time, or that a name server told, is tried again later."""


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _conditions(address: httpx.URL, seen: Validators) -> dict[str, str]:
    """Only for the address that gave them: another one's may be equal by chance, and its news would be missed."""
    if str(address) != seen.url:
        return {}
    headers = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    return {name: value for name, value in headers.items() if value}


def _redirected(address: httpx.URL, response: httpx.Response) -> httpx.URL:
    location = response.headers["location"]
    try:
        return parse_url(str(address.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{address} redirects to {location!r:.200}, no address", FailureReason.REDIRECTS) from error


def _refuse_status(address: httpx.URL, response: httpx.Response) -> None:
    if response.is_success and response.status_code != HTTPStatus.NO_CONTENT:
        return
    status = response.status_code
    retry_after = _seconds(response.headers.get("retry-after"))
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.SERVICE_UNAVAILABLE and retry_after):
        reason = FailureReason.BUSY
    elif response.is_server_error:
        reason = FailureReason.SERVER_ERROR
    else:
        reason = _STATUS.get(status, FailureReason.REFUSED)
    raise FetchError(f"{address} answered {status} {response.reason_phrase:.80}".rstrip(), reason, retry_after)


_STATUS = {
    404: FailureReason.GONE,
    410: FailureReason.GONE,
    401: FailureReason.FORBIDDEN,
    402: FailureReason.FORBIDDEN,
    403: FailureReason.FORBIDDEN,
    407: FailureReason.FORBIDDEN,
    451: FailureReason.FORBIDDEN,
}


def _seconds(retry_after: str | None) -> float | None:
    """RFC 9110, section 10.2.3: seconds or a date; None for anything else."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return min(float(retry_after), _DAY)
    try:
        when = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max((aware - datetime.now(UTC)).total_seconds(), 0), _DAY)


_DAY = 86_400.0


def _short(header: str | None) -> str | None:
    """A validator as it is sent back; one of absurd length is not kept."""
    return header if header and len(header) <= 512 else None


def _beginning(pieces: Iterator[bytes], size: int) -> bytes:
    taken = bytearray()
    for piece in pieces:
        taken += piece
        if len(taken) >= size:
            break
    return bytes(taken[:size])


@contextmanager
def _as_fetch_errors(address: httpx.URL) -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise FetchError(f"{address} did not answer in time", FailureReason.TIMEOUT) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        told = str(error) or type(error).__name__
        raise FetchError(f"{address} could not be fetched: {told:.300}", FailureReason.UNREACHABLE) from error
