"""Which language a text is told to be in."""

from datetime import date

import pytest

from app.domain.report import Report
from app.domain.vocabulary import Language
from app.reading.text.language import language, language_of


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Fighting continues near Bakhmut.", Language.EN),
        ("Бої тривають поблизу Бахмута.", Language.UK),
        ("Бои продолжаются у Бахмута.", Language.RU),
        ("Ворог наступав на Лиманському напрямку", Language.UK),
        ("На Лиманском направлении отбиты атаки", Language.RU),
        ("ISW: бои в районе Bakhmut и Soledar были тяжёлыми", Language.RU),
        ("The word «напрямок» means direction, the ministry said on Monday.", Language.EN),
        ("", Language.EN),
        ("12:30", Language.EN),
    ],
)
def test_by_letters_and_small_words(text: str, lang: Language) -> None:
    assert language_of(text) is lang


def test_a_stated_language_wins() -> None:
    report = Report("Бои у Бахмута", date(2023, 5, 1), "a channel", lang=Language.UK)
    assert language(report) is Language.UK
