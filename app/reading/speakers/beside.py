"""Where beside a word of saying its speaker is named."""

from collections.abc import Iterator
from itertools import islice

from app.domain.vocabulary import Language
from app.reading.speakers.naming import people_in, text_of, with_given_names
from app.reading.speakers.nominative import nominative
from app.reading.speakers.speaker import Memory, Source, named
from app.reading.text.parsing import Sentence
from app.reading.words.patterns import Hit
from app.reading.words.terms import Say, role_words
from app.reading.words.tokens import QUOTES

_ENDS = frozenset(";:()") | QUOTES
THAT = frozenset(["that", "що", "что", "як", "как", "about", "about", "про", "о", "об"])
_BEFORE_INVERSION = QUOTES | {","}
_ENDS_OR_THAT = _ENDS | THAT
_NAME_ENDS = _ENDS | {",", ".", "–", "—", "that", "що", "что"}
_THEIRS = role_words("theirs")
_PREPOSITIONS = role_words("oblique_cyrillic")
_LONGEST_NAME = 25
_SEGMENTS = 3
"""Stretches between commas in which a speaker is looked for."""
_AFTER = 14


def beside(sentence: Sentence, hit: Hit[Say], begin: int, memory: Memory) -> Source | None:
    """The speaker beside a word of saying: before it, or after it where nothing stands before."""
    if hit.term.kind == "phrase":
        source = named(sentence, hit.last + 1, _stop_after(sentence, hit.last + 1), memory)
        if source and source.person:
            return source._replace(name=nominative(source.name, sentence.lang))
        return source or _same_mouth(sentence, hit, memory)
    for start, stop in islice(_segments_before(sentence, hit.first, begin), _SEGMENTS):
        if stop != hit.first and any(start <= e.first < stop for e in sentence.events):
            break
        if stop != hit.first and sentence.words[start] in _PREPOSITIONS:
            continue  # «… «Искандером» по колонне ВСУ, сообщило Минобороны»
        source = named(sentence, start, stop, memory, before_verb=True)
        if source:
            return _with_apposition(sentence, source, start, begin)
    after = _stop_after(sentence, hit.last + 1)
    if sentence.lang is Language.EN and not _inverted(sentence, hit):
        return _speaking_on(sentence, hit, memory)
    return named(sentence, hit.last + 1, after, memory, after_verb=True)


def _same_mouth(sentence: Sentence, hit: Hit[Say], memory: Memory) -> Source | None:
    """As in «по его словам»."""
    theirs = not _THEIRS.isdisjoint(sentence.words[hit.first : hit.last + 1])
    return memory.again(hit.first, hit.last) if theirs else None


def _speaking_on(sentence: Sentence, hit: Hit[Say], memory: Memory) -> Source | None:
    """As in "…, adding that": whoever spoke last goes on."""
    return memory.again(hit.first, hit.last) if sentence.words[hit.first].endswith("ing") else None


def _inverted(sentence: Sentence, hit: Hit[Say]) -> bool:
    """As in "…," said the governor."""
    return hit.first == 0 or sentence.words[hit.first - 1] in _BEFORE_INVERSION


def _segments_before(sentence: Sentence, stop: int, begin: int) -> Iterator[tuple[int, int]]:
    """Stretches between commas before a word, nearest first, none beyond a quote or stop."""
    right = stop
    at = stop - 1
    while at >= begin and stop - at <= _LONGEST_NAME:
        norm = sentence.words[at]
        if norm == ")":
            at = _opening(sentence, at) - 1
            continue
        if at == stop - 1 and norm in QUOTES and (opening := _opening_quote(sentence, at)) is not None:
            at = opening - 1
            continue
        if norm in _ENDS_OR_THAT:
            break
        if norm in (",", "–", "—"):
            if at + 1 < right:
                yield at + 1, right
            right = at
        at -= 1
    if at + 1 < right:
        yield at + 1, right


def _opening(sentence: Sentence, closing: int) -> int:
    """The bracket that opens what `closing` closes; the first word where none does."""
    return next((i for i in range(closing, max(-1, closing - _LONGEST_NAME), -1) if sentence.words[i] == "("), closing)


def _stop_after(sentence: Sentence, start: int) -> int:
    """Where the name after a word of saying ends: at a comma, a stop, "that", an event word."""
    stop = start
    events = {e.first for e in sentence.events}
    while stop < len(sentence.words) and stop - start < _AFTER:
        norm = sentence.words[stop]
        if norm in QUOTES and (name := _in_quotes(sentence, stop)):
            stop = name
            continue
        if norm in _NAME_ENDS or stop in events:
            break
        stop += 1
    return stop


_LONGEST_TITLE = 7


def _in_quotes(sentence: Sentence, opening: int) -> int | None:
    """The word after a short title in quotes («Рыбарь»); None where the quotes hold what is said."""
    for at in range(opening + 1, min(opening + _LONGEST_TITLE, len(sentence.words))):
        if sentence.words[at] in QUOTES:
            return at + 1
    return None


def _opening_quote(sentence: Sentence, closing: int) -> int | None:
    """Where a short title in quotes right before a word of saying begins: «Хортиця» повідомило."""
    for at in range(closing - 1, max(-1, closing - _LONGEST_TITLE), -1):
        if sentence.words[at] in QUOTES:
            return at if at and sentence.words[at - 1] not in _ENDS | {","} else None
    return None


def _with_apposition(sentence: Sentence, source: Source, start: int, begin: int) -> Source:
    """As in "Andriy Kovaliov, a spokesperson for the general staff, said": the name stands before the office."""
    if start < 2 or sentence.words[start - 1] != "," or people_in(sentence, source.first, source.last + 1):
        return source
    for left, right in islice(_segments_before(sentence, start - 1, begin), 1):
        people = people_in(sentence, left, right)
        known = [h for h in sentence.offices if h.term.person and left <= h.first and h.last < right]
        people = with_given_names(people, known) if known else people
        if people and people[0] <= left + 1 and all(sentence.capital(i) for i in range(left, right)):
            name = text_of(sentence, people[0], people[-1])
            side = next((h.term.side for h in known if h.term.side), source.side)
            return source._replace(name=name, first=people[0], side=side, person=True)
    return source
