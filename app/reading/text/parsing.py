"""What the word lists find in one sentence, and where its spatial expressions stand among its words."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, TypeVar

from app.domain.reading import Mention, SpatialExpression
from app.domain.text import Span
from app.domain.vocabulary import Language, Relation, Use
from app.reading.words.patterns import Found, Hit
from app.reading.words.terms import (
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
from app.reading.words.tokens import QUOTES, Tokens, tokens

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
    locators: Sequence[Locator]
    named: AbstractSet[int]
    """Words that are part of any place name."""
    in_russia: bool
    """Whether all the places that it names can only be Russia's."""
    events: Sequence[Hit[EventWord]]
    means: Sequence[Hit[Means]]
    modifiers: Sequence[Hit[Modifier]]
    joins: Sequence[Hit[Join]]
    sides: Sequence[Hit[SideWord]]
    offices: Sequence[Hit[Office]]
    titles: Sequence[Hit[Title]]
    states: Sequence[Hit[State]]
    says: Sequence[Hit[Say]]
    doubts: Sequence[Hit[Doubt]]
    regions: Sequence[Hit[Region]]
    calendar: Sequence[Hit[Month | Weekday | DayPhrase | Lead]]

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
    span, passage = place
    said = tokens(text, span)
    literal: set[int] = set()
    named: set[int] = set()
    places: list[Mention] = []
    for mention in mentions:
        covered = _inside(said, mention.span)
        named.update(covered)
        if mention.use is Use.LITERAL:
            literal.update(covered)
            places.append(mention)
    found = find(said.words, lang)
    return Sentence(
        text=text,
        span=span,
        passage=passage,
        lang=lang,
        words=said.words,
        tokens=said,
        locators=_locators(said, expressions, (literal & _words_of(found.get(Country, ())), literal)),
        named=named,
        in_russia=bool(literal) and all(map(in_russia, places)),
        events=[hit for hit in found.get(EventWord, ()) if hit.term.event and hit.first not in named],
        means=_outside(found.get(Means, ()), named),
        modifiers=_outside(found.get(Modifier, ()), literal),
        joins=_outside(found.get(Join, ()), named),
        sides=_outside(found.get(SideWord, ()), literal),
        offices=_outside(found.get(Office, ()), literal),
        titles=found.get(Title, ()),
        states=found.get(State, ()),
        says=_sayings(found, named),
        doubts=found.get(Doubt, ()),
        regions=found.get(Region, ()),
        calendar=_undatelined(calendar_of(found), said),
    )


def _undatelined(calendar: Sequence[Hit[T]], said: Tokens) -> Sequence[Hit[T]]:
    """The day in a dateline is the text's own, and nothing told happened on it for that."""
    dateline = _dateline(said) if calendar else -1
    return calendar if dateline < 0 else [hit for hit in calendar if hit.first > dateline]


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


_CALENDAR = (Month, Weekday, DayPhrase, Lead)
_PASSED_OVER = QUOTES | frozenset("*_")


def find(words: Sequence[str], lang: Language) -> Found[Any]:
    """What the word lists find; quote marks inside a phrase do not part it."""
    if _PASSED_OVER.isdisjoint(words):
        return patterns(lang).find(words)
    plain = [i for i, word in enumerate(words) if word not in _PASSED_OVER]
    found = patterns(lang).find([words[i] for i in plain])
    return {kind: [Hit(h.term, plain[h.first], plain[h.last]) for h in hits] for kind, hits in found.items()}


def calendar_of(found: Found[Any]) -> list[Hit[Month | Weekday | DayPhrase | Lead]]:
    """The words that dates are read from."""
    hits = [hit for kind in _CALENDAR if kind in found for hit in found[kind]]
    if len(hits) > 1:
        hits.sort(key=lambda hit: (hit.first, hit.last))
    return hits


def _outside(hits: Sequence[Hit[T]], names: set[int]) -> Sequence[Hit[T]]:
    return [hit for hit in hits if names.isdisjoint(range(hit.first, hit.last + 1))] if hits and names else hits


def _sayings(found: Found[Any], named: set[int]) -> Sequence[Hit[Say]]:
    """Words of saying that are part of no name and no office: "the Statement of the General Staff"."""
    says = found.get(Say, ())
    if not says:
        return says
    return _outside(says, named | _words_of([hit for hit in found.get(Office, ()) if hit.last > hit.first]))


def _words_of(hits: Iterable[Hit[Any]]) -> set[int]:
    return {i for hit in hits for i in range(hit.first, hit.last + 1)}


def _inside(said: Tokens, span: Span) -> range:
    """The words that a span touches."""
    return range(bisect_right(said.ends, span.start), bisect_left(said.starts, span.end))


def _locators(
    said: Tokens,
    expressions: Iterable[tuple[int, SpatialExpression]],
    names: tuple[set[int], set[int]],
) -> list[Locator]:
    """`names` are the words of countries' names, and of all place names."""
    countries, every = names
    found: list[Locator] = []
    for index, expression in expressions:
        inside = _inside(said, expression.span)
        if inside:
            at = bool(countries) and expression.relation is Relation.AT
            country = at and _names_alone(inside, every, countries)
            found.append(Locator(index, inside.start, inside.stop - 1, expression.relation, country))
    if len(found) > 1:
        found.sort(key=lambda one: (one.first, one.last, one.expression))
    return found


def _names_alone(inside: range, every: set[int], countries: set[int]) -> bool:
    """Whether all the names in some words are countries'."""
    named = every.intersection(inside)
    return bool(named) and named <= countries
