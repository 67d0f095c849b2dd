"""Where the sentences of a passage begin and end."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from app.domain.text import Span, stripped
from app.reading.words.lists import word_list

# A full stop and the quote marks that close with it, before a new beginning; or a joined paragraph: "…here.,Russian".
_STOP = re.compile(
    r"(?P<mark>[.!?…][.!?…]*)[»”\"'’)\]*_]*(?:,(?=[A-ZА-ЯЇІЄҐ])|\s+(?=[\"'«“„(\[*_]*[A-ZА-ЯЁЇІЄҐ\d–—])|(?=\s+[^\w\s«“„\"'(,.;:]))"
)
# A bullet, number or picture at the head of a line begins a sentence whatever stood before.
_LINE = re.compile(r"\n\s*(?=[•▪▫■□●○◾◽➖►▶✔✅❗‼⚡🔴🔵🔻🔺💥🇺🇷*–—-]|\d{1,2}[.)]\s)")
_LAST_WORD = re.compile(r"(?<![\w'’.-])[\w'’.-]++$")
_LOOK_BACK = 24
_LONGEST = 4_000
"""Characters; a sentence that lists sixty villages has 1,000."""


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for entry in word_list("sentences")[kind] for word in entry["words"])


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of `text[span]`, in order, without the white space between them; empty for white space alone."""
    cuts = [m.end() for m in _STOP.finditer(text, span.start, span.end) if _ends(text, span.start, m)]
    cuts += [m.end() for m in _LINE.finditer(text, span.start, span.end)]
    edges = [span.start, *sorted(set(cuts)), span.end]
    pieces = (piece for start, end in pairwise(edges) for piece in _pieces(text, start, end))
    trimmed = (stripped(text, start, end) for start, end in pieces)
    return [Span(start, end) for start, end in trimmed if start < end]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch cut at white space where it is longer than any sentence, so that no text takes long."""
    while end - start > _LONGEST:
        cut = max(text.rfind(" ", start, start + _LONGEST), text.rfind("\n", start, start + _LONGEST))
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the full stop ends a sentence, or only an abbreviation or an initial."""
    if stop["mark"] != ".":
        return True
    before = text[max(start, stop.start() - _LOOK_BACK) : stop.start()]
    found = _LAST_WORD.search(before)
    if not found:
        return True
    word = found.group().lower()
    if word in _words("year") and before[: found.start()].rstrip()[-1:].isdigit():
        return True
    initial = len(word) == 1 and found.group().isupper() and found.group() not in "IЯ"
    return not (initial or word in _words("abbreviation"))
