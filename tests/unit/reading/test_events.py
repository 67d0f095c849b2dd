"""What happened, who did it and how it went, against the tables beside this file."""

from pathlib import Path

import pytest

from app.domain.vocabulary import Language
from tests.unit.reading.said import claims

TABLES = Path(__file__).parent / "tables"
PUBLISHERS = {
    "UA": "Генеральний штаб ЗСУ",
    "RU": "Минобороны России",
    "wire": "The wire",
    "ISW": "Institute for the Study of War",
}
Row = tuple[Language, str, str, list[list[str]]]


def rows() -> list[Row]:
    found: list[Row] = []
    for lang in Language:
        for line in (TABLES / f"events_{lang}.txt").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                told, publisher, sentence = line.split(" | ")
                found.append((lang, publisher, sentence, [one.split() for one in told.split(" + ")]))
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[2])
def test_a_sentence_tells_its_events(row: Row) -> None:
    lang, publisher, sentence, wanted = row
    told = [[c.event.value, c.actor.value, c.outcome.value] for c in claims(sentence, lang, PUBLISHERS[publisher])]
    assert len(told) == len(wanted), told
    for claim, want in zip(told, wanted, strict=True):
        assert [a if w != "?" else "?" for a, w in zip(claim, want, strict=True)] == want
