"""Which addresses may be fetched: those of the public internet, checked at the moment of connecting.

A name is resolved here and the connection goes to the address that was checked, so that a name which resolves
differently a moment later (DNS rebinding) reaches nothing. Every redirect is a request of its own and is checked too.
"""

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from app.domain.errors import FetchError

Resolver = Callable[[str, int], list[str]]

_NAT64 = ip_network("64:ff9b::/96")


def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order. Raises OSError for a name that does not resolve."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an address, and any IPv4 address carried inside it, belongs to the public internet."""
    outer = ip_address(address.partition("%")[0])
    return all(inner.is_global and not inner.is_multicast for inner in (outer, *_carried(outer)))


def _carried(address: IPv4Address | IPv6Address) -> Iterable[IPv4Address]:
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


class PublicOnly(httpx.BaseTransport):
    """Passes on requests to public addresses, by number; refuses all others with FetchError."""

    def __init__(self, inner: httpx.BaseTransport, resolve: Resolver = resolve_host) -> None:
        self._inner = inner
        self._resolve = resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        address = self._checked_address(request.url)
        numbered = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,  # holds Host with the name
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return self._inner.handle_request(numbered)

    def close(self) -> None:
        self._inner.close()

    def _checked_address(self, url: httpx.URL) -> str:
        try:
            addresses = self._resolve(url.host, url.port or (443 if url.scheme == "https" else 80))
        except (OSError, UnicodeError, OverflowError) as error:
            raise FetchError(f"the name {url.host} does not resolve ({error})") from error
        private = [address for address in addresses if not is_public(address)]
        if private or not addresses:
            raise FetchError(f"{url.host} is not on the public internet ({', '.join(private) or 'no address'})")
        return addresses[0]
