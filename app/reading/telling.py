"""What one sentence of a report claims, given all that was told before it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.reading import Mention, SpatialExpression, Speaker
from app.domain.report import Passage, Report
from app.domain.vocabulary import (
    Actor,
    Event,
    Language,
    Outcome,
    PassageKind,
    PlaceKind,
    Relation,
    SpeakerSide,
    TimePrecision,
)
from app.reading.actors import Doer, Standpoint, actor
from app.reading.bulletins import PARTIES, sums_up
from app.reading.clauses import ATTACKS, STRIKES, Happening
from app.reading.dates import Clock, Dating, datings
from app.reading.drafts import Draft
from app.reading.frames import Frame, frames, innermost
from app.reading.happenings import happenings
from app.reading.parsing import Locator, Sentence
from app.reading.speakers import Memory, own_actor
from app.reading.sureness import plain_status, status_of

_WAR_BEGAN = date(2022, 2, 24)
"""What happened before is background to every report this project reads."""
_ALSO = frozenset(["also", "more", "another", "також", "ще", "также", "еще"])
_ALSO_WITHIN = 5
_HEADLINE = 30
"""Words of the longest first line that is taken for a headline; it ends without a full stop."""


@dataclass
class Telling:
    """What is known half way through a report."""

    report: Report
    lang: Language
    memory: Memory
    clock: Clock
    default: date
    mentions: Sequence[Mention]
    expressions: Sequence[SpatialExpression]
    passages: Sequence[Passage]
    drafts: list[Draft] = field(default_factory=list)
    passage: int = -1
    mouth: Speaker | None = None
    """Carried on through a paragraph that speaks "according to" somebody."""
    dating: Dating | None = None
    subject: Actor | None = None
    subjects: dict[Speaker, Actor] = field(default_factory=dict)
    """The doer each speaker named last, whom "they" may go on to mean."""
    means: dict[Actor, Event] = field(default_factory=dict)
    """What each side struck with last; under UNKNOWN, what the headline says."""
    front: tuple[int, ...] = ()
    quoting: bool = False


def read_sentence(reader: Telling, sentence: Sentence) -> None:
    if sentence.passage != reader.passage:
        reader.passage = sentence.passage
        reader.mouth = reader.dating = reader.subject = None
        reader.front = ()
        reader.quoting = False
    found = frames(sentence, reader.memory)
    quoted_before = reader.quoting or sentence.words[0].norm in '"«“„'
    reader.quoting = _quote_open(sentence, quoted_before)
    events = happenings(sentence)
    dated = datings(sentence.words, sentence.calendar, reader.lang, reader.clock)
    spoken = [d for d in dated if any(_of_speech(d, f) for f in found)]
    dated = [d for d in dated if d not in spoken]
    placeless = not any(one.locators for one in events)
    if placeless and (_repels_before(reader, sentence, events) or _explains_before(reader, sentence, events, found)):
        return
    for one in _located(reader, sentence, events, placeless=placeless):
        for part, dating in _by_date(one, dated, sentence):
            _draft(
                reader, sentence, part, dating or (spoken[0] if spoken else None), found, quoted_before, bool(dating)
            )
    if dated:
        reader.dating = dated[-1]
    if found:
        reader.mouth = _goes_on(reader, found)
    if found and not events:
        _said_of(reader, sentence, found[0], spoken)


def _goes_on(reader: Telling, found: Sequence[Frame]) -> Speaker | None:
    """Who says the next sentence of the paragraph too: "according to" lasts; so does, in a medium, a party."""
    whole = next((f for f in found if f.whole), None)
    if whole:
        return whole.speaker
    last = found[-1]
    lasting = reader.memory.narrator.side is SpeakerSide.MEDIA and last.speaker.side in PARTIES
    return last.speaker if lasting else None


def _said_of(reader: Telling, sentence: Sentence, frame: Frame, spoken: Sequence[Dating]) -> None:
    """«Об этом заявило Минобороны РФ»: the sentence before was said by it."""
    opening = sentence.words[0].norm in _OF_THIS and frame.first <= 1
    if not opening or not reader.drafts:
        return
    last = reader.drafts[-1]
    for draft in reader.drafts:
        if (
            draft.span == last.span
            and draft.speaker == reader.memory.narrator
            and draft.passage >= sentence.passage - 1
        ):
            draft.speaker = frame.speaker
            draft.status = frame.status or plain_status(frame.speaker)


_OF_THIS = frozenset(["об", "про", "this"])


def _quote_open(sentence: Sentence, before: bool) -> bool:
    for word in sentence.words:
        if word.norm in "«“„":
            before = True
        elif word.norm in "»”":
            before = False
        elif word.norm == '"':
            before = not before
    return before


def _of_speech(dating: Dating, frame: Frame) -> bool:
    """ "said on Tuesday": the day of speaking."""
    return frame.first <= dating.first and dating.last <= frame.last + 3 and not frame.whole


def _located(
    reader: Telling, sentence: Sentence, events: Sequence[Happening], *, placeless: bool
) -> Iterator[Happening]:
    """Events with their places, and with the operational direction they are told under."""
    heading = reader.passages[sentence.passage].heading
    governs = heading is not None and (
        heading == sentence.passage - 1
        or (reader.passages[sentence.passage].kind is PassageKind.ITEM and not _labels(reader, heading))
    )
    headed = _directions(reader, heading) if governs and heading is not None else ()
    if placeless and events and events[0].event in (*ATTACKS, Event.ATTACK_REPELLED, *STRIKES):
        here = any(d.passage == sentence.passage for d in reader.drafts)
        for expression in (reader.front or headed) if not here else ():
            yield replace(events[0], locators=(Locator(expression, 0, 0, Relation.OPERATIONAL_DIRECTION),))
            return
    for one in events:
        if not one.locators:
            continue
        own = any(p.relation is Relation.OPERATIONAL_DIRECTION for p in one.locators)
        extra = () if own else tuple(Locator(e, 0, 0, Relation.OPERATIONAL_DIRECTION) for e in headed)
        yield replace(one, locators=(*extra, *one.locators)) if extra else one
    fronted = [p for p in sentence.locators if p.relation is Relation.OPERATIONAL_DIRECTION]
    if fronted and not events:
        reader.front = tuple(p.expression for p in fronted)


def _labels(reader: Telling, heading: int) -> bool:
    """Whether a heading only opens its own line: «На Мар'їнському напрямку — …»."""
    end, following = reader.passages[heading].span.end, reader.passages[heading + 1].span.start
    return "\n" not in reader.report.text[end:following]


def _directions(reader: Telling, passage: int) -> tuple[int, ...]:
    return tuple(
        i
        for i, e in enumerate(reader.expressions)
        if e.passage == passage and e.relation is Relation.OPERATIONAL_DIRECTION
    )


def _repels_before(reader: Telling, sentence: Sentence, events: Sequence[Happening]) -> bool:
    """«Усі атаки відбито.» says of the attacks of the sentence before that they were repelled."""
    if not any(one.event is Event.ATTACK_REPELLED for one in events) or not reader.drafts:
        return False
    turned = False
    last = reader.drafts[-1]
    for draft in reader.drafts:
        if draft.passage == sentence.passage == last.passage and draft.span == last.span and draft.event in ATTACKS:
            draft.event, draft.outcome = Event.ATTACK_REPELLED, Outcome.SUCCESS
            draft.actor = {Actor.UA: Actor.RU, Actor.RU: Actor.UA}.get(draft.actor, own_actor(draft.speaker.side))
            turned = True
    return turned


def _explains_before(reader: Telling, sentence: Sentence, events: Sequence[Happening], found: Sequence[Frame]) -> bool:
    """ "Explosions thundered in A. The Russian attack …": what the explosions of the sentence before were."""
    last = reader.drafts[-1] if reader.drafts else None
    if not last or last.passage != sentence.passage or last.event is not Event.OTHER or not events:
        return False
    one = events[0]
    if one.event not in STRIKES and one.trigger.hit.term.event != "attack":
        return False
    doer = actor(sentence, one, _standpoint(reader, last.speaker, False), None, [(f.first, f.last) for f in found])
    event = one.event if one.event in STRIKES else Event.MISSILE_STRIKE
    for draft in reader.drafts:
        if draft.span == last.span and draft.event is Event.OTHER and doer.named:
            draft.event, draft.actor, draft.named = event, doer.side, True
    return doer.named


def _by_date(one: Happening, dated: Sequence[Dating], sentence: Sentence) -> Iterator[tuple[Happening, Dating | None]]:
    """An event with its day; split where each place has a day of its own ("A on Sunday and B on Monday")."""
    inside = [d for d in dated if one.first <= d.first <= one.last]
    if len(inside) > 1 and len(one.locators) > 1:
        groups: defaultdict[Dating, list[Locator]] = defaultdict(list)
        for place in one.locators:
            after = next((d for d in inside if d.first > place.first), inside[-1])
            groups[after].append(place)
        if len(groups) > 1:
            for dating, places in groups.items():
                yield replace(one, locators=tuple(places)), dating
            return
    yield one, _dating(one, inside, dated)


def _dating(one: Happening, inside: Sequence[Dating], dated: Sequence[Dating]) -> Dating | None:
    if inside:
        return min(inside, key=lambda d: (abs(d.first - one.trigger.first), d.first))
    before = [d for d in dated if d.last < one.first]
    return before[-1] if before else (dated[0] if len(dated) == 1 else None)


def _draft(
    reader: Telling,
    sentence: Sentence,
    one: Happening,
    dating: Dating | None,
    found: Sequence[Frame],
    quoted: bool,
    stated: bool,
) -> None:
    frame = innermost(found, one.trigger.hit.last)
    speaker = _speaker(reader, frame, found, dating, quoted=quoted)
    if dating is None and reader.dating is not None and reader.dating.precision is TimePrecision.DAY:
        dating, stated = reader.dating, True
    if dating and dating.end < _WAR_BEGAN <= reader.report.published:
        return
    day = dating or Dating(reader.default, reader.default, TimePrecision.DAY, 0, 0)
    spoken = [(f.first, f.last) for f in found]
    subject = reader.subject or (reader.subjects.get(speaker) if _they(sentence, one) else None)
    standpoint = _standpoint(reader, speaker, quoted)
    doer = actor(sentence, one, standpoint, subject, spoken)
    if doer.side is Actor.UNKNOWN and frame and one.event is Event.ADVANCE:
        doer = Doer(own_actor(speaker.side), False)  # who reports gains and names nobody speaks of its own
    if doer.named:
        reader.subjects[speaker] = doer.side
    if one.trigger.hit.term.voice == "active":
        reader.subject = doer.side
    told = one
    one = _by_report(reader, sentence, told, doer.side)
    if one.event is not told.event and not doer.named:
        alike = reader.drafts and reader.drafts[-1].event is one.event
        doer = Doer(reader.drafts[-1].actor, False) if alike else actor(sentence, one, standpoint, subject, spoken)
    kind = reader.passages[sentence.passage].kind
    reader.drafts.append(
        Draft(
            span=sentence.span,
            passage=sentence.passage,
            event=one.event,
            outcome=one.outcome,
            actor=doer.side,
            named=doer.named,
            speaker=speaker,
            status=status_of(sentence, speaker, frame),
            start=day.start,
            end=day.end,
            precision=day.precision,
            stated=stated,
            as_of=_as_of(reader, dating, stated=stated),
            expressions=list(dict.fromkeys(p.expression for p in one.locators)),
            heading=kind is PassageKind.HEADING or _leads(reader, sentence),
        )
    )


def _they(sentence: Sentence, one: Happening) -> bool:
    """Whether a pronoun stands for the doer."""
    return any(h.term.kind == "pronoun" and one.first <= h.first < one.trigger.first for h in sentence.says)


def _leads(reader: Telling, sentence: Sentence) -> bool:
    """Whether a short first line stands as a headline over what follows."""
    if sentence.passage or len(reader.passages) < 2 or len(sentence.words) > _HEADLINE:
        return False
    return sentence.words[-1].norm not in ".!?"


def _by_report(reader: Telling, sentence: Sentence, one: Happening, doer: Actor) -> Happening:
    """The means that a word leaves open, from the report around it: what struck before in the paragraph or the report."""
    if not one.open:
        if one.event in STRIKES:
            reader.means[doer] = one.event
        return one
    family = one.trigger.hit.term.event
    if family in ("strike", "damage"):
        return replace(one, event=reader.means.get(doer) or reader.means.get(Actor.UNKNOWN) or one.event)
    also = any(w.norm in _ALSO for w in sentence.words[:_ALSO_WITHIN])
    before = [d for d in reader.drafts if (also or d.passage == sentence.passage) and d.event in STRIKES]
    if sums_up(sentence) or _regional(reader, one):
        return one
    if before:
        return replace(one, event=before[-1].event)
    titled = reader.means.get(Actor.UNKNOWN)
    return replace(one, event=titled) if titled and sentence.passage == 0 else one


_REGION = re.compile(r"[щч]ин(?:а|и|і|у|ою)$|област|oblast|region|обл\b", re.IGNORECASE)
_REGIONS = frozenset({PlaceKind.OBLAST, PlaceKind.RAION, PlaceKind.REGION})


def _regional(reader: Telling, one: Happening) -> bool:
    """Losses told of whole regions are sums, not one strike's."""
    names = [reader.mentions[a] for p in one.locators for a in reader.expressions[p.expression].anchors]
    return bool(names) and all(name.kinds & _REGIONS or _REGION.search(name.surface) for name in names)


def _as_of(reader: Telling, dating: Dating | None, *, stated: bool) -> date | None:
    if dating and not stated:
        return dating.start
    return reader.clock.published if reader.clock.hour is not None else None


def _speaker(
    reader: Telling, frame: Frame | None, found: Sequence[Frame], dating: Dating | None, *, quoted: bool
) -> Speaker:
    if frame:
        return frame.speaker
    memory = reader.memory
    if quoted and memory.last:
        return memory.last
    recalled = dating is not None and dating.precision in (TimePrecision.MONTH, TimePrecision.YEAR)
    if reader.mouth and not found and not recalled:
        return reader.mouth
    return memory.narrator


def _standpoint(reader: Telling, speaker: Speaker, quoted: bool) -> Standpoint:
    """Whose "our" and "enemy" a sentence's are: a partisan report's own outside quotes, else the speaker's."""
    narrating = own_actor(reader.memory.narrator.side)
    speaking = own_actor(speaker.side)
    if quoted or narrating is Actor.UNKNOWN:
        return Standpoint(speaking if speaking is not Actor.UNKNOWN else _tongue(reader.lang), speaking)
    return Standpoint(narrating, speaking)


def _tongue(lang: Language) -> Actor:
    """Where neither report nor speaker is a party, «ворог» in Ukrainian is still Russia."""
    return Actor.UA if lang is Language.UK else Actor.UNKNOWN
