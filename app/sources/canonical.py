"""The one address of a page that is reached by several: what differs without a difference is dropped."""

import tomllib
from pathlib import Path

import httpx

from app.domain.errors import FetchError
from app.sources.address import parse_url

_TRACKERS = tomllib.loads((Path(__file__).parent / "trackers.toml").read_text())["tracker"]
_NAMES = frozenset(name for group in _TRACKERS for name in group.get("names", ()))
_PREFIXES = tuple(prefix for group in _TRACKERS for prefix in group.get("prefixes", ()))
_SAME_SITE = ("www.", "m.", "amp.", "mobile.")
_SAME_PAGE = frozenset({"amp", "amp.html", "index.html", "index.php", ""})


def canonical(address: str, claimed: str | None = None) -> str:
    """`address` without fragment, default port and parameters that only track the reader; or what the page `claimed`
    to be its address, where that names the same page of the same site.

    A claim that names another page is not believed: sites are known that name their front page on every page, and
    all their reports would become revisions of one. Raises FetchError for no http(s) address.
    """
    own = _plain(parse_url(address))
    if not claimed:
        return str(own)
    try:
        other = _plain(parse_url(str(own.join(claimed.strip()))))
    except (FetchError, httpx.InvalidURL):
        return str(own)
    return str(other if _page(own) == _page(other) else own)


def _plain(url: httpx.URL) -> httpx.URL:
    kept = [pair for pair in url.query.split(b"&") if pair and not _tracks(pair)]
    port = None if url.port == {"http": 80, "https": 443}[url.scheme] else url.port
    return url.copy_with(fragment=None, port=port, query=b"&".join(kept) or None)


def _tracks(pair: bytes) -> bool:
    name = pair.partition(b"=")[0].decode("ascii", "replace").lower()
    return name in _NAMES or name.startswith(_PREFIXES)


def _page(url: httpx.URL) -> tuple[str, tuple[str, ...], bytes]:
    host = url.host
    for prefix in _SAME_SITE:
        host = host.removeprefix(prefix)
    steps = tuple(step for step in url.path.split("/") if step not in _SAME_PAGE)
    return host, steps, url.query
