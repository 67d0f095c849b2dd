"""Who says what happened, where and when: the claims of a report."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.domain.place import Atlas
from app.domain.reading import Claim, Reading, SpatialExpression
from app.domain.report import Report
from app.domain.vocabulary import Relation
from app.reading.claims.afterwards import denied_before, explained_before, repelled_before, said_before
from app.reading.claims.drafts import without_retellings
from app.reading.claims.headings import located
from app.reading.claims.means import Strikes, titled_means
from app.reading.claims.sentences import sentences_of
from app.reading.claims.sureness import mark_doubts
from app.reading.claims.telling import Hearing, Telling, carry_subject, goes_on, tell
from app.reading.dates.bulletins import clock_of, day_of_quoted, default_day, recalls
from app.reading.dates.days import datings
from app.reading.dates.occurrence import by_date, of_speech, on_end
from app.reading.events.clauses import Happening
from app.reading.events.happenings import happenings
from app.reading.speakers.frames import Frame, frames
from app.reading.speakers.narrators import narrator
from app.reading.speakers.speaker import Memory
from app.reading.text.parsing import Sentence

_OPENING = frozenset('"«“„')
_CLOSING = frozenset("»”")
_MARKS = _OPENING | _CLOSING


def read_claims(report: Report, reading: Reading, atlas: Atlas) -> tuple[Claim, ...]:
    """The claims of a report, in the order told. Any text; never raises; time linear in its length."""
    lang, mentions, expressions = reading.lang, reading.mentions, reading.expressions
    told = sentences_of(report, reading, atlas)
    narrating = narrator(report, lang, told)
    clock = clock_of(report, lang, told, narrating)
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
    if dated and dated[0].first <= 1 and telling.begins(sentence):
        telling.strikes.forget()  # an entry of a chronicle, which goes on with nothing
    spoken = [d for d in dated if any(of_speech(d, f) for f in found)] if found else []
    dated = [d for d in dated if d not in spoken] if spoken else dated
    dated = dated or list(day_of_quoted(sentence, telling.clock))
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
