"""What the text of one parameter means; a BadParameter says what would be right."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from math import isfinite
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.fuzz import ratio
from sqlalchemy import ColumnElement

from app.api.asked import cql2
from app.api.asked.cql2 import FilterLang
from app.domain.errors import BadParameter
from app.domain.properties import DAY, MOMENT, PROPERTIES
from app.store.bounds import Box, Days, Moments
from app.store.cql import tree
from app.store.cql.terms import FEATURES, BadExpression, Subject
from app.store.read.order import LATEST, RANK, SORTABLE, Key, Sort, Value
from app.store.read.pages import Counting

Word = TypeVar("Word", bound=StrEnum)
Ends = tuple[datetime, datetime]
"""The first and the last moment of a day; twice the same for a moment."""

COUNTINGS = tuple(each.value for each in Counting if each is not Counting.SOME)
INTERVAL_FORMS = (
    "a day (2023-07-12), a moment (2023-07-12T06:00:00Z), or an interval of two of them, both ends included:"
    " 2023-07-10/2023-07-12, 2023-07-10/.. or ../2023-07-12"
)
BOX_FORM = (
    "west,south,east,north in degrees, such as 37.5,48.2,38.5,48.8; of six numbers, the third and the sixth are heights"
)
# A plus sign that was not percent-encoded arrives as a space.
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d{1,6})?\d*(?:[Zz]|([+ -])(\d\d:\d\d))", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEAR_OR_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def days(name: str, text: str) -> Days:
    """The days, in UTC, that an OGC `datetime` touches."""
    span = moments(name, text)
    return Days(span.start.date() if span.start else None, span.end.date() if span.end else None)


def moments(name: str, text: str) -> Moments:
    """An instant or interval of OGC API – Features, 7.15.4: a day is all of it, in UTC; `..` or nothing is open."""
    parts = text.split("/")
    if len(parts) > 2 or text.strip() == "":
        raise BadParameter(name, f"“{text}” is no day, moment or interval", INTERVAL_FORMS)
    opened, closed = parts[0], parts[-1]
    start = None if len(parts) == 2 and opened in ("", "..") else _ends(name, opened)[0]
    end = None if len(parts) == 2 and closed in ("", "..") else _ends(name, closed)[1]
    if start and end and end < start:
        raise BadParameter(name, f"“{text}” ends before it starts", f"the earlier end first: {closed}/{opened}")
    return Moments(start, end)


def box(name: str, text: str) -> Box:
    """OGC API – Features, 7.15.3. Of six numbers the two heights say nothing here: all is on the ground."""
    parts = text.split(",")
    if len(parts) not in (4, 6) or not all(_NUMBER.fullmatch(part.strip()) for part in parts):
        raise BadParameter(name, f"“{text}” is not four numbers with commas between", BOX_FORM)
    numbers = [float(part) for part in parts]
    if len(numbers) == 6:
        del numbers[5], numbers[2]
    try:
        return Box(*numbers)
    except ValueError as error:
        raise BadParameter(name, f"“{text}” is no box: {error}", BOX_FORM) from error


def publication_day(name: str, text: str) -> date:
    """Of a report: years that no report can be from would leave no room for what it calls last month or next year."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadParameter(name, f"“{text}” is no day", "a day, such as 2023-07-12") from error
    if not 1900 <= day.year <= 2999:
        raise BadParameter(name, f"no report is from {text}", "a day, such as 2023-07-12")
    return day


def words(name: str, text: str | None, vocabulary: type[Word]) -> tuple[Word, ...]:
    """One word or several with commas between, in the vocabulary's order; none where nothing is asked."""
    if text is None:
        return ()
    known = {word.value: word for word in vocabulary}
    asked = text.split(",")
    for word in asked:
        if word not in known:
            raise BadParameter(name, f"“{word}” is no {name}{meant(word, known)}", f"one or more of {', '.join(known)}")
    return tuple(word for value, word in known.items() if value in asked)


def name(parameter: str, text: str) -> str:
    """A name as it is, which is never empty."""
    if not text.strip():
        raise BadParameter(parameter, "nothing is said", "a name as the features tell it; leave it out for all")
    return text


def country(parameter: str, text: str) -> str:
    """ISO 3166-1 alpha-2, in whichever letters."""
    if re.fullmatch(r"[A-Za-z]{2}", text, re.ASCII) is None:
        raise BadParameter(parameter, f"“{text}” is no country", "two letters of ISO 3166-1, such as UA")
    return text.upper()


def counting(name: str, text: str | None) -> Counting:
    """How all that match are counted; where nothing is said, as far as it is cheap."""
    if text is not None and text not in COUNTINGS:
        raise BadParameter(name, f"“{text}” is no way of counting", f"one of {', '.join(COUNTINGS)}")
    return Counting.SOME if text is None else Counting(text)


def condition(name: str, text: str, lang: FilterLang, of: Subject = FEATURES) -> ColumnElement[bool]:
    """What a CQL2 filter asks of what is listed."""
    try:
        return tree.condition(cql2.expression(name, text, lang), of)
    except BadExpression as error:
        raise BadParameter(name, str(error), cql2.RIGHT) from error


def sort(name: str, text: str | None) -> tuple[Sort, ...]:
    """Names with commas between, greatest first where a minus stands before; the latest first where none is given."""
    if text is None:
        return LATEST
    found = tuple(Sort(each.lstrip("+- "), descending=each.startswith("-")) for each in text.split(","))
    for each in found:
        if each.name not in SORTABLE:
            wrong = f"nothing is sorted by “{each.name}”{meant(each.name, SORTABLE)}"
            raise BadParameter(name, wrong, f"some of {', '.join(SORTABLE)}")
    if len({each.name for each in found}) < len(found):
        raise BadParameter(name, "a name is given twice", "each name once")
    return found


def key(name: str, text: str, sort: Sequence[Sort] = LATEST) -> Key:
    """The key of the last feature seen, as a page's `next` link carries it."""
    *texts, feature_id = text.split("~", len(sort))
    try:
        values = tuple(_sorted_value(each.name, value) for each, value in zip(sort, texts, strict=True))
    except ValueError as error:
        right = "what the `next` link of a page carries; leave it out for the first page"
        raise BadParameter(name, f"“{text}” is no place in the list", right) from error
    return Key(values, feature_id)


def key_text(after: Key) -> str:
    values = [value.isoformat() if isinstance(value, date) else str(value) for value in after.values]
    return "~".join([*values, after.id])


def _sorted_value(name: str, text: str) -> Value:
    if name == RANK.name:
        return _rank(text)
    about = PROPERTIES[name]
    if about.format == MOMENT:
        return datetime.fromisoformat(text).astimezone(UTC)
    if about.format == DAY:
        return date.fromisoformat(text)
    if about.scalar is str:
        return text
    number = float(text)
    if not isfinite(number):
        raise ValueError("no such number is stored")
    return number


def _rank(text: str) -> int:
    if re.fullmatch(r"\d", text, re.ASCII) is None:
        raise ValueError("ranks are few")
    return int(text)


def meant(word: str, known: Iterable[str]) -> str:
    """What may have been meant by an unknown word, to be added to what is wrong."""
    hint = nearest(word, known)
    return f"; the nearest is {hint}" if hint else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    by_lower = {each.lower(): each for each in known}
    if (same := by_lower.get(word.lower())) is not None:
        return same
    # Of two or three letters any word is near to any other: a guess would be no help.
    words = [each for each in by_lower if len(each) > 3]
    close = process.extractOne(word.lower(), words, scorer=ratio, score_cutoff=60)
    return by_lower[close[0]] if close else None


def _ends(name: str, text: str) -> Ends:
    try:
        if match := _MOMENT.fullmatch(text):
            day, clock, fraction, sign, offset = match.groups()
            zone = "+00:00" if sign is None else f"{sign.replace(' ', '+')}{offset}"
            # RFC 3339 allows a leap second; Python does not know any, so it is taken for the second before.
            instant = datetime.fromisoformat(f"{day}T{re.sub(':60$', ':59', clock)}{fraction or ''}{zone}")
            return instant.astimezone(UTC), instant.astimezone(UTC)
        if _DAY.fullmatch(text):
            day_itself = date.fromisoformat(text)
            return _at(day_itself, time.min), _at(day_itself, time.max)
    except (ValueError, OverflowError) as error:
        raise BadParameter(name, f"there is no such time as “{text}”", INTERVAL_FORMS) from error
    raise BadParameter(name, f"“{text}” is neither a day nor a moment", _suggestion(text) or INTERVAL_FORMS)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, UTC)


def _suggestion(text: str) -> str | None:
    """The interval that a year or a month alone would be."""
    match = _YEAR_OR_MONTH.fullmatch(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or 0)
    if year == 0 or month > 12:
        return None
    first, last = month or 1, month or 12
    return f"{year:04}-{first:02}-01/{year:04}-{last:02}-{monthrange(year, last)[1]:02} for all of {text}"
