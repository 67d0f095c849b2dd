"""What a report as a whole says of time and means: its hour, the day it sums up, its headline."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.domain.reading import Speaker
from app.domain.report import Report
from app.domain.text import Span
from app.domain.vocabulary import Event, Language, SpeakerSide
from app.reading.dates import Clock, Header, header
from app.reading.parsing import Sentence, calendar_of, find
from app.reading.terms import DayPhrase, Means, role_words
from app.reading.tokens import tokens

_HEADER_WITHIN = 3
"""Sentences from the beginning in which a bulletin states its hour."""
PARTIES = (SpeakerSide.UA, SpeakerSide.RU)


def titled_means(report: Report, lang: Language) -> Event | None:
    """What struck, by the headline: the means of explosions and damage that the first lines tell of."""
    if not report.title:
        return None
    found = find(tokens(report.title, Span(0, len(report.title))).words, lang)
    means = [h.term.event for h in found.get(Means, ()) if h.term.event]
    return means[0] if means else None


def clock_of(report: Report, lang: Language, told: Sequence[Sentence]) -> Clock:
    for found in _headers(report, lang, told):
        day = found.day if found.day and abs((found.day - report.published).days) <= 1 else report.published
        return Clock(day, found.hour)
    return Clock(report.published)


def _headers(report: Report, lang: Language, told: Sequence[Sentence]) -> Iterator[Header]:
    if report.title:
        said = tokens(report.title, Span(0, len(report.title)))
        found = header(said, calendar_of(find(said.words, lang)), lang, report.published)
        if found:
            yield found
    for sentence in told[:_HEADER_WITHIN]:
        found = header(sentence.tokens, sentence.calendar, lang, report.published)
        if found:
            yield found


def default_day(clock: Clock, narrating: Speaker, told: Sequence[Sentence]) -> date:
    """The day of what is told without a date: of a bulletin the day it sums up, else the day of publication."""
    summed = any(sums_up(sentence) for sentence in told[:_HEADER_WITHIN])
    if clock.hour is not None or (summed and narrating.side in PARTIES):
        return clock.past_day
    return clock.published


def sums_up(sentence: Sentence) -> bool:
    """Whether a sentence tells of a whole day: its losses are no part of one strike."""
    return any(isinstance(h.term, DayPhrase) and h.term.span == "day" for h in sentence.calendar)


_RECALLING = role_words("recalling")


def recalls(sentence: Sentence) -> bool:
    """«Нагадаємо, …»: what is told from here on is other news, and no part of the day that a bulletin sums up."""
    return not _RECALLING.isdisjoint(sentence.words[:_OPENING_WORDS])


_OPENING_WORDS = 2
