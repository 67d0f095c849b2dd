"""Which words a stretch of a report has, as they are compared: small letters, one apostrophe, no ё; markup left out."""

import re
from functools import lru_cache
from typing import NamedTuple

from app.domain.text import Span

_TOKEN = re.compile(
    r"(?!https?://)[^\W\d_]+(?:['’ʼ`´ʹ\u2010\u2011\u00ad\u200b\u0301-]{1,2}[^\W_]+)*\u0301?"  # words
    r"|\d+(?:[.,:/]\d+)*"  # numbers, hours, dotted dates
    r"|(?P<markup></?[A-Za-z][^<>]{0,4000}>|https?://[^\s<>]{1,2000}|&[a-z]{2,8};|\*\*+|__+)"
    r"|[^\w\s\u200b\ufe0f\u200d]"
)
_SAME = str.maketrans("’ʼ`´ʹ‐‑ёѐѝ", "'''''--еей", "\u0301\u00ad\u200b")


class Word(NamedTuple):
    """A word, number or mark: `norm` is compared, `start` and `end` point into the report."""

    norm: str
    start: int
    end: int
    capital: bool


@lru_cache(maxsize=65_536)
def normal(word: str) -> str:
    return word.lower().translate(_SAME)


class _Known(dict[str, tuple[str, bool]]):
    """Of each word as it is written, what it is compared as and whether it begins with a capital; "" for markup."""

    def __missing__(self, word: str) -> tuple[str, bool]:
        markup = _TOKEN.fullmatch(word)
        known = ("" if markup and markup["markup"] else normal(word), word[0].isupper())
        if len(self) < _REMEMBERED and len(word) < _LONGEST:
            self[word] = known
        return known


_REMEMBERED, _LONGEST = 65_536, 100
_KNOWN = _Known()


def tokens(text: str, span: Span) -> list[Word]:
    """The words, numbers and marks of `text[span]`, in order."""
    return [
        Word(norm, match.start(), match.end(), capital)
        for match in _TOKEN.finditer(text, span.start, span.end)
        for norm, capital in (_KNOWN[match.group()],)
        if norm
    ]
