"""Who is quoted, on which side and how sure, against the tables beside this file."""

from pathlib import Path

import pytest

from app.domain.vocabulary import Language
from tests.unit.reading.said import claims

TABLES = Path(__file__).parent / "tables"
Row = tuple[Language, str, str, str, str]


def rows() -> list[Row]:
    found: list[Row] = []
    for lang in Language:
        for line in (TABLES / f"attributions_{lang}.txt").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                told, sentence = line.split(" | ")
                side, status, name = told.split(maxsplit=2)
                found.append((lang, sentence, side, status, name))
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[1])
def test_a_sentence_is_said_by_its_speaker(row: Row) -> None:
    lang, sentence, side, status, name = row
    told = claims(sentence, lang)
    assert {(c.speaker.side.value, c.claim_status.value) for c in told} == {(side, status)}
    wanted = "The wire" if name == "-" else name
    assert all(wanted.lower() in c.speaker.name.lower() for c in told), [c.speaker for c in told]


@pytest.mark.parametrize("lang", Language)
def test_the_tables_are_large_enough(lang: Language) -> None:
    assert sum(1 for row in rows() if row[0] is lang) >= 40
