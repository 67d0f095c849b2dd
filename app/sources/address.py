"""Which addresses may be fetched: the web ports of the public internet, checked at the moment of connecting.

A name is resolved here and the connection goes to the very address that was checked, so that a name which resolves
differently a moment later (DNS rebinding) reaches nothing. How an address was written (decimal, octal, hexadecimal,
short, by name, in a redirect) makes no difference: what counts is the number that the system would connect to.
"""

import re
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread

import httpx

from app.domain.errors import FetchError
from app.domain.vocabulary import FailureReason

Resolver = Callable[[str, int, float], list[str]]
"""From host, port and seconds to wait. Raises OSError for a name that does not resolve, TimeoutError when late."""
Network = IPv4Network | IPv6Network
Origin = tuple[str, int]
"""Host in lower case, and port."""

WEB_PORTS = frozenset({80, 443, 8080, 8443})
"""Reached on the public internet: no press office answers elsewhere, and other ports speak other protocols."""

# IANA's registry of special-purpose IPv4 addresses (RFC 6890 and after), and multicast; then the same of IPv6, inside
# what is global unicast: all outside 2000::/3 is none.
_SPECIAL = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4
240.0.0.0/4
2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28 2001:30::/28 2001:db8::/32 2620:4f:8000::/48 3fff::/20
"""
_INSIDE = tuple(map(ip_network, _SPECIAL.split()))
_GLOBAL = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
# RFC 5214, section 6.1: the interface identifier of ISATAP, with the universal bit or without.
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def resolve_host(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host, in the system's order."""
    found: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            found.put([str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except (OSError, UnicodeError, ValueError, OverflowError) as error:
            found.put(error)

    # The system's resolver takes no time limit; a thread that it keeps is left behind.
    Thread(target=ask, daemon=True).start()
    try:
        answer = found.get(timeout=max(seconds, 0))
    except Empty:
        raise TimeoutError(f"{host} took too long to resolve") from None
    if isinstance(answer, Exception):
        raise OSError(str(answer)) from answer
    return answer


def is_public(address: str) -> bool:
    """Whether an address, and any IPv4 address carried inside it, belongs to the public internet."""
    outer = ip_address(address.partition("%")[0])
    if isinstance(outer, IPv6Address) and outer not in _GLOBAL and outer not in _NAT64:
        mapped = outer.ipv4_mapped
        return mapped is not None and is_public(str(mapped))
    return not any(inner in network for inner in (outer, *_carried(outer)) for network in _INSIDE)


def _carried(address: IPv4Address | IPv6Address) -> Iterable[IPv4Address]:
    if isinstance(address, IPv4Address):
        return
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64 or int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be connected to besides the public web."""

    networks: tuple[Network, ...] = ()
    """Allowed by the settings, on any port."""
    typed: frozenset[Origin] = frozenset()
    """Typed by the person who runs the command; never what stands in a request, a feed or a redirect."""

    def typing(self, url: str) -> "Reach":
        """This, with the host and port of an address that a person typed. Raises FetchError for no address."""
        return Reach(self.networks, self.typed | {origin(parse_url(url))})

    def addresses(self, host: str, port: int, found: Sequence[str]) -> list[str]:
        """Those of `found` to connect to. Raises FetchError where any of them must not be, or none is left."""
        if (host.lower(), port) in self.typed:
            return list(found)
        inside = [each for each in found if not (is_public(each) or self._allowed(each))]
        if inside or not found:
            raise FetchError(
                f"{host} is not on the public internet ({', '.join(inside) or 'no address'}); where it may be asked "
                "all the same, name its network in FRONTLINE_ALLOWED_NETWORKS",
                FailureReason.NOT_PUBLIC,
            )
        if port not in WEB_PORTS and not all(map(self._allowed, found)):
            ports = ", ".join(map(str, sorted(WEB_PORTS)))
            raise FetchError(f"port {port} of {host} is not asked; right are {ports}", FailureReason.BAD_ADDRESS)
        return list(found)

    def refuse_number(self, url: httpx.URL) -> None:
        """Raises FetchError for an address inside that is written as a number: told before it is ever asked."""
        host, port = origin(url)
        try:
            ip_address(host)
        except ValueError:
            return
        self.addresses(host, port, [host])

    def _allowed(self, address: str) -> bool:
        number = ip_address(address.partition("%")[0])
        mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else None
        return any((mapped or number) in network for network in self.networks)


def told(url: str) -> str:
    """An address as it may be shown and stored: without what may be a password, and not without end."""
    return _PASSWORD.sub("//…@", url)[:500]


def parse_url(url: str) -> httpx.URL:
    """An http(s) address with a host, without name and password. Raises FetchError for anything else."""
    try:
        parsed = httpx.URL(url)
        port = parsed.port
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError(f"{told(url)!r} is no address", FailureReason.BAD_ADDRESS) from error
    if parsed.scheme not in ("http", "https") or not parsed.host or port == 0:
        raise FetchError(f"{told(url)!r} is no http or https address", FailureReason.BAD_ADDRESS)
    if parsed.userinfo:
        raise FetchError(
            "an address with a name and password in it is not fetched: it would be stored as the source",
            FailureReason.BAD_ADDRESS,
        )
    if len(url) > _LONGEST:
        raise FetchError(f"{url:.80}… is longer than {_LONGEST} characters", FailureReason.BAD_ADDRESS)
    return parsed


_LONGEST = 2048
_PASSWORD = re.compile(r"//[^/?#]*@")


def origin(url: httpx.URL) -> Origin:
    return url.host.lower(), url.port or (443 if url.scheme == "https" else 80)
