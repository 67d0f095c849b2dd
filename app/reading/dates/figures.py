"""Which days and which year the figures beside a month say."""

from collections.abc import Sequence

from app.domain.vocabulary import Language

_ORDINAL = frozenset(["st", "nd", "rd", "th", "го", "те", "ге", "е", "ого", "й", "ей"])
_DASH = frozenset("-–—")
_TO = {
    Language.EN: ("to", "and", "through"),
    Language.UK: ("по", "до", "та", "і", "на"),
    Language.RU: ("по", "до", "и", "на"),
}
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_ABBREVIATED = 4


def year_after(words: Sequence[str], last: int) -> tuple[int | None, int]:
    at = last + 1
    if at < len(words) and words[at] == ",":
        at += 1
    year = year_of(words[at]) if at < len(words) else None
    return (year, at) if year else (None, last)


def year_of(word: str) -> int | None:
    return int(word) if len(word) == 4 and word.isdigit() and _FIRST_YEAR <= int(word) <= _LAST_YEAR else None


def _day(word: str) -> int | None:
    return int(word) if len(word) <= 2 and word.isdigit() and 1 <= int(word) <= 31 else None


def days_before(words: Sequence[str], first: int, lang: Language) -> tuple[tuple[int, int] | None, int]:
    """The day or days before a month: «10», "10th of", «3–5», «з 3 по 5»."""
    at = first - 1
    if at >= 0 and words[at] == "of":
        at -= 1
    at = _skip_ordinal(words, at)
    day = _day(words[at]) if at >= 0 else None
    if day is None:
        return None, first
    begin = _skip_ordinal(words, at - 2) if at >= 2 and (words[at - 1] in _DASH or words[at - 1] in _TO[lang]) else -1
    other = _day(words[begin]) if begin >= 0 else None
    if other is not None and other < day:
        return (other, day), begin
    return (day, day), at


def days_after(words: Sequence[str], last: int, lang: Language) -> tuple[tuple[int, int] | None, int]:
    """The day or days after a month: "March 10", "March 3-5", "March 3 and 5"."""
    at = last + 1
    if at < len(words) and words[at] == "." and len(words[last]) <= _ABBREVIATED:
        at += 1
    day = _day(words[at]) if at < len(words) else None
    if day is None:
        return None, last
    if at + 1 < len(words) and words[at + 1] in ("st", "nd", "rd", "th"):
        at += 1
    if at + 2 < len(words) and (words[at + 1] in _DASH or words[at + 1] in _TO[lang]):
        other = _day(words[at + 2])
        if other is not None and other > day:
            return (day, other), at + 2
    return (day, day), at


def _skip_ordinal(words: Sequence[str], at: int) -> int:
    if at >= 1 and words[at] in _ORDINAL:
        at -= 1
        if words[at] in _DASH and at >= 1:
            at -= 1
    return at
