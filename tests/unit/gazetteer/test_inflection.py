"""Case forms: sixty multi-word and plural names in both languages, right in every case."""

import csv
import re
from pathlib import Path

import pytest

from app.domain.vocabulary import Language
from app.gazetteer.build import GEODATA
from app.gazetteer.inflection import CASES, Paradigms, load

with (Path(__file__).parent / "declensions.csv").open(encoding="utf-8", newline="") as _lines:
    DECLENSIONS = list(csv.DictReader(_lines))
PARADIGMS = {lang: load(GEODATA, lang) for lang in (Language.UK, Language.RU)}


@pytest.mark.parametrize("row", DECLENSIONS, ids=lambda row: f"{row['lang']} {row['nominative']}")
def test_every_case_is_among_the_forms(row: dict[str, str]) -> None:
    paradigms = PARADIGMS[Language(row["lang"])]
    wrong = {case: row[case] for case in CASES if row[case] not in paradigms.forms(row["nominative"], case)}
    assert wrong == {}


def test_the_likeliest_form_comes_first() -> None:
    """All but the genitive of Борки, which people form in two ways."""
    other = {
        (row["nominative"], case)
        for row in DECLENSIONS
        for case in CASES
        if PARADIGMS[Language(row["lang"])].forms(row["nominative"], case)[0] != row[case]
    }
    assert other <= {("Борки", "genitive")}


def test_the_table_holds_sixty_multi_word_and_plural_names_of_each_language() -> None:
    for lang in PARADIGMS:
        names = {row["nominative"] for row in DECLENSIONS if row["lang"] == lang}
        assert len({n for n in names if re.search(r"[ -]|[иіїы]$", n)}) >= 60


@pytest.mark.parametrize("lang", PARADIGMS)
def test_the_examples_of_the_table_fall_into_their_own_class(lang: Language) -> None:
    """A row whose example is caught by an earlier row would never be used."""
    paradigms = PARADIGMS[lang]
    with (GEODATA / f"paradigms_{lang}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["example"] and row["class"] not in {"leading", "indeclinable"}:
                word = row["example"].split()[-1].lower()
                assert row["ending"] == paradigms.ending_of(word), row


def test_words_of_a_name_agree_and_apostrophes_are_one() -> None:
    uk = PARADIGMS[Language.UK]
    assert uk.forms("Стара Збур’ївка", "locative")[0] == "старій збур'ївці"
    assert "рай-олександрівки" in uk.forms("Рай-Олександрівка", "genitive")
    assert uk.forms("Орихово-Василівка", "dative") == ("орихово-василівці",)


def test_a_word_of_no_class_stays_as_it_is() -> None:
    assert _plain().forms("Рену", "genitive") == ("рену",)


def _plain() -> Paradigms:
    return PARADIGMS[Language.UK]
