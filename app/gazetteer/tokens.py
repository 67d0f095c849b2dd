"""Where are the words of a text, and which of them may stand together in one name?"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from app.gazetteer.spelling import APOSTROPHES, HYPHENS, word_key

_MARKS = "\u0300\u0301\u00ad\u200b\u200c\u200d\u2060"
_LETTERS = rf"[^\W\d_]+(?:[{_MARKS}][^\W\d_]*)*"
_WORD = re.compile(rf"((?:[A-Z]\.){{2,}}|{_LETTERS}(?:[{re.escape(APOSTROPHES)}]{_LETTERS})*|\d+)")
_POSSESSIVE = re.compile(rf"[{re.escape(APOSTROPHES)}][sS]$")
# One hyphen without spaces, or a little white space: texts come hard-wrapped, now and then with empty lines between.
_JOINS = re.compile(rf"[{re.escape(HYPHENS)}]|\s{{1,4}}")
# A dash between spaces, which parts the names of an axis and joins those of a canal.
_DASHED = re.compile(rf"[ \u00a0][{re.escape(HYPHENS)}][ \u00a0]")


@dataclass(frozen=True, slots=True)
class Word:
    """What the letters of one word say, wherever it stands."""

    key: str
    capital: bool
    shout: bool
    """Two to six letters, all of them capitals: it may be an abbreviation such as США or UK."""
    length: int
    """An English possessive ends before its apostrophe."""
    possessive: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in order; each begins at its start and stands behind its gap."""

    words: list[Word]
    _starts: list[int]
    _gaps: list[str]

    def start(self, index: int) -> int:
        return self._starts[index]

    def end(self, index: int) -> int:
        return self._starts[index] + self.words[index].length

    def joined(self, index: int) -> bool:
        """Whether only a space, a line break or a hyphen stands between a word and the one before."""
        if index == 0 or self.words[index - 1].possessive:
            return False
        gap = self._gaps[index]
        return gap == " " or _JOINS.fullmatch(gap) is not None

    def dashed(self, index: int) -> bool:
        """Whether a dash between spaces parts a word from the one before: «Сіверський Донець – Донбас»."""
        return index > 0 and _DASHED.fullmatch(self._gaps[index]) is not None


def tokenise(text: str) -> Tokens:
    pieces = _WORD.split(text)
    starts = list(accumulate(map(len, pieces), initial=0))
    return Tokens(list(map(_word, pieces[1::2])), starts[1::2], pieces[::2])


@lru_cache(maxsize=20_000)
def _word(said: str) -> Word:
    word = said
    possessive = None if said.isalpha() else _POSSESSIVE.search(said)
    if possessive and said[possessive.start() - 1].isascii():
        word = said[: possessive.start()]
    key = word_key(word.replace(".", ""))
    shout = 2 <= len(word) <= 6 and word.isupper()
    return Word(key, word[0].isupper(), shout, len(word), len(word) < len(said))
