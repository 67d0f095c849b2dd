"""What the word lists find in one sentence, and where its spatial expressions stand among its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from app.domain.reading import Mention, SpatialExpression
from app.domain.text import Span
from app.domain.vocabulary import Language, Relation, Use
from app.reading.patterns import Hit
from app.reading.terms import (
    DayPhrase,
    Doubt,
    EventWord,
    Join,
    Lead,
    Means,
    Modifier,
    Month,
    Office,
    Region,
    Say,
    SideWord,
    Term,
    Weekday,
    patterns,
)
from app.reading.tokens import Word, tokens

T = TypeVar("T")


class Locator(NamedTuple):
    """A spatial expression as words `first` to `last` of a sentence."""

    expression: int
    first: int
    last: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class Sentence:
    """`span` is its place in the report; hits count words from its beginning."""

    text: str
    """Of the whole report."""
    span: Span
    passage: int
    lang: Language
    words: Sequence[Word]
    locators: tuple[Locator, ...]
    names: frozenset[int]
    """Words that are part of a place name taken literally…"""
    named: frozenset[int]
    """…and of any place name."""
    events: tuple[Hit[EventWord], ...]
    means: tuple[Hit[Means], ...]
    modifiers: tuple[Hit[Modifier], ...]
    joins: tuple[Hit[Join], ...]
    sides: tuple[Hit[SideWord], ...]
    offices: tuple[Hit[Office], ...]
    says: tuple[Hit[Say], ...]
    doubts: tuple[Hit[Doubt], ...]
    regions: tuple[Hit[Region], ...]
    calendar: tuple[Hit[Month | Weekday | DayPhrase | Lead], ...]

    def raw(self, word: int) -> str:
        """A word as it was written."""
        return self.text[self.words[word].start : self.words[word].end]


def parse(
    text: str,
    place: tuple[Span, int],
    lang: Language,
    mentions: Iterable[Mention],
    expressions: Iterable[tuple[int, SpatialExpression]],
) -> Sentence:
    """One sentence at its span and in its passage; `mentions` and `expressions` are those in it, in any order."""
    span, passage = place
    words = tokens(text, span)
    here = list(mentions)
    literal = _covered(words, (m.span for m in here if m.use is Use.LITERAL))
    named = literal | _covered(words, (m.span for m in here))
    hits = find(words, lang)
    return Sentence(
        text=text,
        span=span,
        passage=passage,
        lang=lang,
        words=words,
        locators=tuple(sorted(_locators(words, expressions), key=lambda one: (one.first, one.last, one.expression))),
        names=literal,
        named=named,
        events=tuple(h for h in _of(EventWord, hits, frozenset()) if h.first not in named and h.last not in named),
        means=_of(Means, hits, named),
        modifiers=_of(Modifier, hits, literal),
        joins=_of(Join, hits, named),
        sides=_of(SideWord, hits, literal),
        offices=_of(Office, hits, literal),
        says=_of(Say, hits, named),
        doubts=_of(Doubt, hits, frozenset()),
        regions=_of(Region, hits, frozenset()),
        calendar=calendar_of(hits),
    )


_QUOTES = frozenset('"«»“”„‟*_')


def find(words: Sequence[Word], lang: Language) -> list[Hit[Term]]:
    """What the word lists find; quote marks inside a phrase do not part it."""
    plain = [i for i, word in enumerate(words) if word.norm not in _QUOTES]
    hits = patterns(lang).find([words[i] for i in plain])
    if len(plain) == len(words):
        return hits
    return [Hit(hit.term, plain[hit.first], plain[hit.last]) for hit in hits]


def calendar_of(hits: Iterable[Hit[Term]]) -> tuple[Hit[Month | Weekday | DayPhrase | Lead], ...]:
    """The words that dates are read from."""
    return tuple(
        Hit(hit.term, hit.first, hit.last) for hit in hits if isinstance(hit.term, Month | Weekday | DayPhrase | Lead)
    )


def _of(kind: type[T], hits: Iterable[Hit[Term]], without: frozenset[int]) -> tuple[Hit[T], ...]:
    return tuple(
        Hit(hit.term, hit.first, hit.last)
        for hit in hits
        if isinstance(hit.term, kind) and without.isdisjoint(range(hit.first, hit.last + 1))
    )


def _covered(words: Sequence[Word], spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(
        i for span in spans for i, word in enumerate(words) if word.start < span.end and span.start < word.end
    )


def _locators(words: Sequence[Word], expressions: Iterable[tuple[int, SpatialExpression]]) -> Iterable[Locator]:
    for index, expression in expressions:
        inside = [
            i for i, word in enumerate(words) if word.start < expression.span.end and expression.span.start < word.end
        ]
        if inside:
            yield Locator(index, inside[0], inside[-1], expression.relation)
