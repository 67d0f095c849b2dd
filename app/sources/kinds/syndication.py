"""RSS and Atom: each entry is a page to fetch, or, where it links to none, the text itself."""

import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from time import struct_time
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import feedparser
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.domain.digest import digest
from app.domain.errors import FetchError
from app.domain.feed import Feed, Item
from app.domain.vocabulary import DateBasis, FailureReason
from app.sources.address import parse_url, told
from app.sources.canonical import canonical
from app.sources.fetch import Answer
from app.sources.moments import day_of

_BEGINS = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_ENDS = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.{0,2000}?-->\s*)*\Z", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,500}>")
_BEGINNING = 4096
LOOSE_MAX_BYTES = 1_000_000
"""Of a feed that is no XML: what reads it nevertheless takes its time with large ones."""
ATTRIBUTES_MAX = 100
"""Of one element: the time that reading them takes grows with their square."""


def looks_like_feed(content: bytes) -> bool:
    return bool(_BEGINS.search(content[:_BEGINNING]))


def items(answer: Answer, feed: Feed, now: datetime) -> Iterator[Item | FetchError]:
    """In the order of the feed. Raises FetchError where there is no feed, and at the end of one that is cut short."""
    if not looks_like_feed(answer.content):
        raise FetchError(f"{answer.url} holds no RSS or Atom feed", FailureReason.WRONG_TYPE)
    _refuse_hostile(answer)
    parsed = feedparser.parse(
        BytesIO(answer.content),
        response_headers={
            "content-location": answer.url,
            "content-type": f"application/xml; charset={answer.charset}" if answer.charset else "application/xml",
        },
        resolve_relative_uris=False,  # inside texts; links are resolved all the same
        sanitize_html=False,  # nothing of it is shown as HTML
    )
    if not parsed.entries and parsed.bozo:
        raise FetchError(f"{answer.url} is a broken feed ({parsed.bozo_exception})", FailureReason.MALFORMED)
    for entry in parsed.entries:
        yield _item(entry, feed, answer.url, now)
    if not _ENDS.search(answer.content[-_BEGINNING:]):
        raise FetchError(f"{answer.url} is cut short after {len(parsed.entries)} entries", FailureReason.MALFORMED)


def _refuse_hostile(answer: Answer) -> None:
    try:
        root: Element = fromstring(answer.content)
    except DefusedXmlException as error:
        raise FetchError(
            f"{answer.url} declares entities of its own, which no feed needs", FailureReason.MALFORMED
        ) from error
    except (ParseError, ValueError, LookupError) as error:  # no XML: undeclared entities, a wrong encoding
        if len(answer.content) > LOOSE_MAX_BYTES:
            raise FetchError(f"{answer.url} is a broken feed ({error})", FailureReason.MALFORMED) from error
        return
    if any(len(element.attrib) > ATTRIBUTES_MAX for element in root.iter()):
        raise FetchError(f"{answer.url} has an element with too many attributes", FailureReason.MALFORMED)


def _item(entry: Any, feed: Feed, base: str, now: datetime) -> Item | FetchError:
    published = _moment(entry.get("published_parsed") or entry.get("created_parsed"))
    # Asked for by `get`, it would be the day of publication where there is none.
    changed = _moment(entry["updated_parsed"]) if "updated_parsed" in entry else None
    day = day_of(published, feed.zone, now)
    facts: dict[str, Any] = {
        "published": day,
        "basis": DateBasis.FEED if day else None,
        "title": _plain(entry.get("title")),
        "changed": changed if changed and changed <= now else None,
    }
    link, text = _link(entry), _text(entry)
    if not link and text:
        known_by = entry.get("id") or digest("entry", facts["title"], text)
        return Item(f"{feed.address}#{known_by}", text=text, **facts)
    try:
        return Item(canonical(str(parse_url(base).join(link))), **facts)
    except (FetchError, ValueError) as error:
        wrong = FetchError(f"an entry of {base} links to no page: {error}", FailureReason.BAD_ADDRESS)
        wrong.target = told(link)
        return wrong


def _link(entry: Any) -> str:
    link: str = entry.get("link") or ""
    known_by: str = entry.get("id") or ""
    return (link or (known_by if known_by.startswith(("http://", "https://")) else "")).strip()


def _text(entry: Any) -> str | None:
    """The whole text rather than the summary."""
    whole = max((each.get("value") or "" for each in entry.get("content", ())), key=len, default="")
    return whole or entry.get("summary") or None


def _plain(title: str | None) -> str | None:
    return " ".join(unescape(_TAG.sub(" ", title)).split()) or None if title else None


def _moment(parsed: struct_time | None) -> datetime | None:
    """feedparser gives Greenwich time."""
    try:
        return None if parsed is None else datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError):
        return None
