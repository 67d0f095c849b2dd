"""Who is quoted by "according to" is called by his name, not by its genitive, where the form leaves no doubt."""

import pytest

from app.domain.vocabulary import Language
from app.reading.speakers.nominative import nominative
from tests.unit.reading.said import claims


@pytest.mark.parametrize(
    ("said", "lang", "called"),
    [
        ("Олександра Сирського", Language.UK, "Олександр Сирський"),
        ("Валерія Залужного", Language.UK, "Валерій Залужний"),
        ("Олега Синєгубова", Language.UK, "Олег Синєгубов"),
        ("Сергія Братчука", Language.UK, "Сергій Братчук"),
        ("Дмитра Коваленка", Language.UK, "Дмитро Коваленко"),
        ("Ганни Маляр", Language.UK, "Ганна Маляр"),
        ("Наталії Гуменюк", Language.UK, "Наталія Гуменюк"),
        ("Зеленського", Language.UK, "Зеленський"),
        ("Дениса Пушилина", Language.RU, "Денис Пушилин"),
        ("Вячеслава Гладкова", Language.RU, "Вячеслав Гладков"),
        ("Сергея Шойгу", Language.RU, "Сергей Шойгу"),
        ("Марии Захаровой", Language.RU, "Мария Захарова"),
        ("Владимира Зеленского", Language.RU, "Владимир Зеленский"),
        # In doubt: whose given name it is, how the family name ends, or who of several words is who.
        ("Олександра Петренко", Language.UK, "Олександра Петренко"),
        ("Дмитра Лубінця", Language.UK, "Дмитра Лубінця"),
        ("Алексея Толстого", Language.RU, "Алексея Толстого"),
        ("Прокудіна", Language.UK, "Прокудіна"),
        ("DeepState", Language.UK, "DeepState"),
    ],
)
def test_a_name_in_the_genitive(said: str, lang: Language, called: str) -> None:
    assert nominative(said, lang) == called


def test_who_is_quoted_is_called_by_his_name() -> None:
    (told,) = claims("За словами командувача Олександра Сирського, ворог атакував [біля Лимана].", Language.UK)
    assert told.speaker.name == "Олександр Сирський"


def test_a_name_told_in_both_forms_is_one_speaker() -> None:
    text = (
        "Денис Пушилин сообщил, что противник обстрелял [Горловку].\n"
        "По словам Дениса Пушилина, противник обстрелял и [Макеевку]."
    )
    assert {told.speaker.name for told in claims(text, Language.RU)} == {"Денис Пушилин"}
