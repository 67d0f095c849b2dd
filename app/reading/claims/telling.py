"""What is known half way through a report, and what the next sentence of it claims."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.domain.reading import Mention, SpatialExpression, Speaker
from app.domain.report import Passage, Report
from app.domain.vocabulary import (
    PARTIES,
    Actor,
    ClaimStatus,
    Event,
    Language,
    Outcome,
    PassageKind,
    SpeakerSide,
    TimePrecision,
)
from app.reading.claims.drafts import Draft
from app.reading.claims.means import Strikes, regional
from app.reading.claims.sureness import status_of
from app.reading.dates.days import Clock, Dating
from app.reading.events.actors import Doer, actor, subject_of
from app.reading.events.clauses import ATTACKS, Happening
from app.reading.events.roles import OTHER_SIDE, Standpoint
from app.reading.speakers.frames import Frame, innermost
from app.reading.speakers.speaker import Memory, own_actor
from app.reading.text.parsing import Sentence
from app.reading.words.terms import role_words

_WAR_BEGAN = date(2022, 2, 24)
"""What happened before is background to every report this project reads."""
_NOW = role_words("now")
_LONGEST = 62
"""Days until the report that something which is not told to go on may have taken."""
_OF_BULLETINS = frozenset({*ATTACKS, Event.ATTACK_REPELLED, Event.CONTROL_CHANGE, Event.CONSOLIDATION, Event.SHELLING})
_GAINS = frozenset({Event.ATTACK_REPELLED, Event.ADVANCE, Event.CONTROL_CHANGE, Event.CONSOLIDATION})
_HEADLINE = 30
"""Words of the longest first line that is taken for a headline; it ends without a full stop."""


@dataclass
class Telling:
    """A report half read."""

    report: Report
    lang: Language
    memory: Memory
    clock: Clock
    default: date
    mentions: Sequence[Mention]
    expressions: Sequence[SpatialExpression]
    passages: Sequence[Passage]
    directions: dict[int, tuple[int, ...]]
    """The operational directions that each passage names, as indexes of expressions."""
    strikes: Strikes
    drafts: list[Draft] = field(default_factory=list)
    latest: list[Draft] = field(default_factory=list)
    """Those of the last sentence that claimed anything."""
    passage: int = -1
    mouth: Speaker | None = None
    """Carried on through a paragraph that speaks "according to" somebody."""
    bulletin: Speaker | None = None
    """An office of a party that a medium quoted just before: the fighting told next is still of its bulletin."""
    dating: Dating | None = None
    subject: Actor | None = None
    subjects: dict[Speaker, Actor] = field(default_factory=dict)
    """The doer each speaker named last, whom "they" may go on to mean."""
    front: tuple[int, ...] = ()
    """A direction named at the head of the paragraph by a sentence that told no event."""
    quoting: bool = False

    def enter(self, passage: int) -> None:
        """Begins another paragraph: nothing but who spoke and what struck is carried into it."""
        if passage != self.passage:
            self.passage = passage
            self.mouth = self.bulletin = self.dating = self.subject = None
            self.front = ()
            self.quoting = False

    def begins(self, sentence: Sentence) -> bool:
        """Whether it is the first of its paragraph."""
        return self.passages[sentence.passage].span.start >= sentence.span.start

    def add(self, draft: Draft) -> None:
        if self.latest and self.latest[-1].span != draft.span:
            self.latest = []
        draft.order = len(self.drafts)
        self.latest.append(draft)
        self.drafts.append(draft)

    def told_here(self) -> list[Draft]:
        """The latest claims, where they are of this paragraph."""
        return self.latest if self.latest and self.latest[-1].passage == self.passage else []


class Hearing(NamedTuple):
    """A sentence with who is quoted in it."""

    sentence: Sentence
    frames: Sequence[Frame]
    attributions: Sequence[tuple[int, int]]
    """First and last word of what only says who is quoted."""
    said_on: Dating | None
    """The day of speaking."""
    quoted: bool
    """Whether quotes are open."""


def tell(telling: Telling, hearing: Hearing, one: Happening, dating: Dating | None) -> None:
    """Adds the claim of one event, unless it happened before the war this project is about."""
    sentence = hearing.sentence
    frame = innermost(hearing.frames, one.trigger.hit.last)
    speaker = _speaker(telling, hearing, frame, dating)
    if not frame and telling.bulletin and speaker == telling.memory.narrator and _of_bulletin(sentence, one):
        speaker = telling.bulletin
    if dating and one.event not in _GAINS and one.outcome is not Outcome.ONGOING and _lasts(dating, telling):
        dating = None
    if dating is None and hearing.said_on is None and telling.dating and _NOW.isdisjoint(sentence.words):
        dating = telling.dating
    day = dating or hearing.said_on or Dating(telling.default, telling.default, TimePrecision.DAY, 0, 0)
    if day.end < _WAR_BEGAN <= telling.report.published:
        return
    one, doer = _doer(telling, hearing, one, speaker, frame)
    if speaker == telling.bulletin and one.event in _GAINS and doer.side is OTHER_SIDE[own_actor(speaker.side)]:
        speaker = telling.memory.narrator  # no party's bulletin tells of what the other gained
    telling.add(
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
            stated=dating is not None,
            as_of=_as_of(telling, hearing, stated=dating is not None),
            expressions=list(dict.fromkeys([p.expression for p in one.locators])),
            heading=_heads(telling, sentence),
        )
    )


def _lasts(dating: Dating, telling: Telling) -> bool:
    """As in "an attack near Enerhodar, held by Russia since March 2022": no attack lasts so long up to the report."""
    return dating.end >= telling.report.published and (dating.end - dating.start).days > _LONGEST


def _of_bulletin(sentence: Sentence, one: Happening) -> bool:
    """Whether a bulletin quoted before may go on here: not where "fighting was also reported", by somebody else."""
    return one.event in _OF_BULLETINS and not any(h.term.kind == "verb" for h in sentence.says)


def standpoint(telling: Telling, speaker: Speaker, *, quoted: bool) -> Standpoint:
    """Whose "our" and "enemy" a sentence's are: a partisan report's own outside quotes, else the speaker's."""
    narrating = own_actor(telling.memory.narrator.side)
    speaking = own_actor(speaker.side)
    if quoted or narrating is Actor.UNKNOWN:
        return Standpoint(speaking if speaking is not Actor.UNKNOWN else _tongue(telling.lang), speaking)
    return Standpoint(narrating, speaking)


def _tongue(lang: Language) -> Actor:
    """Where neither report nor speaker is a party, «ворог» in Ukrainian is still Russia."""
    return Actor.UA if lang is Language.UK else Actor.UNKNOWN


def _doer(
    telling: Telling, hearing: Hearing, one: Happening, speaker: Speaker, frame: Frame | None
) -> tuple[Happening, Doer]:
    """Who did it, and the event once the report has told what an open word leaves open."""
    sentence, told = hearing.sentence, one
    view = standpoint(telling, speaker, quoted=hearing.quoted)
    subject = telling.subject or (telling.subjects.get(speaker) if _they(sentence, one) else None)
    doer = actor(sentence, one, view, subject, hearing.attributions)
    if doer.side is Actor.UNKNOWN and frame and one.event is Event.ADVANCE:
        doer = Doer(own_actor(speaker.side), False)  # who reports gains and names nobody speaks of its own
    if frame and frame.status is ClaimStatus.DENIED and not doer.named and one.event in _GAINS:
        doer = Doer(OTHER_SIDE[own_actor(speaker.side)], False)  # what a party denies is what the other says of itself
    wide = one.open and regional(one, telling.mentions, telling.expressions)
    one = telling.strikes.settled(sentence, one, doer.side, regional=wide)
    if one.event is not told.event and not doer.named:
        alike = telling.latest and telling.latest[-1].event is one.event
        doer = actor(sentence, one, view, subject, hearing.attributions)
        if doer.side is Actor.UNKNOWN and alike:
            doer = Doer(telling.latest[-1].actor, False)
    return one, doer


def carry_subject(telling: Telling, hearing: Hearing) -> None:
    """Remembers whom a sentence was about, for "they" and for verbs without a subject in the next."""
    if not hearing.sentence.sides:
        return
    frame = hearing.frames[-1] if hearing.frames else None
    speaker = frame.speaker if frame else _speaker(telling, hearing, None, None)
    view = standpoint(telling, speaker, quoted=hearing.quoted)
    about = subject_of(hearing.sentence, view, hearing.attributions)
    if about is not None:
        telling.subject = telling.subjects[speaker] = about


def _they(sentence: Sentence, one: Happening) -> bool:
    """Whether a pronoun stands for the doer."""
    return any(h.term.kind == "pronoun" and one.first <= h.first < one.trigger.first for h in sentence.says)


def _heads(telling: Telling, sentence: Sentence) -> bool:
    """Whether a sentence is a headline, or a short first line that stands as one."""
    if telling.passages[sentence.passage].kind is PassageKind.HEADING:
        return True
    first = sentence.passage == 0 and len(telling.passages) > 1
    return first and len(sentence.words) <= _HEADLINE and sentence.words[-1] not in ".!?"


def _as_of(telling: Telling, hearing: Hearing, *, stated: bool) -> date | None:
    if hearing.said_on and not stated:
        return hearing.said_on.start
    return telling.clock.published if telling.clock.hour is not None else None


def _speaker(telling: Telling, hearing: Hearing, frame: Frame | None, dating: Dating | None) -> Speaker:
    memory = telling.memory
    if frame:
        return frame.speaker
    if hearing.quoted and memory.last:
        return memory.last
    recalled = dating is not None and dating.precision in (TimePrecision.MONTH, TimePrecision.YEAR)
    if telling.mouth and not hearing.frames and not recalled:
        return telling.mouth
    return memory.narrator


def goes_on(telling: Telling, found: Sequence[Frame]) -> None:
    """Who says the next sentence of the paragraph too: "according to" lasts; so does, in a medium, a bulletin."""
    last = found[-1]
    lasting = telling.memory.narrator.side is SpeakerSide.MEDIA and last.speaker.side in PARTIES and last.office
    telling.mouth = next((f.speaker for f in found if f.whole), None)
    telling.bulletin = last.speaker if lasting else None
