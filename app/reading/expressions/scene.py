"""What the steps of finding spatial expressions look at: the report, and one phrase that a rule matched in it."""

import re
from dataclasses import dataclass
from functools import cached_property

from app.domain.place import Atlas
from app.domain.reading import Mention
from app.domain.report import Report
from app.domain.vocabulary import PlaceKind
from app.reading.expressions.grammar import SYMBOLS, USED, Rule
from app.reading.mentions.name import standing
from app.reading.text.tagging import Row, Token
from app.reading.text.view import View
from app.reading.words.lexicon import Lexicon

_NEVER = 9999


@dataclass(frozen=True, slots=True)
class Scene:
    """A report with its mentions. `asked`: it is a phrase that someone searches with."""

    report: Report
    view: View
    mentions: tuple[Mention, ...]
    atlas: Atlas
    lexicon: Lexicon
    asked: bool

    def kinds(self, mention: Mention) -> frozenset[PlaceKind]:
        """What the words around a name demand, else all that it may stand for."""
        return mention.kinds or standing(mention.references, self.atlas).kinds

    def names_direction(self, mention: Mention) -> bool:
        """Whether a stretch of the front was named after it at the time of the report."""
        return any(self.atlas.directions(r.place_id, self.report.published) for r in mention.references)


@dataclass(frozen=True)
class Line:
    """A row of tokens on its way through the rules."""

    row: Row
    symbols: list[str]
    """One for each token; the words of an expression become USED."""

    def is_used(self, index: int) -> bool:
        return index >= 0 and self.symbols[index] == SYMBOLS[USED]

    def is_placeless(self, index: int) -> bool:
        """Whether the sentence around a token names no place itself."""
        return not self._places[index]

    @cached_property
    def _places(self) -> list[int]:
        """For each token, how many places its sentence names."""
        found: list[int] = []
        count, begin = 0, 0
        for index, token in enumerate(self.row.tokens):
            count += token.mention is not None and token.kind != "cap"
            if token.kind == "stop" or index == len(self.row.tokens) - 1:
                found += [count] * (index + 1 - begin)
                count, begin = 0, index + 1
        return found

    @cached_property
    def years(self) -> list[int]:
        """For each token the earliest year that its sentence names; `_NEVER` where it names none."""
        found = [_NEVER] * len(self.row.tokens)
        if SYMBOLS["digits"] not in self.symbols:
            return found
        year, begin = _NEVER, 0
        for index, token in enumerate(self.row.tokens):
            if token.kind == "digits" and len(token.word) == 4 and token.word.isdigit() and int(token.word) > 1900:
                year = min(year, int(token.word))
            if token.kind == "stop" or index == len(self.row.tokens) - 1:
                found[begin : index + 1] = [year] * (index + 1 - begin)
                year, begin = _NEVER, index + 1
        return found


@dataclass(slots=True)
class Phrase:
    """The words of a line that a rule matched: tokens `start` to `end` of its row."""

    rule: Rule
    match: re.Match[str]
    line: Line
    row: Row
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the view, without a comma that leads it in or a quotation mark that opens what follows."""
        row, first, last = self.row, self.start, self.end - 1
        while row.tokens[first].kind == "comma":
            first += 1
        if row.tokens[last].kind == "quote":
            quotes = sum(token.kind == "quote" for token in row.tokens[first : self.end])
            last -= quotes % 2
        return row.starts[first], row.ends[last]

    def has(self, group: str) -> bool:
        return group in self.rule.groups and bool(self.match[group])

    def stretch(self, group: str) -> range:
        """Indexes of the tokens of a group of the rule's pattern."""
        return range(*self.match.span(group))

    def tokens(self, group: str) -> list[Token]:
        """Empty where the phrase has no such group."""
        return [self.row.tokens[index] for index in self.stretch(group)] if self.has(group) else []
