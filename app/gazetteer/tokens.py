"""Where are the words of a text, and which of them may stand together in one name?"""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.gazetteer.spelling import APOSTROPHES, HYPHENS, word_key

_MARKS = "\u0300\u0301\u00ad\u200b\u200c\u200d\u2060"
_LETTER = rf"[^\W\d_][{_MARKS}]*"
_WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|(?:{_LETTER})+(?:[{re.escape(APOSTROPHES)}](?:{_LETTER})+)*|\d+")
_POSSESSIVE = re.compile(rf"[{re.escape(APOSTROPHES)}][sS]$")
# One hyphen without spaces, or a little white space: texts come hard-wrapped, now and then with empty lines between.
_JOINS = re.compile(rf"[{re.escape(HYPHENS)}]|\s{{1,4}}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: `text[start:end]`. An English possessive ends before its apostrophe."""

    start: int
    end: int
    key: str
    capital: bool
    shout: bool
    """Two to five letters, all of them capitals: it may be an abbreviation such as США or UK."""
    joined: bool
    """Only a space, a line break or a hyphen stands between it and the word before."""


def tokenise(text: str) -> list[Token]:
    found: list[Token] = []
    last = -1
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        joined = last >= 0 and last < start and _JOINS.fullmatch(text, last, start) is not None
        if not word.isalpha():
            possessive = _POSSESSIVE.search(word)
            if possessive and word[possessive.start() - 1].isascii():
                word = word[: possessive.start()]
                end = start + len(word)
        last = end
        found.append(Token(start, end, _key(word), word[0].isupper(), 2 <= len(word) <= 6 and word.isupper(), joined))
    return found


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    return word_key(word.replace(".", ""))
