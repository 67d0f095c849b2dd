"""What is denied, planned, feared, possible or general is no claim, against the tables beside this file."""

from pathlib import Path

import pytest

from app.domain.vocabulary import Language
from tests.unit.reading.said import claims

TABLES = Path(__file__).parent / "tables"


def rows() -> list[tuple[Language, str]]:
    return [
        (lang, line)
        for lang in Language
        for line in (TABLES / f"nothing_{lang}.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[1])
def test_nothing_is_claimed(row: tuple[Language, str]) -> None:
    lang, sentence = row
    assert claims(sentence, lang) == ()


@pytest.mark.parametrize("lang", Language)
def test_the_tables_are_large_enough(lang: Language) -> None:
    assert sum(1 for row in rows() if row[0] is lang) >= 25
