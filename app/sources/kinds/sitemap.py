"""Sitemaps (sitemaps.org 0.9) with Google's news fields: pages to fetch, those edited last first."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.domain.errors import FetchError
from app.domain.feed import Feed, Item
from app.domain.vocabulary import DateBasis, FailureReason
from app.sources.canonical import canonical
from app.sources.fetch import Answer
from app.sources.moments import day_of, parse_moment
from app.sources.unpack import GZIP, PIECE, bounded, unpack

_BEGINS = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")
_BEGINNING = 4096
PARTS_MAX = 20
"""Sitemaps of an index that are asked for in one poll, the newest first."""
UNPACKED_MAX_BYTES = 50_000_000
"""The format's own limit."""
_NEVER = datetime.min.replace(tzinfo=UTC)


def looks_like_sitemap(content: bytes) -> bool:
    return bool(_BEGINS.search(_unpacked(content, _BEGINNING, "the sitemap", cut=True)[:_BEGINNING]))


def items(answer: Answer, feed: Feed, now: datetime, ask: Callable[[str], Answer]) -> Iterator[Item | FetchError]:
    """Raises FetchError where there is no sitemap; a part of an index that cannot be had is told in its place."""
    root = _parsed(answer)
    if _name(root) == "urlset":
        yield from _pages(root, feed, now)
        return
    for part in _newest(root, feed)[:PARTS_MAX]:
        try:
            inner = _parsed(ask(part))
        except FetchError as error:
            yield error
            continue
        if _name(inner) == "urlset":
            yield from _pages(inner, feed, now)
        else:  # an index names no index: following one could go on for ever
            yield FetchError(f"{part} is an index inside an index", FailureReason.MALFORMED)


def _pages(root: Element, feed: Feed, now: datetime) -> Iterator[Item | FetchError]:
    found = [(_edited(element, feed), element) for element in root if _name(element) == "url"]
    for changed, element in sorted(found, key=lambda pair: pair[0], reverse=True):
        day = day_of(parse_moment(_said(element, "publication_date"), feed.zone), feed.zone, now)
        address = _said(element, "loc") or ""
        try:
            yield Item(
                canonical(address),
                published=day,
                basis=DateBasis.FEED if day else None,
                title=_said(element, "title"),
                changed=None if changed == _NEVER or changed > now else changed,
            )
        except FetchError as error:
            yield error


def _newest(root: Element, feed: Feed) -> list[str]:
    parts = sorted(root, key=lambda element: _edited(element, feed), reverse=True)
    return list(dict.fromkeys(address for element in parts if (address := _said(element, "loc"))))


def _parsed(answer: Answer) -> Element:
    content = _unpacked(answer.content, UNPACKED_MAX_BYTES, answer.url)
    if not looks_like_sitemap(content):
        raise FetchError(f"{answer.url} holds no sitemap", FailureReason.WRONG_TYPE)
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise FetchError(f"{answer.url} is a broken sitemap ({error})", FailureReason.MALFORMED) from error
    return root


def _unpacked(content: bytes, limit: int, what: str, *, cut: bool = False) -> bytes:
    if not content.startswith(GZIP):
        return content
    pieces = unpack((content[at : at + PIECE] for at in range(0, len(content), PIECE)), "gzip")
    return next(pieces, b"") if cut else bounded(pieces, limit, what)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _said(element: Element, name: str) -> str | None:
    for each in element.iter():
        if _name(each) == name and each.text and each.text.strip():
            return each.text.strip()
    return None


def _edited(element: Element, feed: Feed) -> datetime:
    return parse_moment(_said(element, "lastmod"), feed.zone) or _NEVER
