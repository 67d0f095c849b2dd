"""The sentences of a report, each with the names and expressions that stand in it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TypeVar

from app.domain.place import Atlas
from app.domain.reading import Mention, Reading, SpatialExpression
from app.domain.report import Report
from app.domain.text import Span
from app.reading.text.parsing import Sentence, parse
from app.reading.text.sentences import sentences

T = TypeVar("T")


def sentences_of(report: Report, reading: Reading, atlas: Atlas) -> list[Sentence]:
    """Every sentence that has words, in order. Any text; never raises; time linear in its length."""

    def in_russia(mention: Mention) -> bool:
        for reference in mention.references:
            if atlas.place(reference.place_id).country != "RU":
                return False
        return bool(mention.references)

    named: defaultdict[int, list[Mention]] = defaultdict(list)
    placed: defaultdict[int, list[tuple[int, SpatialExpression]]] = defaultdict(list)
    for mention in reading.mentions:
        named[mention.passage].append(mention)
    for index, expression in enumerate(reading.expressions):
        placed[expression.passage].append((index, expression))
    told: list[Sentence] = []
    for number, passage in enumerate(reading.passages):
        here, there = named[number], placed[number]
        spans = _whole(sentences(report.text, passage.span), [m.span for m in here] + [e.span for _, e in there])
        starts = [span.start for span in spans]
        names = _shared_out(starts, [(m.span.start, m) for m in here])
        phrases = _shared_out(starts, [(e.span.start, (i, e)) for i, e in there])
        for order, span in enumerate(spans):
            told.append(
                parse(report.text, (span, number), reading.lang, names[order], phrases[order], in_russia=in_russia)
            )
    return [sentence for sentence in told if sentence.words]


def _shared_out(starts: Sequence[int], things: Iterable[tuple[int, T]]) -> defaultdict[int, list[T]]:
    """To each sentence, by its number, what begins in it."""
    shared: defaultdict[int, list[T]] = defaultdict(list)
    for start, thing in things:
        shared[bisect_right(starts, start) - 1].append(thing)
    return shared


def _whole(spans: list[Span], held: Iterable[Span]) -> list[Span]:
    """Sentences joined where the cut would run through a name or an expression."""
    if len(spans) < 2:
        return spans
    edges = sorted([(span.start, span.end) for span in held])
    starts = [start for start, _ in edges]
    reaches = list(accumulate([end for _, end in edges], max))
    whole = spans[:1]
    for span in spans[1:]:
        last, inside = whole[-1], bisect_left(starts, span.start)
        if inside and reaches[inside - 1] > last.end:
            whole[-1] = Span(last.start, span.end)
        else:
            whole.append(span)
    return whole
