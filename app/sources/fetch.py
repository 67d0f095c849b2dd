"""One page from the web, within limits of size, time, redirects and whom it may be asked of."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

import httpx

from app.domain.errors import FetchError
from app.sources.address import PublicOnly, Resolver, resolve_host
from app.sources.clean import decode

_TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/json", "application/x-ndjson")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered. `url` is the last one, after redirects."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Limits:
    max_bytes: int = 5_000_000
    """Of the body, unpacked."""
    seconds: float = 30
    """For the whole, redirects included."""
    redirects: int = 5


class Fetcher:
    """Fetches pages. `transport` is the way out (tests give httpx.MockTransport); `private` allows addresses that are
    not on the public internet: only for addresses typed by the person who runs the command, never for one in a request.
    Proxies named in the environment are not used: behind one, no address could be checked.
    """

    def __init__(
        self,
        *,
        transport: httpx.BaseTransport | None = None,
        resolve: Resolver = resolve_host,
        private: bool = False,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or Limits()
        self._clock = clock
        # No connection is kept: one to a shared address must not serve a second name under the first one's certificate.
        way_out = transport or httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False)
        self._client = httpx.Client(
            transport=way_out if private else PublicOnly(way_out, resolve),
            follow_redirects=True,
            max_redirects=self._limits.redirects,
            timeout=httpx.Timeout(min(10.0, self._limits.seconds)),
            trust_env=False,
            headers={"User-Agent": "frontline-map-api", "Accept": "text/html, text/plain;q=0.9, */*;q=0.1"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, url: str) -> Page:
        """Raises FetchError for an address that could not be fetched or must not be, UnreadableReport for no text."""
        _refuse_credentials(url)
        deadline = self._clock() + self._limits.seconds
        with _as_fetch_errors(url), self._client.stream("GET", url) as response:
            if not response.is_success:
                raise FetchError(f"{url} answered {response.status_code} {response.reason_phrase}".rstrip())
            kind = response.headers.get("content-type", "text/html").lower()
            if not kind.startswith(_TEXTUAL):
                raise FetchError(f"{url} is {kind}, not a text")
            content = b"".join(self._body(url, response, deadline))
        return Page(str(response.url), decode(content, response.charset_encoding))

    def _body(self, url: str, response: httpx.Response, deadline: float) -> Iterator[bytes]:
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > self._limits.max_bytes:
                raise FetchError(f"{url} is larger than {self._limits.max_bytes:,} bytes")
            if self._clock() > deadline:
                raise FetchError(f"{url} took longer than {self._limits.seconds:g} seconds")
            yield chunk


def _refuse_credentials(url: str) -> None:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(f"{url} is no address: {error}") from error
    if parsed.userinfo:
        raise FetchError("an address with a name and password in it is not fetched: it would be stored as the source")


@contextmanager
def _as_fetch_errors(url: str) -> Iterator[None]:
    try:
        yield
    except httpx.TooManyRedirects as error:
        raise FetchError(f"{url} redirects too often") from error
    except httpx.TimeoutException as error:
        raise FetchError(f"{url} did not answer in time") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(f"{url} could not be fetched: {error}") from error
