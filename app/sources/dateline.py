"""The day that a text itself gives as its own: the one full date in its title or in a line of its own above it."""

import re
from datetime import date

from babel.dates import get_month_names

BEGINNING, LINE_MAX = 300, 80
"""Characters of a text in which its dateline stands, and of a dateline: in a longer line a date is that of a deed."""


def _months() -> dict[str, int]:
    """By name in lower case, as they stand beside a day: English, Ukrainian and Russian."""
    names = {
        name.lower(): number
        for lang in ("en", "uk", "ru")
        for number, name in get_month_names("wide", "format", lang).items()
    }
    short = {name[:3].lower(): number for number, name in get_month_names("wide", "format", "en").items()}
    return short | names


_MONTHS = _months()
_NAMED = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_NAMED})\.?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<month2>{_NAMED})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
    r"|(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.(?P<year3>\d{4})"
    r"|(?P<year4>\d{4})-(?P<month4>\d{1,2})-(?P<day4>\d{1,2}))\b",
    re.IGNORECASE,
)


def dateline(title: str | None, text: str, latest: date) -> date | None:
    """None where no date is given, or several: which of them would be the day of publication is anyone's guess."""
    lines = [line for line in text[:BEGINNING].split("\n") if len(line) <= LINE_MAX]
    for where in ([title or ""], lines):
        found = (_day(match) for line in where for match in _DATE.finditer(line))
        days = {day for day in found if day and day <= latest}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _day(match: re.Match[str]) -> date | None:
    day, month, year = (
        next(value for suffix in ("", "2", "3", "4") if (value := match[name + suffix]))
        for name in ("day", "month", "year")
    )
    try:
        return date(int(year), _MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None
