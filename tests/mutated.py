"""Reports as they arrive on bad days: cut, doubled, shuffled, in other letters, as torn HTML; and what still holds."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from app.domain.feature import Feature, Understanding
from app.domain.interpretation import Footprint
from app.domain.report import Report

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LOOKALIKES = str.maketrans("асеіорхуАВСЕНІКМОРТХ", "aceiopxyABCEHIKMOPTX")
_STRAY = "\x00\x07\x1b\u00ad\u0301\u200b\u200e\u202e\ufeff\ufffc\U0001f4a5()[]{}<>«»\"'*_`~&;:,.–-/=#\n\t 0½"


def _without_words(text: str, chance: Random) -> str:
    return " ".join(word for word in text.split(" ") if chance.random() > 0.2)


def _doubled(text: str, chance: Random) -> str:
    return " ".join(word for word in text.split(" ") for _ in range(1 + (chance.random() < 0.2)))


def _shuffled_words(text: str, chance: Random) -> str:
    words = text.split(" ")
    return " ".join(chance.sample(words, len(words)))


def _shuffled_sentences(text: str, chance: Random) -> str:
    sentences = _SENTENCE.split(text)
    return " ".join(chance.sample(sentences, len(sentences)))


def _shuffled_lines(text: str, chance: Random) -> str:
    lines = text.split("\n")
    return "\n".join(chance.sample(lines, len(lines)))


def _in_other_case(text: str, chance: Random) -> str:
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _in_lookalikes(text: str, chance: Random) -> str:
    return "".join(letter.translate(_LOOKALIKES) if chance.random() < 0.3 else letter for letter in text)


def _with_strays(text: str, chance: Random) -> str:
    return "".join(letter + chance.choice(_STRAY) * chance.randint(1, 3) * (chance.random() < 0.03) for letter in text)


def _without_letters(text: str, chance: Random) -> str:
    return "".join(letter for letter in text if chance.random() > 0.03)


def _as_torn_html(text: str, chance: Random) -> str:
    page = "<div class='a'>" + text.replace("\n", "</p><p>").replace(". ", ".<br/> &nbsp;<b>") + "<script>var a={b:1};"
    return page[: chance.randint(1, len(page))]


def _on_one_line(text: str, chance: Random) -> str:
    return " ".join(text.split())


def _with_breaks(text: str, chance: Random) -> str:
    return "".join(chance.choice("\n\n \t") if letter == " " and chance.random() < 0.2 else letter for letter in text)


MUTATIONS: tuple[Callable[[str, Random], str], ...] = (
    _without_words,
    _doubled,
    _shuffled_words,
    _shuffled_sentences,
    _shuffled_lines,
    _in_other_case,
    _in_lookalikes,
    _with_strays,
    _without_letters,
    _as_torn_html,
    _on_one_line,
    _with_breaks,
)


def mutated(reports: Sequence[Report], number: int, seed: int = 1) -> Iterator[Report]:
    """Reports spoilt in one to three ways, now and then grafted on one another; the same for the same seed."""
    chance = Random(seed)
    for _ in range(number):
        report = chance.choice(reports)
        text = report.text
        if chance.random() < 0.2:
            text += chance.choice(("", " ", "\n", "\n\n")) + chance.choice(reports).text
        for mutation in chance.sample(MUTATIONS, chance.randint(1, 3)):
            text = mutation(text, chance)
        yield replace(report, text=text, lang=report.lang if chance.random() < 0.5 else None)


def check(understanding: Understanding, features: Sequence[Feature]) -> None:
    """What holds for every report, whatever stands in it. Raises AssertionError."""
    text, reading = understanding.report.text, understanding.reading
    assert len(understanding.resolutions) == len(reading.mentions)
    assert len(understanding.footprints) == len(reading.expressions)
    for mention in reading.mentions:
        assert mention.span.of(text) == mention.surface
        assert reading.passages[mention.passage].span.contains(mention.span)
    for expression, drawn in zip(reading.expressions, understanding.footprints, strict=True):
        assert expression.anchors
        assert max(expression.anchors) < len(reading.mentions)
        assert reading.passages[expression.passage].span.contains(expression.span)
        assert all(f.geometry.is_valid and f.uncertainty_m >= 0 for f in drawn if isinstance(f, Footprint))
    for claim in reading.claims:
        assert claim.span.of(text).strip()
        assert all(index < len(reading.expressions) for index in claim.expressions)
    assert len({feature.id for feature in features}) == len(features)
