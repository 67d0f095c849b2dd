"""What the word lists find in one sentence, and where its spatial expressions stand among its words."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from app.domain.reading import Mention, SpatialExpression
from app.domain.text import Span
from app.domain.vocabulary import Language, Relation, Use
from app.reading.patterns import Found, Hit
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
    Title,
    Weekday,
    patterns,
)
from app.reading.tokens import Tokens, tokens

T = TypeVar("T")


class Locator(NamedTuple):
    """A spatial expression as words `first` to `last` of a sentence."""

    expression: int
    first: int
    last: int
    relation: Relation
    country: bool = False
    """A whole country, which a finer place makes superfluous."""


class Sentence(NamedTuple):
    """`span` is its place in the report; hits count words from its beginning."""

    text: str
    """Of the whole report."""
    span: Span
    passage: int
    lang: Language
    words: Sequence[str]
    """Its tokens as they are compared."""
    tokens: Tokens
    locators: tuple[Locator, ...]
    names: frozenset[int]
    """Words that are part of a place name taken literally…"""
    named: frozenset[int]
    """…and of any place name."""
    in_russia: bool
    """Whether all the places that it names can only be Russia's."""
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

    def capital(self, word: int) -> bool:
        return self.tokens.capital(word)


def parse(
    text: str,
    place: tuple[Span, int],
    lang: Language,
    mentions: Iterable[Mention],
    expressions: Iterable[tuple[int, SpatialExpression]],
    *,
    in_russia: Callable[[Mention], bool],
) -> Sentence:
    """One sentence at its span and in its passage; `mentions` and `expressions` are those in it, in any order."""
    here = list(mentions)
    span, passage = place
    said = tokens(text, span)
    words = said.words
    literal: set[int] = set()
    named: set[int] = set()
    for mention in here:
        covered = _inside(said, mention.span)
        named.update(covered)
        if mention.use is Use.LITERAL:
            literal.update(covered)
    found = find(words, lang)
    countries = literal & _words_of(found.get(Country, ()))
    locators = list(_locators(said, expressions, (countries, literal)))
    locators.sort(key=lambda one: (one.first, one.last, one.expression))
    events = found.get(EventWord, ())
    return Sentence(
        text=text,
        span=span,
        passage=passage,
        lang=lang,
        words=words,
        tokens=said,
        locators=tuple(locators),
        names=frozenset(literal),
        named=frozenset(named),
        in_russia=bool(literal) and all(in_russia(mention) for mention in here if mention.use is Use.LITERAL),
        events=tuple([h for h in events if h.first not in named]),
        means=_outside(found.get(Means), named),
        modifiers=_outside(found.get(Modifier), literal),
        joins=_outside(found.get(Join), named),
        sides=_outside(found.get(SideWord), literal),
        offices=_outside(found.get(Office), literal),
        titles=tuple(found.get(Title, ())),
        states=tuple(found.get(State, ())),
        says=_outside(found.get(Say), named | _words_of(h for h in found.get(Office, ()) if h.last > h.first)),
        doubts=tuple(found.get(Doubt, ())),
        regions=tuple(found.get(Region, ())),
        calendar=_undatelined(calendar_of(found), said),
    )


def _undatelined(calendar: Sequence[Hit[T]], said: Tokens) -> tuple[Hit[T], ...]:
    """The day in a dateline is the text's own, and nothing told happened on it for that."""
    if not calendar:
        return ()
    dateline = _dateline(said)
    return tuple([hit for hit in calendar if hit.first > dateline])


_LONGEST_DATELINE = 14
_DATELINE = frozenset(",.()/-–—")


def _dateline(said: Tokens) -> int:
    """The dash that ends "KYIV, Ukraine, July 12 (Agency) -", -1 where there is none."""
    for index, word in enumerate(said.words[:_LONGEST_DATELINE]):
        if word in ("-", "–", "—") and index and said.words[index - 1] == ")":
            return index
        if not (said.capital(index) or word[0].isdigit() or word in _DATELINE):
            break
    return -1


_QUOTES = frozenset('"«»“”„‟*_')


def find(words: Sequence[str], lang: Language) -> Found[Any]:
    """What the word lists find; quote marks inside a phrase do not part it."""
    if _QUOTES.isdisjoint(words):
        return patterns(lang).find(words)
    plain = [i for i, word in enumerate(words) if word not in _QUOTES]
    found = patterns(lang).find([words[i] for i in plain])
    return {kind: [Hit(h.term, plain[h.first], plain[h.last]) for h in hits] for kind, hits in found.items()}


def calendar_of(found: Found[Any]) -> tuple[Hit[Month | Weekday | DayPhrase | Lead], ...]:
    """The words that dates are read from."""
    hits = [hit for kind in (Month, Weekday, DayPhrase, Lead) for hit in found.get(kind, ())]
    hits.sort(key=lambda hit: (hit.first, hit.last))
    return tuple(hits)


def _outside(hits: Sequence[Hit[T]] | None, names: set[int]) -> tuple[Hit[T], ...]:
    if not hits:
        return ()
    return tuple([hit for hit in hits if names.isdisjoint(range(hit.first, hit.last + 1))])


def _words_of(hits: Iterable[Hit[Any]]) -> set[int]:
    return {i for hit in hits for i in range(hit.first, hit.last + 1)}


def _inside(said: Tokens, span: Span) -> range:
    """The words that a span touches."""
    return range(bisect_right(said.ends, span.start), bisect_left(said.starts, span.end))


def _locators(
    said: Tokens,
    expressions: Iterable[tuple[int, SpatialExpression]],
    names: tuple[set[int], set[int]],
) -> Iterator[Locator]:
    """`names` are the words of countries' names, and of all place names."""
    countries, every = names
    for index, expression in expressions:
        inside = _inside(said, expression.span)
        if inside:
            named = every.intersection(inside)
            country = expression.relation is Relation.AT and bool(named) and named <= countries
            yield Locator(index, inside[0], inside[-1], expression.relation, country)
