"""Who says what happened, where and when: the claims of a report."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TypeVar

from app.domain.place import Atlas
from app.domain.reading import Claim, Mention, Reading, SpatialExpression
from app.domain.report import Report
from app.domain.text import Span
from app.domain.vocabulary import Relation
from app.reading.afterwards import denied_before, explained_before, repelled_before, said_before
from app.reading.bulletins import clock_of, default_day, recalls, titled_means
from app.reading.clauses import Happening
from app.reading.dates import datings
from app.reading.drafts import without_retellings
from app.reading.frames import Frame, frames
from app.reading.happenings import happenings
from app.reading.headings import located
from app.reading.means import Strikes
from app.reading.narrators import narrator
from app.reading.occurrence import by_date, of_speech, on_end
from app.reading.parsing import Sentence, parse
from app.reading.sentences import sentences
from app.reading.speakers import Memory
from app.reading.sureness import mark_doubts
from app.reading.telling import Hearing, Telling, carry_subject, goes_on, tell

T = TypeVar("T")

_OPENING = frozenset('"«“„')
_CLOSING = frozenset("»”")
_MARKS = _OPENING | _CLOSING


def read_claims(report: Report, reading: Reading, atlas: Atlas) -> tuple[Claim, ...]:
    """The claims of a report, in the order told. Any text; never raises; time linear in its length."""
    lang, mentions, expressions = reading.lang, reading.mentions, reading.expressions
    told = _parse(report, reading, atlas)
    narrating = narrator(report, lang, told)
    clock = clock_of(report, lang, told)
    telling = Telling(
        report=report,
        lang=lang,
        memory=Memory(narrating),
        clock=clock,
        default=default_day(clock, narrating, told),
        mentions=mentions,
        expressions=expressions,
        passages=reading.passages,
        directions=_directions(expressions),
        strikes=Strikes(titled_means(report, lang)),
    )
    for sentence in told:
        _read_sentence(telling, sentence)
    mark_doubts(telling.drafts, told)
    kept = without_retellings(telling.drafts, mentions, expressions)
    return tuple(draft.claim() for draft in kept)


def _directions(expressions: Sequence[SpatialExpression]) -> dict[int, tuple[int, ...]]:
    named: defaultdict[int, list[int]] = defaultdict(list)
    for index, expression in enumerate(expressions):
        if expression.relation is Relation.OPERATIONAL_DIRECTION:
            named[expression.passage].append(index)
    return {passage: tuple(indexes) for passage, indexes in named.items()}


def _read_sentence(telling: Telling, sentence: Sentence) -> None:
    telling.enter(sentence.passage)
    if recalls(sentence):
        telling.default, telling.dating = telling.clock.published, None
    found = frames(sentence, telling.memory)
    attributions = [(frame.first, frame.last) for frame in found]
    events = _away_from_speakers(happenings(sentence), attributions)
    dated = on_end(datings(sentence.tokens, sentence.calendar, telling.lang, telling.clock), sentence.words)
    spoken = [d for d in dated if any(of_speech(d, f) for f in found)] if found else []
    dated = [d for d in dated if d not in spoken] if spoken else dated
    quoted = telling.quoting or sentence.words[0] in _OPENING
    telling.quoting = _quote_open(sentence, telling.quoting)
    hearing = Hearing(sentence, found, attributions, spoken[0] if spoken else None, quoted)
    denials = [frame for frame in found if frame.denies_before]
    after = [frame for frame in denials if events and frame.first > events[0].trigger.first]
    _deny(telling, sentence, [frame for frame in denials if frame not in after])
    placed = any(one.locators for one in events)
    if placed or not (repelled_before(telling, events) or explained_before(telling, hearing, events)):
        for one in located(telling, sentence, events):
            for part, dating in by_date(sentence, one, events, dated):
                tell(telling, hearing, part, dating)
        if not placed:
            telling.strikes.note(sentence, events)
        telling.dating = next((d for d in reversed(dated) if d.precision == "day"), telling.dating)
    _deny(telling, sentence, after)
    carry_subject(telling, hearing)
    if found:
        goes_on(telling, found)
        if not events:
            said_before(telling, sentence, found[0])


def _away_from_speakers(events: list[Happening], spoken: Sequence[tuple[int, int]]) -> list[Happening]:
    """Events without the places where only who speaks of them is: "officials in Donetsk said"."""
    places = [place for one in events for place in one.locators] if spoken else []
    aside = {place for place in places if any(first <= place.first and place.last <= last for first, last in spoken)}
    if not aside:
        return events
    return [one._replace(locators=tuple([p for p in one.locators if p not in aside])) for one in events]


def _deny(telling: Telling, sentence: Sentence, denials: Iterable[Frame]) -> None:
    for frame in denials:
        denied_before(telling, sentence, frame)
        telling.subject = None  # what is said instead is not about the side that is contradicted


def _quote_open(sentence: Sentence, before: bool) -> bool:
    """Whether a quotation is still open after a sentence."""
    if _MARKS.isdisjoint(sentence.words):
        return before
    for word in sentence.words:
        if word == '"':
            before = not before
        elif word in _OPENING:
            before = True
        elif word in _CLOSING:
            before = False
    return before


def _parse(report: Report, reading: Reading, atlas: Atlas) -> list[Sentence]:
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
