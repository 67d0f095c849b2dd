"""What part of the map a few words name, as a person types them: "10 km south of bakhmut", «Куп'янський напрямок»."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from app.domain.errors import UnsettledPhrase
from app.domain.place import Atlas, NameHit
from app.domain.reading import Reading, SpatialExpression
from app.domain.report import Report
from app.reading.expressions.read import expressions
from app.reading.expressions.scene import Scene
from app.reading.mentions.read import mentions
from app.reading.text.language import language
from app.reading.text.passages import whole
from app.reading.text.tagging import Row, rows
from app.reading.text.view import View, view
from app.reading.words.lexicon import Lexicon, lexicon

_SILENT = frozenset(
    {
        "det",
        "about",
        "in",
        "on",
        "of",
        "off",
        "from",
        "to",
        "and",
        "town",
        "comma",
        "stop",
        "dot",
        "dash",
        "quote",
        "colon",
    }
)
"""Classes of words that may go unread. Leaving out any other would answer another question than the one asked."""

_MINUS = re.compile(r"(?<!\w)(?<!\d )[-–—]\d+")
"""Not the dash of a range, "5-10 km", nor that of a list, "- 5 km"."""


def read_phrase(phrase: str, atlas: Atlas, on: date | None = None) -> tuple[Report, Reading]:
    """The phrase as a report of the day `on` (today by default), and a reading with exactly one expression.

    Names count in any case of letters. Raises UnsettledPhrase where no place or relation can be read from the
    phrase, where it names several parts of the map, or where some of its words mean nothing here.
    """
    report = Report(phrase, on or datetime.now(UTC).date(), publisher="")
    lang = language(report)
    words = lexicon(lang)
    seen = view(phrase)
    if minus := _MINUS.search(seen.text):
        right = "one is told without a sign, such as 5 km south of Bakhmut, and the other side by its name"
        raise UnsettledPhrase(phrase, f"“{minus[0]}” is no distance; {right}", "nothing")
    stretches, said = whole(seen)
    if not stretches:
        raise UnsettledPhrase(phrase, "there are no words in it", "nothing")
    tagged = rows(seen, stretches, _names(seen, words, atlas), words)
    named = mentions(report, seen, tagged, atlas, asked=True)
    placed = expressions(Scene(report, seen, named, atlas, words, asked=True), tagged)
    one = _only(phrase, placed)
    _refuse_unread(phrase, one, tagged[0], seen)
    return report, Reading(lang, said, named, (one,))


def _names(seen: View, words: Lexicon, atlas: Atlas) -> list[NameHit]:
    """Known names in any case of letters, but for small words of the grammar that are also names."""
    hits = atlas.scan(seen.text, any_case=True)
    return [hit for hit in hits if not words.is_grammar(seen.text[hit.start : hit.end])]


def _only(phrase: str, placed: tuple[SpatialExpression, ...]) -> SpatialExpression:
    if not placed:
        raise UnsettledPhrase(phrase, f"“{phrase}” names no place that is known here", "nothing")
    outer = [e for e in placed if not any(o is not e and o.span.contains(e.span) for o in placed)]
    first = max(outer or placed, key=lambda e: e.span.end - e.span.start)
    if len(outer) > 1:
        read = "; ".join(e.span.of(phrase) for e in outer)
        raise UnsettledPhrase(phrase, "it names several parts of the map; ask for one at a time", read)
    return replace(first, gloss_of=None)


def _refuse_unread(phrase: str, one: SpatialExpression, row: Row, seen: View) -> None:
    unread = [
        token.word
        for token, start, end in zip(row.tokens, row.starts, row.ends, strict=True)
        if token.kind not in _SILENT and not one.span.contains(seen.span(start, end))
    ]
    if unread:
        raise UnsettledPhrase(phrase, f"“{' '.join(unread)}” was not understood", one.span.of(phrase))
