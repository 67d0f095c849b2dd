"""Words of a text, where they start and end, and which stand together."""

import pytest

from app.gazetteer.tokens import tokenise


def words(text: str) -> list[str]:
    tokens = tokenise(text)
    return [text[tokens.start(i) : tokens.end(i)] for i in range(len(tokens.words))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow's forces", ["Moscow", "forces"]),
        ("Ukraine’s east", ["Ukraine", "east"]),
        ("біля Куп’янська", ["біля", "Куп’янська"]),
        ("Slov'yans'k", ["Slov'yans'k"]),
        ("U.S. officials", ["U.S.", "officials"]),
        ("Bila Hora–Andriivka", ["Bila", "Hora", "Andriivka"]),
        ("«Азовсталь»", ["Азовсталь"]),
        ("с.Веселе", ["с", "Веселе"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Bila Hora", True),
        ("Bila\nHora", True),
        ("Bilhorod-Dnistrovskyi", True),
        ("Orikhovo–Vasylivka", True),
        ("Bila, Hora", False),
        ("Bila - Hora", False),
        ("Bila. Hora", False),
        ("Bila (Hora", False),
    ],
)
def test_what_may_be_one_name(text: str, joined: bool) -> None:
    assert tokenise(text).joined(1) is joined


def test_a_possessive_ends_a_name() -> None:
    assert not tokenise("Kryvyi's Rih").joined(1)
