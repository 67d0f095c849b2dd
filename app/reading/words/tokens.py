"""Which words a stretch of a report has, as they are compared: small letters, one apostrophe, no ё; markup left out."""

import re
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from app.domain.text import Span

_MARKUP = r"</?[A-Za-z][^<>]{0,4000}>|https?://[^\s<>]{1,2000}|&[a-z]{2,8};|\*\*+|__+"
_PLAIN = (
    r"[A-Za-zА-Яа-яЁёІіЇїЄєҐґ]++(?=[ .,])"  # most words, told apart quickly from what is left of all words
    r"|[^\W\d_]+(?:['’ʼ`´ʹ\u2010\u2011\u00ad\u200b\u0301-]{1,2}[^\W_]+)*\u0301?"
    r"|\d+(?:[.,:/]\d+)*"  # numbers, hours, dotted dates
    r"|[^\w\s\u200b\ufe0f\u200d]"
)
_TOKEN = re.compile(f"({_PLAIN})")
_TOKEN_OR_MARKUP = re.compile(f"({_MARKUP}|{_PLAIN})")
_MARKED_UP = re.compile("[<&*_/]")
"""What all markup has."""
_IS_MARKUP = re.compile(_MARKUP)
QUOTES = frozenset('"«»“”„‟')
_SAME = str.maketrans("’ʼ`´ʹ‐‑ёѐѝ", "'''''--еей", "\u0301\u00ad\u200b")


class Tokens(NamedTuple):
    """The words, numbers and marks of a stretch of a report, side by side."""

    words: list[str]
    """As they are compared…"""
    written: list[str]
    """…and as they are written."""
    starts: list[int]
    """Where each begins in the report…"""
    ends: list[int]
    """…and ends."""

    def capital(self, index: int) -> bool:
        return self.written[index][0].isupper()

    def after(self, count: int) -> "Tokens":
        """Without the first `count`."""
        return Tokens(self.words[count:], self.written[count:], self.starts[count:], self.ends[count:])


@lru_cache(maxsize=8_192)
def normal(word: str) -> str:
    return word.lower().translate(_SAME)


class _Compared(dict[str, str]):
    """Of each word as it is written, what it is compared as; "" for markup and lone accents."""

    def __missing__(self, word: str) -> str:
        compared = "" if _IS_MARKUP.fullmatch(word) else normal(word)
        if len(self) < _REMEMBERED and len(word) < _LONGEST:
            self[word] = compared
        return compared


_REMEMBERED, _LONGEST = 65_536, 100
_COMPARED = _Compared()


def tokens(text: str, span: Span) -> Tokens:
    """The words, numbers and marks of `text[span]`, in order."""
    stretch = text[span.start : span.end]
    pieces = (_TOKEN_OR_MARKUP if _MARKED_UP.search(stretch) else _TOKEN).split(stretch)
    edges = list(accumulate(map(len, pieces), initial=span.start))
    written = pieces[1::2]
    words = list(map(_COMPARED.__getitem__, written))
    found = Tokens(words, written, edges[1:-1:2], edges[2::2])
    return _without_nothing(found) if "" in words else found


def _without_nothing(found: Tokens) -> Tokens:
    kept = [i for i, word in enumerate(found.words) if word]
    return Tokens(*([row[i] for i in kept] for row in found))  # type: ignore[arg-type]
