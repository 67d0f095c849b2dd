"""A channel as Telegram Desktop exports it (result.json): each message with words in it is a text."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.errors import FetchError, ReportError, UnreadableReport
from app.domain.feed import Feed, Item
from app.domain.vocabulary import DateBasis, FailureReason
from app.sources.moments import day_of, parse_moment

MAX_BYTES = 50_000_000
"""Telegram Desktop writes some years of a busy channel into so much, pictures left out."""


def items(path: Path, feed: Feed, now: datetime) -> Iterator[Item | ReportError]:
    """In the order of the export. Raises ReportError for a file that is no such export."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableReport(f"{path}: larger than {MAX_BYTES:,} bytes; export fewer months at a time")
    try:
        export = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ReportError(f"{path}: it is not JSON ({error})") from error
    messages = export.get("messages") if isinstance(export, dict) else None
    if not isinstance(messages, list):
        raise FetchError(f'{path} is no export of a channel: there are no "messages" in it', FailureReason.WRONG_TYPE)
    for message in messages:
        if isinstance(message, dict) and message.get("type") == "message" and (text := _text(message.get("text"))):
            yield _item(message, text, feed, now)


def _item(message: dict[str, Any], text: str, feed: Feed, now: datetime) -> Item:
    number = message.get("id")
    day = day_of(_moment(message, "date", feed), feed.zone, now)
    return Item(
        address=f"{feed.address}#{number}",
        text=text,
        url=feed.permalink.replace("{id}", str(number)) if feed.permalink else None,
        published=day,
        basis=DateBasis.FEED if day else None,
        changed=_moment(message, "edited", feed),
    )


def _moment(message: dict[str, Any], name: str, feed: Feed) -> datetime | None:
    """The export carries seconds since 1970 beside the local time of whoever made it; old ones the latter only."""
    seconds = str(message.get(f"{name}_unixtime") or "")
    if seconds.isdecimal() and len(seconds) < 12:
        return datetime.fromtimestamp(int(seconds), UTC)
    return parse_moment(str(message.get(name) or ""), feed.zone)


def _text(said: Any) -> str:
    """A text, or a list of texts and of objects that mark links and bold words."""
    parts = said if isinstance(said, list) else [said]
    words = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "".join(word for word in words if isinstance(word, str)).strip()
