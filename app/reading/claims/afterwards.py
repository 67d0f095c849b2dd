"""What a sentence without a place says of the one before it: who said or denied it, that it failed, what it was."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.vocabulary import Actor, ClaimStatus, Event, Outcome
from app.reading.claims.sureness import plain_status
from app.reading.claims.telling import Hearing, Telling, standpoint
from app.reading.events.actors import actor
from app.reading.events.clauses import ATTACKS, STRIKES, Happening
from app.reading.events.roles import OTHER_SIDE
from app.reading.speakers.frames import Frame
from app.reading.speakers.speaker import own_actor
from app.reading.text.parsing import Sentence

_BEATEN_OFF = ATTACKS - {Event.ADVANCE}
"""What can come to nothing: who gained ground was not repelled."""
_OF_THIS = frozenset(["об", "про", "this"])


def said_before(telling: Telling, sentence: Sentence, frame: Frame) -> None:
    """«Об этом заявило Минобороны РФ»: the sentence before was said by it."""
    if sentence.words[0] not in _OF_THIS or frame.first > 2:
        return
    for draft in telling.latest:
        if draft.speaker == telling.memory.narrator and draft.passage >= sentence.passage - 1:
            draft.speaker = frame.speaker
            draft.status = frame.status or plain_status(frame.speaker)


def denied_before(telling: Telling, sentence: Sentence, frame: Frame) -> None:
    """«Генштаб это опроверг»: what another side claimed just before, denied, is another claim."""
    for draft in list(telling.latest):
        recent = draft.passage >= sentence.passage - 1 and draft.status is not ClaimStatus.DENIED
        if recent and draft.speaker.side is not frame.speaker.side:
            denial = replace(
                draft, span=sentence.span, passage=sentence.passage, speaker=frame.speaker,
                status=ClaimStatus.DENIED, heading=False,
            )  # fmt: skip
            telling.add(denial)


def repelled_before(telling: Telling, events: Sequence[Happening]) -> bool:
    """«Усі атаки відбито.» says of the attacks of the sentence before that they were repelled."""
    attacks = [draft for draft in telling.told_here() if draft.event in _BEATEN_OFF]
    if not any(one.event is Event.ATTACK_REPELLED for one in events):
        return False
    for draft in attacks:
        draft.event, draft.outcome = Event.ATTACK_REPELLED, Outcome.SUCCESS
        known = draft.actor is not Actor.UNKNOWN
        draft.actor = OTHER_SIDE[draft.actor] if known else own_actor(draft.speaker.side)
    return bool(attacks)


def explained_before(telling: Telling, hearing: Hearing, events: Sequence[Happening]) -> bool:
    """As in "Explosions thundered in A. The Russian attack …": what the explosions of the sentence before were."""
    blasts = [draft for draft in telling.told_here() if draft.event is Event.OTHER]
    if not blasts or not events:
        return False
    one = events[0]
    if one.event not in STRIKES and one.trigger.hit.term.event != "attack":
        return False
    view = standpoint(telling, blasts[-1].speaker, quoted=False)
    doer = actor(hearing.sentence, one, view, None, hearing.attributions)
    for draft in blasts if doer.named else ():
        draft.event = one.event if one.event in STRIKES else Event.MISSILE_STRIKE
        draft.actor, draft.named = doer.side, True
    return doer.named
