"""What a bulletin says of its own time: the hour it speaks of and the day it sums up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.reading import Speaker
from app.domain.report import Report
from app.domain.text import Span
from app.domain.vocabulary import PARTIES, Language, TimePrecision
from app.reading.dates.days import NOON, CalendarHit, Clock, Dating, datings
from app.reading.text.parsing import Sentence, calendar_of, find
from app.reading.words.patterns import Hit
from app.reading.words.terms import DayPhrase, Lead, role_words
from app.reading.words.tokens import Tokens, tokens

_HEADER_WITHIN = 3
"""Sentences from the beginning in which a bulletin states its hour."""


class Header(NamedTuple):
    """«станом на 06.00 2 грудня 2023»: the hour and day a bulletin speaks of."""

    hour: int
    day: date | None
    named: bool = False
    """Told by a part of the day alone: «ранкове зведення»."""


def clock_of(report: Report, lang: Language, told: Sequence[Sentence], narrating: Speaker) -> Clock:
    for found in _headers(report, lang, told, narrating):
        day = found.day if found.day and abs((found.day - report.published).days) <= 1 else report.published
        return Clock(day, found.hour)
    return Clock(report.published)


def _headers(report: Report, lang: Language, told: Sequence[Sentence], narrating: Speaker) -> Iterator[Header]:
    if report.title:
        said = tokens(report.title, Span(0, len(report.title)))
        found = header(said, calendar_of(find(said.words, lang)), lang, report.published)
        if found:
            yield found
    today = False
    for number, sentence in enumerate(told[:_HEADER_WITHIN]):
        found = header(sentence.tokens, sentence.calendar, lang, report.published)
        if number == 0:
            dated = datings(sentence.tokens, sentence.calendar, lang, Clock(report.published))
            today = any(day.start == report.published for day in dated)
        elif found and (today or (found.named and narrating.side not in PARTIES)):
            continue  # an hour told of the day's own news, or a medium that quotes "the morning bulletin"
        if found:
            yield found


def header(said: Tokens, hits: Iterable[CalendarHit], lang: Language, published: date) -> Header | None:
    """The hour and day of a bulletin's as-of line; None for a sentence that has none."""
    words, marked = said.words, list(hits)
    for hit in marked:
        if isinstance(hit.term, Lead) and hit.term.kind in _NAMED_HOURS:
            return Header(_NAMED_HOURS[hit.term.kind], None, named=True)
        if hit.term == Lead("header") and hit.last + 1 < len(words):
            hour = _hour(words[hit.last + 1 : hit.last + 4])
            if hour is not None:
                begin = hit.last + 1
                day = next(iter(datings(said.after(begin), _shifted(marked, begin), lang, Clock(published))), None)
                return Header(hour, day.start if day and day.precision is TimePrecision.DAY else None)
    return None


_NAMED_HOURS = {"morning": 6, "evening": 18}
_PARTS_OF_DAY = {
    "ранок": 6,
    "утро": 6,
    "вечір": 18,
    "вечер": 18,
    "morning": 6,
    "evening": 18,
    "noon": 12,
    "полудень": 12,
}


def _hour(words: Sequence[str]) -> int | None:
    for word in words[:1]:
        if word in _PARTS_OF_DAY:
            return _PARTS_OF_DAY[word]
        clock = re.fullmatch(r"(\d{1,2})(?:[.:]\d{2})?", word)
        if (
            clock
            and int(clock[1]) <= 24
            and (
                word != clock[1]
                or any(
                    w in ("год", "годин", "години", "час", "часов", "a", "am", "p", "pm", "o'clock") for w in words[1:3]
                )
            )
        ):
            late = any(w in ("p", "pm") for w in words[1:3]) and int(clock[1]) < NOON
            return int(clock[1]) + (NOON if late else 0)
    return None


def _shifted(hits: Iterable[CalendarHit], by: int) -> list[CalendarHit]:
    return [Hit(h.term, h.first - by, h.last - by) for h in hits if h.first >= by]


def default_day(clock: Clock, narrating: Speaker, told: Sequence[Sentence]) -> date:
    """The day of what is told without a date: of a bulletin the day it sums up, else the day of publication."""
    summed = any(sums_up(sentence) for sentence in told[:_HEADER_WITHIN])
    if clock.hour is not None or (summed and narrating.side in PARTIES):
        return clock.past_day
    return clock.published


def day_of_quoted(sentence: Sentence, clock: Clock) -> Iterator[Dating]:
    """The day that a bulletin sums up which a medium quotes: «говорится в утренней сводке Генштаба»."""
    for hit in sentence.calendar if clock.hour is None else ():
        if isinstance(hit.term, Lead) and hit.term.kind in _NAMED_HOURS:
            day = Clock(clock.published, _NAMED_HOURS[hit.term.kind]).past_day
            yield Dating(day, day, TimePrecision.DAY, hit.first, hit.last, past_day=True)


def sums_up(sentence: Sentence) -> bool:
    """Whether a sentence tells of a whole day: its losses are no part of one strike."""
    return any(isinstance(h.term, DayPhrase) and h.term.span == "day" for h in sentence.calendar)


_RECALLING = role_words("recalling")


def recalls(sentence: Sentence) -> bool:
    """«Нагадаємо, …»: what is told from here on is other news, and no part of the day that a bulletin sums up."""
    return not _RECALLING.isdisjoint(sentence.words[:_OPENING_WORDS])


_OPENING_WORDS = 2
