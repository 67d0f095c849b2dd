"""Whether two texts are told in the same words, and whether they quote the same words.

MinHash estimates what share of their shingles two texts have in common. Here claims are found by place and day before
they are compared, so that they are few, and one sentence long: the share itself costs microseconds, needs less room
than a sketch that estimates it, and has no error.
"""

import re
from functools import lru_cache
from itertools import pairwise

SAME_WORDS = 0.5
"""Share of the shorter text's pairs of words from which on the two are copies: an outlet changes the frame of a
sentence ("…, the General Staff said"), a tense and an article."""
TELLING = 5
"""Words; shorter texts are alike only where they are the same."""
KEPT = 8192

_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
_QUOTED = re.compile(r"“([^“”]+)”|«([^«»]+)»|„([^„“”]+)[“”]|\"([^\"\n]+)\"")


def likeness(one: str, other: str) -> float:
    """Share of the pairs of neighbouring words of the shorter text that the other one has too: 0 to 1."""
    first, second = _pairs(one), _pairs(other)
    fewer = min(len(first), len(second))
    if fewer < TELLING - 1:
        return float(_words(one) == _words(other) != ())
    return len(first & second) / fewer


def quote_the_same(one: str, other: str) -> bool:
    """True where both hold the same direct quotation of at least `TELLING` words."""
    return not _quotations(one).isdisjoint(_quotations(other))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


@lru_cache(KEPT)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(_words(text)))


@lru_cache(KEPT)
def _quotations(text: str) -> frozenset[tuple[str, ...]]:
    quoted = (_words("".join(groups)) for groups in _QUOTED.findall(text))
    return frozenset(words for words in quoted if len(words) >= TELLING)
