"""Who says what happened, where and when: the claims of a report."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.domain.reading import Claim, Mention, SpatialExpression
from app.domain.report import Passage, Report
from app.domain.text import Span
from app.domain.vocabulary import Actor, Language
from app.reading.bulletins import clock_of, default_day, titled_means
from app.reading.drafts import without_retellings
from app.reading.narrators import narrator
from app.reading.parsing import Sentence, parse
from app.reading.sentences import sentences
from app.reading.speakers import Memory
from app.reading.sureness import mark_doubts
from app.reading.telling import Telling, read_sentence


def read_claims(
    report: Report,
    lang: Language,
    passages: Sequence[Passage],
    mentions: Sequence[Mention],
    expressions: Sequence[SpatialExpression],
) -> tuple[Claim, ...]:
    """The claims of a report, in the order told. Any text; never raises; time linear in its length."""
    told = _parse(report, lang, passages, mentions, expressions)
    narrating = narrator(report, lang, told)
    clock = clock_of(report, lang, told)
    titled = titled_means(report, lang)
    reader = Telling(
        report=report,
        lang=lang,
        memory=Memory(narrating),
        clock=clock,
        default=default_day(clock, narrating, told),
        mentions=mentions,
        expressions=expressions,
        passages=passages,
        means={Actor.UNKNOWN: titled} if titled else {},
    )
    for sentence in told:
        read_sentence(reader, sentence)
    mark_doubts(reader.drafts, told)
    kept = without_retellings(reader.drafts, mentions, expressions)
    return tuple(draft.claim() for draft in kept)


def _parse(
    report: Report,
    lang: Language,
    passages: Sequence[Passage],
    mentions: Sequence[Mention],
    expressions: Sequence[SpatialExpression],
) -> list[Sentence]:
    named: defaultdict[int, list[Mention]] = defaultdict(list)
    placed: defaultdict[int, list[tuple[int, SpatialExpression]]] = defaultdict(list)
    for mention in mentions:
        named[mention.passage].append(mention)
    for index, expression in enumerate(expressions):
        placed[expression.passage].append((index, expression))
    told: list[Sentence] = []
    for number, passage in enumerate(passages):
        held = [e.span for _, e in placed[number]] + [m.span for m in named[number]]
        for span in _whole(sentences(report.text, passage.span), held):
            here = [m for m in named[number] if span.contains(m.span)]
            there = [(i, e) for i, e in placed[number] if span.start <= e.span.start < span.end]
            told.append(parse(report.text, (span, number), lang, here, there))
    return told


def _whole(spans: Iterable[Span], held: Sequence[Span]) -> Iterator[Span]:
    """Sentences joined where the cut would run through a name or an expression."""
    last: Span | None = None
    for span in spans:
        if (last and any(h.start < last.end < h.end for h in held)) or (
            last and any(h.start < span.start < h.end for h in held)
        ):
            last = Span(last.start, span.end)
        else:
            if last:
                yield last
            last = span
    if last:
        yield last
