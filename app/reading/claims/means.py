"""What struck, where a sentence leaves it open and only the report around it tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.reading import Mention, SpatialExpression
from app.domain.report import Report
from app.domain.text import Span
from app.domain.vocabulary import Actor, Event, Language, PlaceKind
from app.reading.dates.bulletins import sums_up
from app.reading.events.clauses import STRIKES, Happening
from app.reading.text.parsing import Sentence, find
from app.reading.words.terms import Means
from app.reading.words.tokens import tokens

_ALSO = frozenset(["also", "more", "another", "також", "ще", "также", "еще"])
_ALSO_WITHIN = 5
_REGION = re.compile(r"[щч]ин(?:а|и|і|у|ою)$|област|oblast|region|обл\b", re.IGNORECASE)
_REGIONS = frozenset({PlaceKind.OBLAST, PlaceKind.RAION, PlaceKind.REGION})


@dataclass
class Strikes:
    """The strikes told so far. `titled` is what the headline says struck."""

    titled: Event | None
    by: dict[Actor, Event] = field(default_factory=dict)
    last: Event | None = None
    passage: int = -1
    """Where the last one was told."""
    nowhere: bool = False
    """It had no place of its own: what it did may be told in the next paragraph."""

    def forget(self) -> None:
        self.by.clear()
        self.last = None

    def note(self, sentence: Sentence, events: Sequence[Happening]) -> None:
        """Remembers strikes of a sentence that names no place."""
        for one in events:
            if one.event in STRIKES and not one.open:
                self.last, self.passage, self.nowhere = one.event, sentence.passage, True

    def settled(self, sentence: Sentence, one: Happening, doer: Actor, *, regional: bool) -> Happening:
        """The event with the means that the report tells; `regional` losses are sums, not one strike's."""
        told = self._settle(sentence, one, doer, regional=regional) if one.open else one
        if told.event in STRIKES:
            self.last, self.passage, self.nowhere = told.event, sentence.passage, False
            if not one.open:
                self.by[doer] = told.event
        return told

    def _settle(self, sentence: Sentence, one: Happening, doer: Actor, *, regional: bool) -> Happening:
        family = one.trigger.hit.term.event
        if family == "attack":
            return one._replace(event=self.last or one.event)
        if family in ("strike", "damage"):
            return one._replace(event=self.by.get(doer) or self.titled or one.event)
        if regional or sums_up(sentence):
            return one
        also = not _ALSO.isdisjoint(sentence.words[:_ALSO_WITHIN])
        near = self.passage == sentence.passage or (self.nowhere and self.passage == sentence.passage - 1)
        if self.last and (also or near):
            return one._replace(event=self.last)
        return one._replace(event=self.titled) if self.titled and sentence.passage == 0 else one


def regional(one: Happening, mentions: Sequence[Mention], expressions: Sequence[SpatialExpression]) -> bool:
    """Whether an event is told of whole oblasts and districts alone."""
    names = [mentions[a] for p in one.locators for a in expressions[p.expression].anchors]
    return bool(names) and all(name.kinds & _REGIONS or _REGION.search(name.surface) for name in names)


def titled_means(report: Report, lang: Language) -> Event | None:
    """What struck, by the headline: the means of explosions and damage that the first lines tell of."""
    if not report.title:
        return None
    found = find(tokens(report.title, Span(0, len(report.title))).words, lang)
    means = [h.term.event for h in found.get(Means, ()) if h.term.event]
    return means[0] if means else None
