"""What a report says without tags, links, markup and code, and where each character of that stands in the report."""

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from app.domain.script import script_spans
from app.domain.text import Span

GONE = "\ufffc"
"""Stands for a link, an address or a run of code: something between the words that is not read."""

_BLOCK = (
    r"address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre"
    r"|section|table|td|th|title|tr|ul"
)
_DOMAINS = "com|org|net|ru|ua|info|me|ly|int|uk|eu"
# Every repetition is bounded: the text may be anything, and time must stay linear in its length. What begins with a
# sign is asked only where such a sign stands, since most of a text is letters, with one space between words.
_SIGNED = rf"""
    (?-i:(?=[<&\[\]@\s*_~`\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\ufe0f](?<!\ (?=\S))))
  (?: (?P<space> [^\S\n]*\n\s* | [^\S\n]{{2,}} | [\t\r\u00a0\u2000-\u200a\u202f\u3000] )
  | (?P<comment> <!--[^>]{{0,2000}}--> )
  | (?P<block> </?(?:{_BLOCK})\b[^<>]{{0,4000}}/?> )
  | (?P<tag> </?[a-z][a-z0-9]{{0,15}}(?:\s[^<>]{{0,4000}})?/?> )
  | (?P<entity> &(?:\#\d{{1,7}}|\#x[0-9a-f]{{1,6}}|[a-z][a-z0-9]{{1,30}}); )
  | (?P<linked> \[(?=[^\[\]\n]{{1,300}}\]\([^\s()]) )
  | (?P<link> \]\([^\s()]{{1,2000}}\) )
  | (?P<mail> (?<![\w])@[a-z0-9_]{{3,40}} )
  | (?P<marks> \*\*+ | __+ | ~~ | ``+ | `(?!\w) | (?<!\w)` | (?<![\w])[*_](?=[\w«“"]) | (?<=[\w»”".,:])[*_](?![\w]) )
  | (?P<nothing> [\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\ufe0f]+ ) )
"""
_ADDRESS = rf"""
    (?P<url> (?:https?://|www\.|t\.me/)[^\s<>"«»]{{1,2000}} )
  | (?P<bare> \b[a-z0-9-]{{2,40}}(?:\.[a-z0-9-]{{2,40}}){{0,3}}\.(?:{_DOMAINS})(?:/[^\s<>"«»]{{0,500}})?(?!\w) )
"""
_MIXED = r"""
    (?=[a-z])(?P<mixed> (?<=[а-яіїєґё])[aceiopxyABCEHIKMOPTX]+ | (?<![a-z])[aceiopxyABCEHIKMOPTX]+(?=[а-яіїєґё]) )
"""
_COMPOSED = r"(?P<composed> [^\W\d_][\u0300-\u036f]+ )"
# What begins with a letter is asked at every one, so only in texts that hold a sign of it.
_ADDRESS_SIGN = re.compile(rf"\.(?:{_DOMAINS}|(?<=www\.))|://", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-Яа-яІЇЄҐЁіїєґё]")
_COMBINING = re.compile(r"[\u0300-\u036f]")
_TAG = re.compile(r"</?(?!script|style|noscript)[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,4000})?/?>", re.IGNORECASE)
_LOOKALIKES = str.maketrans("aceiopxyABCEHIKMOPTX", "асеіорхуАВСЕНІКМОРТХ")
_SAME = {
    **dict.fromkeys("’ʼ`´‘′", "'"),
    **dict.fromkeys("\u2010\u2011\u2212", "-"),
    **dict.fromkeys("\u2012\u2014\u2015", "–"),
}


@dataclass(frozen=True, slots=True)
class View:
    """`text` is for reading; line breaks in it are as in the report, all other white space is one space."""

    text: str
    _starts: tuple[int, ...]
    """Where each piece begins in `text`…"""
    _pieces: tuple[tuple[int, int, bool], ...]
    """…and in the report: start, end, and whether it was taken over letter for letter."""

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands in the report. `start < end`."""
        index = bisect_right(self._starts, start) - 1
        begin, stop, verbatim = self._pieces[index]
        moved = begin - self._starts[index]
        if verbatim and end + moved <= stop:
            return Span(start + moved, end + moved)
        return Span(self._origin(start, last=False), self._origin(end - 1, last=True))

    def _origin(self, position: int, *, last: bool) -> int:
        index = bisect_right(self._starts, position) - 1
        start, end, verbatim = self._pieces[index]
        if not verbatim:
            return end if last else start
        return start + position - self._starts[index] + last


def view(text: str) -> View:
    """Any text; linear in its length."""
    out: list[str] = []
    pieces: list[tuple[int, int, bool]] = []

    def put(words: str, start: int, end: int, verbatim: bool) -> None:
        if words:
            pieces.append((start, end, verbatim))
            out.append(words)

    position = 0
    # Attributes look like code, and tags stand close together: only script and style count as its signs.
    without_tags = _TAG.sub(lambda tag: " " * len(tag.group()), text) if "<" in text else text
    remains = _remains_in(text)
    for span in (*script_spans(without_tags), None):
        stop = span.start if span else len(text)
        for match in remains.finditer(text, position, stop):
            put(text[position : match.start()], position, match.start(), True)
            put(_said(match), match.start(), match.end(), False)
            position = match.end()
        put(text[position:stop], position, stop, True)
        if span:
            put(GONE, span.start, span.end, False)
            position = span.end
    return View(_one_sign_each("".join(out)), tuple(accumulate(map(len, out[:-1]), initial=0)), tuple(pieces))


def _remains_in(text: str) -> re.Pattern[str]:
    """What to look for in a text, going by the letters and signs that it holds."""
    mixed = _CYRILLIC.search(text) is not None and _LATIN.search(text) is not None
    return _remains(_ADDRESS_SIGN.search(text) is not None, mixed, _COMBINING.search(text) is not None)


@cache
def _remains(addresses: bool, mixed: bool, composed: bool) -> re.Pattern[str]:
    asked = (_SIGNED, *((_ADDRESS,) * addresses), *((_MIXED,) * mixed), *((_COMPOSED,) * composed))
    return re.compile("|".join(asked), re.VERBOSE | re.IGNORECASE)


def _one_sign_each(text: str) -> str:
    """One apostrophe, hyphen and dash in place of all; the text stays as long as it is."""
    if not text.isascii() or "`" in text:
        for sign, same in _SAME.items():
            text = text.replace(sign, same)
    return text


def _said(match: re.Match[str]) -> str:  # noqa: PLR0911 - one line a kind of remains
    words = match.group()
    match match.lastgroup:
        case "block":
            return "\n\n"
        case "url" | "bare" | "mail":
            return GONE
        case "link" | "linked":
            return ""
        case "entity":
            plain = html.unescape(words)
            return " " if plain.isspace() or plain == words else plain
        case "space":
            return _white(words)
        case "mixed":
            return words.translate(_LOOKALIKES)
        case "composed":
            return _composed(words)
        case _:
            return ""


def _white(words: str) -> str:
    """One space; or the line breaks, with the spaces between them that tell torn lines from paragraphs."""
    if "\n" not in words:
        return " "
    lines = words.split("\n")
    torn = bool(lines[0]) or (len(lines) > 2 and any(lines[1:-1])) or bool(lines[-1])
    return (" " if torn else "") + "\n" * min(len(lines) - 1, 2)


def _composed(words: str) -> str:
    """й, ї and accented letters as one character; a stress mark, which makes no other letter, goes."""
    letter = unicodedata.normalize("NFC", words[:2])
    return letter if len(letter) == 1 and words[1] != "\u0301" else words[0]
