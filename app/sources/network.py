"""The way out: connections to checked addresses only, and no wait beyond the deadline of a fetch."""

import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import httpcore
import httpx

from app.domain.errors import FetchError
from app.domain.vocabulary import FailureReason
from app.sources.address import Reach, Resolver

Left = Callable[[], float]
"""Seconds left until the deadline."""
TRIED = 3
"""Addresses of a name that are tried one after the other."""


class Way(httpx.HTTPTransport):
    """Keeps no connection: one to a shared address must not serve a second name under the first one's certificate.

    Proxies named in the environment are not used: behind one, no address could be checked.
    """

    def __init__(self, reach: Reach, resolve: Resolver, left: Left, certificates: ssl.SSLContext) -> None:
        super().__init__(verify=certificates, trust_env=False)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates, max_keepalive_connections=0, network_backend=_Network(reach, resolve, left)
        )


class _Network(httpcore.NetworkBackend):
    """Sockets of this machine (unix) are not connected to: the base class refuses them."""

    def __init__(self, reach: Reach, resolve: Resolver, left: Left) -> None:
        self._reach = reach
        self._resolve = resolve
        self._left = left
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        def connect(address: str) -> httpcore.NetworkStream:
            seconds = _sooner(timeout, self._left())
            return _Stream(self._inner.connect_tcp(address, port, seconds, local_address, socket_options), self._left)

        addresses = self._reach.addresses(host, port, self._find(host, port))[:TRIED]
        for address in addresses[:-1]:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return connect(address)
        return connect(addresses[-1])

    def _find(self, host: str, port: int) -> list[str]:
        try:
            return self._resolve(host, port, self._left())
        except TimeoutError as error:
            raise FetchError(f"the name {host} took too long to resolve", FailureReason.TIMEOUT) from error
        except (OSError, UnicodeError) as error:
            raise FetchError(f"the name {host} does not resolve ({error})", FailureReason.UNRESOLVED) from error


class _Stream(httpcore.NetworkStream):
    """A stream whose every step ends at the deadline: a server that sends a byte now and then is not waited for."""

    def __init__(self, inner: httpcore.NetworkStream, left: Left) -> None:
        self._inner = inner
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _sooner(timeout, self._left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _sooner(timeout, self._left()))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _sooner(timeout, self._left())), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _sooner(timeout: float | None, left: float) -> float:
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this fetch is over")
    return left if timeout is None else min(timeout, left)
