"""The feeds that the program knows of, off until switched on; and whether an entry of the register is right."""

import re
import tomllib
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.errors import FeedError, FetchError
from app.domain.feed import Feed
from app.domain.vocabulary import FeedKind, Language, SpeakerSide
from app.sources.address import parse_url
from app.sources.look import ON_DISK

SHIPPED = Path(__file__).parent / "register.toml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_FIELDS = frozenset(field.name for field in fields(Feed))
_WORDS: dict[str, type[StrEnum]] = {"kind": FeedKind, "side": SpeakerSide, "lang": Language}
_TEXTS = ("address", "publisher", "zone", "licence", "quoting", "permalink")


def shipped() -> dict[str, Feed]:
    """By name."""
    entries: list[dict[str, Any]] = tomllib.loads(SHIPPED.read_text("utf-8"))["feed"]
    return {str(entry["name"]): build_feed(entry) for entry in entries}


def build_feed(said: dict[str, Any]) -> Feed:
    """An entry from its words. Raises FeedError, which says what is wrong and what would be right."""
    name = said.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise FeedError(
            f"“{name}” is no name of a feed: right are small letters, digits and hyphens, as in evening-wire"
        )
    if unknown := sorted(said.keys() - _FIELDS):
        raise FeedError(f"{name}: there is no {', '.join(unknown)}; right are {', '.join(sorted(_FIELDS))}")
    if missing := [key for key in ("address", "kind", "publisher") if not said.get(key)]:
        raise FeedError(f"{name}: {', '.join(missing)} must be given")
    for key in _TEXTS:
        if not isinstance(said.get(key, ""), str):
            raise FeedError(f"{name}: {key} must be a text, not {said[key]!r}")
    told = {**said, **{key: _word(name, key, said[key]) for key in _WORDS if said.get(key) is not None}}
    if "every" in said:
        told["every"] = int(_number(name, "every", said["every"], 60, 604_800))
    if "pause" in said:
        told["pause"] = _number(name, "pause", said["pause"], 0, 3600)
    if not isinstance(told.get("republishable", False), bool):
        raise FeedError(f"{name}: republishable is true or false, not {told['republishable']!r}")
    return _checked(Feed(**told))


def _checked(feed: Feed) -> Feed:
    _refuse_zone(feed)
    if feed.permalink is not None and "{id}" not in feed.permalink:
        raise FeedError(f"{feed.name}: a permalink has {{id}} in it, as in https://t.me/channel/{{id}}")
    if feed.kind in ON_DISK:
        if "://" in feed.address or not Path(feed.address).is_absolute():
            raise FeedError(f"{feed.name}: the address of a {feed.kind} is a full path, not “{feed.address}”")
        return feed
    try:
        parse_url(feed.address)
    except FetchError as error:
        raise FeedError(
            f"{feed.name}: {error}; the address of a {feed.kind} begins with https:// or http://"
        ) from error
    return feed


def _refuse_zone(feed: Feed) -> None:
    try:
        ZoneInfo(feed.zone)
    except (OSError, KeyError, ValueError) as error:  # not found, and not even a name of one
        raise FeedError(f"{feed.name}: “{feed.zone}” is no time zone; right is a name like Europe/Kyiv") from error


def _word(name: str, key: str, value: Any) -> StrEnum:
    vocabulary = _WORDS[key]
    if value not in list(vocabulary):
        raise FeedError(f"{name}: “{value}” is no {key}; right are {', '.join(vocabulary)}")
    return vocabulary(value)


def _number(name: str, key: str, value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise FeedError(f"{name}: {key} is a number of seconds from {least} to {most}, not {value!r}")
    return value
