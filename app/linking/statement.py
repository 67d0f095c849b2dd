"""What of a claim is compared with other claims, and what two claims have in common before any rule is asked."""

from dataclasses import dataclass
from datetime import date

from app.domain.reading import Speaker
from app.domain.vocabulary import PARTIES, Actor, ClaimStatus, Event, Outcome
from app.linking.keys import NAME

WINDOW_DAYS = 7
"""Claims said further apart are not compared: after a week the same words are about other events."""
SHORT_DAYS = 7
"""A claim about more days than this ("in May") meets no other in time."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with the words around it and the keys it is found by (`keys.py`)."""

    id: str
    report_id: str
    publisher: str
    event: Event
    outcome: Outcome
    actor: Actor
    speaker: Speaker
    claim_status: ClaimStatus
    start: date
    end: date
    said: date
    """The day it was spoken of; of publication where nothing else is known."""
    sentence: str
    passage: str
    keys: frozenset[str]

    @property
    def denied(self) -> bool:
        return self.claim_status is ClaimStatus.DENIED

    @property
    def voice(self) -> str:
        """Each party to the war speaks with one voice, whoever speaks; of the others, each speaker for itself."""
        return self.speaker.side if self.speaker.side in PARTIES else self.speaker.name.casefold()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(key for key in self.keys if key.startswith(NAME))


def share(one: Statement, other: Statement, *kinds: str) -> bool:
    """True where both have a key of one of these kinds."""
    return any(key.startswith(kinds) for key in one.keys & other.keys)


def meet(one: Statement, other: Statement) -> bool:
    """True where the days told of have one in common, and neither claim tells of more than `SHORT_DAYS`."""
    short = all((each.end - each.start).days < SHORT_DAYS for each in (one, other))
    return short and one.start <= other.end and other.start <= one.end


def opposed_sides(one: Statement, other: Statement) -> bool:
    """True where the two speak for the two parties to the war."""
    return {one.speaker.side, other.speaker.side} == set(PARTIES)
