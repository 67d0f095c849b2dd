"""The word lists: well formed, and found in text as they say."""

import tomllib
from importlib import resources

import pytest

from app.domain.vocabulary import Compass, Language
from app.reading.words.lexicon import SHAPING, lexicon

TELLING = {
    *(
        "with",
        "orgadj",
        "org",
        "topic",
        "title",
        "of_org",
        "participle",
        "territory",
        "hit",
        "suffer",
        "motion",
        "past",
    ),
    *(
        "statelet",
        "say",
        "street",
        "avenue",
        "works",
        "unquoted",
        "including",
        "name",
        "common",
        "seat",
        "is",
        "aim",
        "onto",
        "speech",
        "surname",
        "byline",
    ),
}
"""Classes that only tell how a name is used."""


def classes(lang: Language) -> dict[str, list[str] | dict[str, list[str]]]:
    text = resources.files("app.reading.words").joinpath(f"{lang}.toml").read_text("utf-8")
    return dict(tomllib.loads(text)["classes"])


@pytest.mark.parametrize("lang", Language)
def test_every_class_is_one_that_something_reads(lang: Language) -> None:
    assert set(classes(lang)) <= SHAPING | TELLING


@pytest.mark.parametrize("lang", Language)
def test_all_sixteen_winds_are_named(lang: Language) -> None:
    named = classes(lang)["compass"]
    assert isinstance(named, dict)
    assert set(named) == set(Compass)


@pytest.mark.parametrize("lang", Language)
def test_words_are_small_and_stems_long_enough(lang: Language) -> None:
    for kind, listed in classes(lang).items():
        for some in listed.values() if isinstance(listed, dict) else [listed]:
            for phrase in some:
                assert phrase == phrase.lower().strip(), (kind, phrase)
                assert all(len(word) > 2 for word in phrase.split() if word.endswith("*")), (kind, phrase)


@pytest.mark.parametrize(
    ("lang", "words", "kind", "value"),
    [
        (Language.EN, ["north", "-", "northeast"], "compass", "NNE"),
        (Language.EN, ["south", "-", "western"], "windy", "SW"),
        (Language.UK, ["північно", "-", "західніше"], "bearing", "NW"),
        (Language.UK, ["північний", "схід"], "compass", "NE"),
        (Language.UK, ["в", "районах", "населених", "пунктів"], "near", None),
        (Language.RU, ["северо", "-", "западу"], "compass", "NW"),
        (Language.RU, ["н", ".", "п", "."], "town", None),
        (Language.RU, ["километрах"], "unit", 1.0),
        (Language.EN, ["miles"], "unit", 1.609344),
    ],
)
def test_the_longest_phrase_is_found(lang: Language, words: list[str], kind: str, value: object) -> None:
    known = lexicon(lang).known(words[0])
    entries = [known.shape, *(known.longer.phrases(words, 0) if known.longer else ())]
    entry = min((entry for entry in entries if entry and entry.shapes), key=lambda entry: entry.rank)
    assert (entry.kind, entry.value, len(entry.parts)) == (kind, value, len(words))


def test_a_stem_covers_all_endings() -> None:
    for word in ("напрямок", "напрямку", "напрямках"):
        known = lexicon(Language.UK).known(word)
        assert known.shape is not None and known.shape.kind == "dir"


def test_every_lexicon_knows_the_other_languages() -> None:
    known = lexicon(Language.EN).known("поблизу")
    assert known.shape is not None and known.shape.kind == "near"
