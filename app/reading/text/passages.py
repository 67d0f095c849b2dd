"""Where one paragraph, list item or heading ends and the next begins, and which heading governs which."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from app.domain.report import Passage
from app.domain.text import stripped
from app.domain.vocabulary import PassageKind
from app.reading.text.view import View
from app.reading.words.lexicon import Lexicon

_BREAK = re.compile(r"(?=[ \n])(?P<torn> ?)(?P<lines>\n+) ?")
_BULLETS = "•●◦▪▫■□◾◽◼◻►▶➡→✅✔❗‼⚡🔹🔸🔻🔺🔴🔵🟢🟡⚪⚫📍📌🗺💥🇺🇷"
_BULLET = re.compile(rf"[{_BULLETS}]")
_ITEM = re.compile(rf"\s*(?:[{_BULLETS}*+]|[-–]\s|\d{{1,2}}[.)]\s)")
_TERMINAL = re.compile(r"[.!?…:;][\"»”')\]]*$")
_ABBREVIATED = re.compile(
    r"\b(?:н\.\s?п|с|м|г|смт|пгт|п|р|ул|вул|обл|ст|им|ім|св|пос|сел|approx|gen|col|lt|mt|st)\.$", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_LONG_LINE = 4
"""Words from which on a line is a line of text, not a torn-off name."""
_HEADING_WORDS = 9
_LABEL = re.compile(r"[^\n.;!?:]{3,70}?(?::(?=\s)|\s[–-](?=\s))")


@dataclass(frozen=True, slots=True)
class Stretch:
    """`view.text[start:end]` is one passage."""

    start: int
    end: int
    kind: PassageKind
    heading: int | None


def passages(view: View, lexicon: Lexicon) -> tuple[list[Stretch], tuple[Passage, ...]]:
    """The same passages twice: as stretches of the view and as spans of the report. Blank ones are left out."""
    stretches: list[Stretch] = []
    heading: int | None = None
    pieces = [piece for line in _lines(view.text, lexicon) for piece in _parts(view.text, *line, lexicon)]
    for number, (start, end) in enumerate(pieces):
        kind = _kind(view.text, start, end, last=number + 1 == len(pieces))
        stretches.append(Stretch(start, end, kind, None if kind is PassageKind.HEADING else heading))
        if kind is PassageKind.HEADING:
            heading = len(stretches) - 1
    return stretches, tuple(Passage(view.span(s.start, s.end), s.kind, s.heading) for s in stretches)


def whole(view: View) -> tuple[list[Stretch], tuple[Passage, ...]]:
    """The text as one passage; none where it is blank."""
    start, end = stripped(view.text, 0, len(view.text))
    if start == end:
        return [], ()
    stretch = Stretch(start, end, PassageKind.PARAGRAPH, None)
    return [stretch], (Passage(view.span(start, end), stretch.kind),)


def _lines(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Stretches between the line breaks that end something."""
    breaks = list(_BREAK.finditer(text))
    ends = [m.start() for m in breaks] + [len(text)]
    starts = [0] + [m.end() for m in breaks]
    torn_lines = sum(1 for m in breaks if _goes_on(text, m.start(), m.end()))
    torn_text = torn_lines >= 2 and torn_lines * 5 >= len(breaks)
    found: list[tuple[int, int]] = []
    begin = 0
    for number, match in enumerate(breaks):
        before = text[starts[number] : ends[number]]
        after = text[starts[number + 1] : ends[number + 1]]
        if _ends_passage(before, after, match, torn_text, lexicon):
            found.append((begin, match.start()))
            begin = match.end()
    found.append((begin, len(text)))
    return found


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a sentence runs over the line break."""
    runs_on = start < len(text) and (text[start].islower() or text[start] in ",.;)")
    return runs_on and not _TERMINAL.search(text, max(0, end - 6), end)


def _ends_passage(before: str, after: str, match: re.Match[str], torn_text: bool, lexicon: Lexicon) -> bool:
    if not after or _ITEM.match(after) or _is_symbol(after[0]):
        return True
    if not _WORD.search(before, max(0, len(before) - 400)):
        return not _is_only_symbols(before)
    blank = len(match["lines"]) > 1
    runs_on = after[0].islower() or after[0] in ",.;)"
    abbreviated = _ABBREVIATED.search(before[-8:]) is not None
    if _TERMINAL.search(before[-6:]) and not abbreviated:
        return blank or not runs_on
    words = _WORD.findall(before[-400:])
    if not (blank and not match["torn"]) and (
        runs_on or abbreviated or before.endswith(",") or lexicon.is_open(words[-1])
    ):
        return False
    long_lines = len(words) >= _LONG_LINE and len(_WORD.findall(after[:200])) >= _LONG_LINE
    return not torn_text or ((long_lines or blank) and not match["torn"])


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) == "So"


def _is_only_symbols(line: str) -> bool:
    return bool(line.strip()) and not any(c.isalnum() for c in line)


def _parts(text: str, start: int, end: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """A line cut at the bullets inside it and behind a label ("Kupiansk direction: …"), stripped, without blanks."""
    bullets = (m.start() for m in _BULLET.finditer(text, start, end))
    cuts = [start, *(at for at in bullets if at and (text[at - 1].isspace() or text[at - 1] in ".;:")), end]
    found = []
    for left, right in pairwise(cuts):
        label = _LABEL.match(text, left, right)
        if (
            label
            and lexicon.is_label(label.group(), whole=label.group().endswith(":"))
            and text[label.end() : right].strip()
        ):
            found += [(left, label.end()), (label.end(), right)]
        else:
            found.append((left, right))
    edges = (stripped(text, *piece) for piece in found)
    return [(left, right) for left, right in edges if left < right]


def _kind(text: str, start: int, end: int, last: bool) -> PassageKind:
    short = end - start <= 100 and len(_WORD.findall(text, start, end)) <= _HEADING_WORDS
    closing = text[max(start, end - 3) : end].rstrip("\"»”')*")
    if (
        short
        and not last
        and not closing.endswith((".", "!", "?", ";", ",", "…"))
        and any(c.isalpha() for c in text[start:end])
    ):
        return PassageKind.HEADING
    return PassageKind.ITEM if _ITEM.match(text, start, end) else PassageKind.PARAGRAPH
