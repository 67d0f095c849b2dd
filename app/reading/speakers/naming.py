"""How a speaker is named in a sentence: which words are a person's, and an office in the nominative."""

import re
from collections.abc import Sequence
from typing import Any

from app.reading.text.parsing import Sentence
from app.reading.words.patterns import Hit
from app.reading.words.terms import Office, role_words
from app.reading.words.tokens import QUOTES

_OF = frozenset(["of", "in", "for", "near"])

_PREPOSITIONS = role_words("oblique_en") | role_words("oblique_cyrillic")

_UNITS = role_words("units")

_NO_NAME = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "as",
        "by",
        "for",
        "from",
        "of",
        "and",
        "but",
        "it",
        "its",
        "his",
        "her",
        "their",
        "this",
        "that",
        "these",
        "those",
        "one",
        "some",
        "most",
        "all",
        "two",
        "three",
        "later",
        "earlier",
        "meanwhile",
        "also",
        "then",
        "now",
        "today",
        "yesterday",
        "separately",
        "позже",
        "ранее",
        "также",
        "затем",
        "потом",
        "накануне",
        "сегодня",
        "вчера",
        "теперь",
        "тем",
        "пізніше",
        "раніше",
        "також",
        "потім",
        "згодом",
        "напередодні",
        "сьогодні",
        "вчора",
        "тепер",
        "водночас",
    ]
)


def people_in(sentence: Sentence, start: int, stop: int) -> list[int]:
    """Capital words that are no place, side, office, date or first word of a sentence standing alone."""
    written = sentence.tokens.written[start:stop]
    capitals = [i for i, word in enumerate(written, start) if word[0].isupper()]
    return [i for i in capitals if _names_person(sentence, i, start, stop)]


def _names_person(sentence: Sentence, at: int, start: int, stop: int) -> bool:
    word = sentence.words[at]
    before = sentence.words[at - 1] if at else ""
    if word.endswith("'s") or word in _PREPOSITIONS or (before in _PREPOSITIONS and at > start):
        return False
    if at in sentence.named or len(word) == 1 or word in _NO_NAME or before in _OF or (at > start and before in QUOTES):
        return False
    if at == 0 and not (stop > 1 and sentence.capital(1)):
        return False
    classes: tuple[Sequence[Hit[Any]], ...] = (
        sentence.offices,
        sentence.states,
        sentence.sides,
        sentence.calendar,
        sentence.events,
        sentence.joins,
        sentence.says,
        sentence.modifiers,
    )
    return not any(h.first <= at <= h.last for hits in classes for h in hits)


def one_name(sentence: Sentence, people: list[int]) -> list[int]:
    """Of several names with words between them, the last one that is no unit's: «Восточной группировки … Иван
    Иваненко», "the 24th Mechanised Brigade"."""
    if not people:
        return people
    names: list[list[int]] = []
    for at in people:
        if names and not any(_is_small(word) for word in sentence.tokens.written[names[-1][-1] + 1 : at]):
            names[-1].append(at)
        else:
            names.append([at])
    names = [name for name in names if sentence.words[name[-1]] not in _UNITS]
    whole = [name for name in names if len(name) > 1] or names
    return whole[-1] if whole else []


def _is_small(word: str) -> bool:
    return word[0].isalpha() and not word[0].isupper()


def with_given_names(people: Sequence[int], known: Sequence[Hit[Office]]) -> list[int]:
    """The words of the first known person with the given names before the family name."""
    words = list(range(known[0].first, known[0].last + 1))
    while words[0] - 1 in people:
        words.insert(0, words[0] - 1)
    while words[-1] + 1 in people:
        words.append(words[-1] + 1)
    return words


def called(sentence: Sentence, first: int, last: int) -> str:
    """The words of a name, its head in the nominative where the data files know it, with the region it is of."""
    if first < last and _region_of(sentence, first + 1):
        first += 1
    head = next((hit for hit in sentence.titles if hit.first <= first <= hit.last), None)
    of = _region_of(sentence, head.first if head else first)
    if head is None:
        whole = text_of(sentence, _with_region(sentence, first), last)
        return f"{of} {whole}" if of else whole
    name = head.term.name
    if of:
        name = f"{of} {name}"
    elif sentence.capital(head.first):
        name = name[0].upper() + name[1:]
    return f"{name} {text_of(sentence, head.last + 1, last)}".strip()


_OF_REGION = ((re.compile(r"(?<=[сзц]ьк)(?:а|ої|ій|у|ою)$"), "а"), (re.compile(r"(?<=[сц]к)(?:ая|ой|ую)$"), "ая"))
"""«Харківською», «Харьковской»: endings of a region's adjective before a feminine office, and the nominative."""


def _region_of(sentence: Sentence, first: int) -> str | None:
    """«Харківська» before an office, whatever its case."""
    if first == 0 or not sentence.capital(first - 1):
        return None
    word = sentence.tokens.written[first - 1]
    return next((ending.sub(other, word) for ending, other in _OF_REGION if ending.search(word)), None)


def _with_region(sentence: Sentence, first: int) -> int:
    """Where the name of an office begins with the place before it: "Kharkiv Oblast Military Administration"."""
    while first and first - 1 in sentence.named and sentence.capital(first - 1):
        first -= 1
    return first


def text_of(sentence: Sentence, first: int, last: int) -> str:
    """The words as they were written, on one line, without what an opening bracket begins; empty for no words."""
    words = sentence.words[first : last + 1]
    if not words:
        return ""
    if "(" in words[1:] and ")" not in words:
        last = first + words.index("(", 1) - 1
    said = sentence.text[sentence.tokens.starts[first] : sentence.tokens.ends[last]]
    return " ".join(said.replace("(", " ").replace(")", " ").split()).replace(" ,", ",")
