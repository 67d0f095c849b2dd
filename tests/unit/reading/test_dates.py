"""Every way reports say when, in three languages, against the tables beside this file."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.text import Span
from app.domain.vocabulary import Language, TimePrecision
from app.reading.dates.bulletins import header
from app.reading.dates.days import Clock, datings
from app.reading.text.parsing import calendar_of, find
from app.reading.words.tokens import tokens

TABLES = Path(__file__).parent / "tables"
WEDNESDAY = date(2023, 7, 12)
Row = tuple[Language, str, str, date]


def rows() -> list[Row]:
    found: list[Row] = []
    for lang in Language:
        lines = (TABLES / f"dates_{lang}.txt").read_text("utf-8").splitlines()
        for line in lines:
            if line and not line.startswith("#"):
                phrase, said, *published = (part.strip() for part in line.split("|"))
                day = date.fromisoformat(published[0]) if published else WEDNESDAY
                found.append((lang, phrase, said, day))
    return found


def read(lang: Language, text: str, clock: Clock) -> str:
    said = tokens(text, Span(0, len(text)))
    found = datings(said, calendar_of(find(said.words, lang)), lang, clock)
    return " ".join(_said(*one[:3]) for one in found) or "-"


def _said(start: date, end: date, precision: TimePrecision) -> str:
    days = f"{start}" if start == end else f"{start}..{end}"
    return days if precision is TimePrecision.DAY else f"{days} {precision}"


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]} {row[1]}")
def test_a_phrase_means_its_days(row: Row) -> None:
    lang, phrase, said, published = row
    assert read(lang, phrase, Clock(published)) == said


@pytest.mark.parametrize("lang", Language)
def test_the_tables_are_large_enough(lang: Language) -> None:
    assert sum(1 for row in rows() if row[0] is lang) >= 60


@pytest.mark.parametrize(
    ("lang", "text", "hour", "day"),
    [
        (Language.UK, "Оперативна інформація станом на 06.00 12 липня 2023 року", 6, WEDNESDAY),
        (Language.UK, "Ситуація станом на 18:00 щодо вторгнення", 18, None),
        (Language.UK, "Станом на ранок 12 липня", 6, WEDNESDAY),
        (Language.RU, "Сводка по состоянию на 22:00 11 июля", 22, date(2023, 7, 11)),
        (Language.EN, "Operational information as of 06:00, July 12, 2023", 6, WEDNESDAY),
        (Language.EN, "Situation as of 6 p.m. on July 11", 18, date(2023, 7, 11)),
    ],
)
def test_a_bulletin_states_its_hour(lang: Language, text: str, hour: int, day: date | None) -> None:
    said = tokens(text, Span(0, len(text)))
    found = header(said, calendar_of(find(said.words, lang)), lang, WEDNESDAY)
    assert found is not None
    assert (found.hour, found.day) == (hour, day)


@pytest.mark.parametrize("text", ["Станом на 12 липня втрати ворога", "Станом на зараз бої тривають", "as of now"])
def test_a_day_alone_is_no_hour(text: str) -> None:
    said = tokens(text, Span(0, len(text)))
    assert header(said, calendar_of(find(said.words, Language.UK)), Language.UK, WEDNESDAY) is None


def test_the_past_day_of_an_evening_report_is_the_same_day() -> None:
    assert read(Language.UK, "протягом доби", Clock(WEDNESDAY, 18)) == "2023-07-12"
    assert read(Language.UK, "минулої доби", Clock(WEDNESDAY, 6)) == "2023-07-11"
    assert read(Language.EN, "in the past 24 hours", Clock(WEDNESDAY, 6)) == "2023-07-11"
