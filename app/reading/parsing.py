"""What the word lists find in one sentence, and where its spatial expressions stand among its words."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from app.domain.reading import Mention, SpatialExpression
from app.domain.text import Span
from app.domain.vocabulary import Language, Relation, Use
from app.reading.patterns import Hit
from app.reading.terms import (
    Country,
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
    State,
    Term,
    Title,
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
    country: bool = False
    """A whole country, which a finer place makes superfluous."""


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
    titles: tuple[Hit[Title], ...]
    states: tuple[Hit[State], ...]
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
    starts = [word.start for word in words]
    here = list(mentions)
    literal = _covered(words, starts, (m.span for m in here if m.use is Use.LITERAL))
    named = literal | _covered(words, starts, (m.span for m in here))
    found = _by_class(find(words, lang))
    countries = literal & {i for hit in found[Country] for i in range(hit.first, hit.last + 1)}
    return Sentence(
        text=text,
        span=span,
        passage=passage,
        lang=lang,
        words=words,
        locators=tuple(
            sorted(
                _locators(words, starts, expressions, (countries, literal)),
                key=lambda one: (one.first, one.last, one.expression),
            )
        ),
        names=literal,
        named=named,
        events=tuple(h for h in found[EventWord] if h.first not in named and h.last not in named),
        means=_outside(found[Means], named),
        modifiers=_outside(found[Modifier], literal),
        joins=_outside(found[Join], named),
        sides=_outside(found[SideWord], literal),
        offices=_outside(found[Office], literal),
        titles=tuple(found[Title]),
        states=tuple(found[State]),
        says=_outside(found[Say], named | _inside_longer(found[Office])),
        doubts=tuple(found[Doubt]),
        regions=tuple(found[Region]),
        calendar=_calendar(found),
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
    return _calendar(_by_class(hits))


def _calendar(found: dict[type, list[Any]]) -> tuple[Hit[Month | Weekday | DayPhrase | Lead], ...]:
    hits = [*found[Month], *found[Weekday], *found[DayPhrase], *found[Lead]]
    return tuple(sorted(hits, key=lambda hit: (hit.first, hit.last)))


def _by_class(hits: Iterable[Hit[Term]]) -> dict[type, list[Any]]:
    found: defaultdict[type, list[Any]] = defaultdict(list)
    for hit in hits:
        found[type(hit.term)].append(hit)
    return found


def _outside(hits: list[Hit[T]], names: frozenset[int]) -> tuple[Hit[T], ...]:
    return tuple(hit for hit in hits if not names or names.isdisjoint(range(hit.first, hit.last + 1)))


def _inside_longer(offices: Iterable[Hit[Office]]) -> frozenset[int]:
    """Words of offices of several words: the "State" of a "State Border Service" says nothing."""
    return frozenset(i for hit in offices if hit.last > hit.first for i in range(hit.first, hit.last + 1))


def _covered(words: Sequence[Word], starts: Sequence[int], spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for span in spans for i in _inside(words, starts, span))


def _inside(words: Sequence[Word], starts: Sequence[int], span: Span) -> range:
    """The words that a span touches."""
    first = max(0, bisect_right(starts, span.start) - 1)
    if first < len(words) and words[first].end <= span.start:
        first += 1
    return range(first, bisect_left(starts, span.end))


def _locators(
    words: Sequence[Word],
    starts: Sequence[int],
    expressions: Iterable[tuple[int, SpatialExpression]],
    names: tuple[frozenset[int], frozenset[int]],
) -> Iterator[Locator]:
    """`names` are the words of countries' names, and of all place names."""
    countries, every = names
    for index, expression in expressions:
        inside = _inside(words, starts, expression.span)
        if inside:
            named = every.intersection(inside)
            country = expression.relation is Relation.AT and bool(named) and named <= countries
            yield Locator(index, inside[0], inside[-1], expression.relation, country)
