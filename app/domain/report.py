"""A report as it was received, and the passages it is read in."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.domain.digest import digest
from app.domain.text import Span
from app.domain.vocabulary import DateBasis, Language, PassageKind


@dataclass(frozen=True)
class Report:
    """The stored text and what is known about its publication. All offsets point into `text`."""

    text: str
    published: date
    publisher: str
    title: str | None = None
    url: str | None = None
    lang: Language | None = None
    """Stated language; None lets the reader tell it from the text."""
    basis: DateBasis | None = field(default=None, compare=False)
    """Who says that it was published on that day, where it is known; no part of its id."""

    @cached_property
    def id(self) -> str:
        return digest("report", self.publisher, self.url, self.published.isoformat(), self.title, self.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or heading; `heading` is the index of the passage that governs it."""

    span: Span
    kind: PassageKind
    heading: int | None = None
