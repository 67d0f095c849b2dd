"""Which days a sentence speaks of, counted from the day its report was published (Kyiv local days)."""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.domain.vocabulary import Language, TimePrecision
from app.reading.dates.figures import days_after, days_before, year_after, year_of
from app.reading.words.patterns import Hit
from app.reading.words.terms import DayPhrase, Lead, Month, Weekday
from app.reading.words.tokens import Tokens

CalendarHit = Hit[Month | Weekday | DayPhrase | Lead]

_DOTTED = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4}|\d{2})")
_YEAR_WORDS = frozenset(["року", "рік", "році", "р", "год", "года", "году", "г"])
_YEAR = 4
"""Digits; shorter numbers are no dates by themselves."""
_DIGITS = frozenset("0123456789")
NOON = 12
_APART = 3


class Dating(NamedTuple):
    """Words `first` to `last` say `start` to `end`, both inclusive."""

    start: date
    end: date
    precision: TimePrecision
    first: int
    last: int
    past_day: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """The day of publication, and the hour a bulletin speaks of (None where it names none)."""

    published: date
    hour: int | None = None

    @property
    def evening(self) -> bool:
        return self.hour is not None and self.hour >= NOON

    @property
    def past_day(self) -> date:
        """The day that "the past day" means: the one before in a morning report, the same in an evening one."""
        return self.published if self.evening else self.published - timedelta(days=1)


def _part_of_day(phrase: DayPhrase) -> bool:
    """As in "overnight", "in the morning": of the day of publication unless a day stands beside it."""
    return phrase.span is None and phrase.start == phrase.end == 0


def _beside(one: Dating, other: Dating) -> bool:
    return one.first - other.last <= _APART and other.first - one.last <= _APART


def datings(said: Tokens, hits: Iterable[CalendarHit], lang: Language, clock: Clock) -> list[Dating]:
    """Every date of a sentence, in order; days to come and dates that do not exist are left out."""
    words, marked = said.words, list(hits)
    days = [hit for hit in marked if not isinstance(hit.term, Lead)]
    numbers = [i for i, word in enumerate(words) if word[0] in _DIGITS and len(word) >= _YEAR]
    if not days and not numbers:
        return []
    leads = {hit.last: Hit(hit.term, hit.first, hit.last) for hit in marked if isinstance(hit.term, Lead)}
    found = list(_dotted(words, numbers, clock)) if numbers else []
    loose: list[Dating] = []
    for hit in days:
        match hit.term:
            case DayPhrase() as phrase:
                (loose if _part_of_day(phrase) else found).append(_from_phrase(phrase, hit, clock))
            case Weekday(number):
                found.extend(_from_weekday(number, hit, leads, clock))
            case Month(number):
                found.extend(_from_month(number, hit, said, leads, (lang, clock)))
    if numbers:
        found.extend(_years(words, numbers, found, lang))
    for one in loose:
        if not any(_beside(one, other) for other in found):
            found.append(one)
    told = _outermost([one for one in found if one.start <= clock.published])
    return [one for one in told if one is told[0] or not _tells_an_hour(one, words)]


def _from_phrase(phrase: DayPhrase, hit: CalendarHit, clock: Clock) -> Dating:
    day = clock.published
    start, end = day + timedelta(days=phrase.start), day + timedelta(days=phrase.end)
    match phrase.span:
        case "day":
            start = end = clock.past_day
        case "daytime":
            start = end = clock.past_day if clock.hour is not None else day
        case "hours":
            start, end = (clock.past_day, clock.past_day) if clock.hour is not None else (day - timedelta(days=1), day)
        case "last week":
            start = day - timedelta(days=day.weekday() + 7)
            end = start + timedelta(days=6)
        case "weekend":
            end = day - timedelta(days=(day.weekday() - 6) % 7)
            start = end - timedelta(days=1)
        case "this month":
            start, end = day.replace(day=1), day
        case "last month":
            end = day.replace(day=1) - timedelta(days=1)
            start = end.replace(day=1)
        case "this year":
            start, end = day.replace(month=1, day=1), day
        case "last year":
            start, end = date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)
    return Dating(start, end, phrase.precision, hit.first, hit.last, phrase.span in ("day", "hours"))


Leads = dict[int, Hit[Lead]]
"""The words that bend a date, each by its last word."""


def _lead(at: int, leads: Leads, kinds: tuple[str, ...]) -> Hit[Lead] | None:
    """What bends a date right before word `at`."""
    lead = leads.get(at - 1)
    return lead if lead is not None and lead.term.kind in kinds else None


def _from_weekday(number: int, hit: CalendarHit, leads: Leads, clock: Clock) -> Iterator[Dating]:
    if _lead(hit.first, leads, ("next",)):
        return
    back = (clock.published.weekday() - number) % 7
    if back == 0 and _lead(hit.first, leads, ("last",)):
        back = 7
    day = clock.published - timedelta(days=back)
    since = _lead(hit.first, leads, ("since",))
    first = since.first if since else hit.first
    yield Dating(day, clock.published if since else day, TimePrecision.DAY, first, hit.last)


class _Named(NamedTuple):
    """A month as words `first` to `last`, with the days and the year beside it."""

    month: int
    days: tuple[int, int] | None
    year: int | None
    first: int
    last: int


def _from_month(
    month: int, hit: CalendarHit, said: Tokens, leads: Leads, told: tuple[Language, Clock]
) -> Iterator[Dating]:
    words, (lang, clock) = said.words, told
    year, last = year_after(words, hit.last)
    days, first = days_before(words, hit.first, lang)
    if not days and lang is Language.EN:
        days, last_day = days_after(words, hit.last, lang)
        if days:
            last = max(last, last_day)
            if year is None:
                year, last = year_after(words, last)
    named = _Named(month, days, year, first, last)
    if days:
        yield from _on_days(named, days, words, leads, clock)
    elif year is not None or _is_month(said, hit, leads, lang):
        yield from _in_month(named, leads, clock)


def _is_month(said: Tokens, hit: CalendarHit, leads: Leads, lang: Language) -> bool:
    """As in "in May" is a month; "may" and "march" are not."""
    lead = _lead(hit.first, leads, ("in", "since", "last"))
    return lead is not None and (lang is not Language.EN or said.capital(hit.first))


def _on_days(
    named: _Named, days: tuple[int, int], words: Sequence[str], leads: Leads, clock: Clock
) -> Iterator[Dating]:
    first = named.first
    if _lead(first, leads, ("next",)) and words[first - 1] not in ("до", "after", "before"):
        return
    end = _latest(days[1], named.month, named.year, clock.published)
    start = _latest(days[0], named.month, named.year, end) if end else None
    if not start or not end or words[max(0, first - 1)] in ("before", "after"):
        return
    night = _lead(first, leads, ("night",)) or _night_of(words, first)
    since = None if days[0] != days[1] else _lead(first, leads, ("since",))
    if night:
        start = end
    elif since:
        end = max(start, clock.published)
    yield Dating(start, end, TimePrecision.DAY, since.first if since else first, named.last)


def _night_of(words: Sequence[str], first: int) -> bool:
    """As in "the night of 13 to 14 July", «у ніч із 13 на 14 липня»: the night ends on the later day."""
    before = set(words[max(0, first - 3) : first])
    return bool(before & {"night", "ніч", "ночь", "overnight"})


def _latest(day: int, month: int, year: int | None, published: date) -> date | None:
    """The day of that name nearest before publication; a day or two after it is taken as stated (a wrong dateline)."""
    try:
        if year is not None:
            return date(year, month, day)
        this = date(published.year, month, min(day, calendar.monthrange(published.year, month)[1]))
        return this if this <= published + timedelta(days=2) else date(published.year - 1, month, day)
    except ValueError:
        return None


def _in_month(named: _Named, leads: Leads, clock: Clock) -> Iterator[Dating]:
    month, year, first, last = named.month, named.year, named.first, named.last
    if _lead(first, leads, ("next",)):
        return
    if year is None:
        year = clock.published.year if month <= clock.published.month else clock.published.year - 1
    start = date(year, month, 1)
    end = date(year, month, calendar.monthrange(year, month)[1])
    since = _lead(first, leads, ("since",))
    if since:
        yield Dating(start, max(start, clock.published), TimePrecision.MONTH, since.first, last)
    else:
        yield Dating(start, end, TimePrecision.MONTH, first, last)


def _dotted(words: Sequence[str], numbers: Iterable[int], clock: Clock) -> Iterator[Dating]:
    """10.03.2023, 10/03/23."""
    for index in numbers:
        match = _DOTTED.fullmatch(words[index])
        if match:
            year = int(match["year"])
            day = (
                _latest(int(match["day"]), int(match["month"]), year if year > 99 else 2000 + year, clock.published)
                if 1 <= int(match["month"]) <= 12
                else None
            )
            if day:
                yield Dating(day, day, TimePrecision.DAY, index, index)


def _years(words: Sequence[str], numbers: Iterable[int], found: Sequence[Dating], lang: Language) -> Iterator[Dating]:
    """As in "in 2014", «у 2014 році»."""
    taken = {i for one in found for i in range(one.first, one.last + 1)}
    for index in numbers:
        year = year_of(words[index])
        if year is None or index in taken:
            continue
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        if (lang is Language.EN and before in ("in", "since", "during")) or (
            lang is not Language.EN and after in _YEAR_WORDS
        ):
            yield Dating(date(year, 1, 1), date(year, 12, 31), TimePrecision.YEAR, index, index)


_HOUR = re.compile(r"\d{1,2}[:.]\d\d")


def _tells_an_hour(one: Dating, words: Sequence[str]) -> bool:
    """«У ніч на 22 березня (з 20:30 21 березня) …»: when what the first date tells of began."""
    opened = "(" in words[max(0, one.first - _APART) : one.first]
    return opened and any(_HOUR.fullmatch(word) for word in words[max(0, one.first - _APART) : one.first])


def _outermost(found: list[Dating]) -> list[Dating]:
    """Without those that lie inside a longer one."""
    if len(found) < 2:
        return found
    kept: list[Dating] = []
    for one in sorted(found, key=lambda d: (d.first - d.last, d.first)):
        if all(one.last < other.first or other.last < one.first for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda d: d.first)
