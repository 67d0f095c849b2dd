"""What reading finds in a report, in words only: nothing here knows where anything is."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.place import NameReference
from app.domain.report import Passage
from app.domain.text import Span
from app.domain.vocabulary import (
    Actor,
    ClaimStatus,
    Compass,
    Event,
    Language,
    Outcome,
    PlaceKind,
    Relation,
    SpeakerSide,
    TimeBasis,
    TimePrecision,
    Use,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a text. `references` is what the name form alone allows, before any context."""

    span: Span
    surface: str
    use: Use
    references: tuple[NameReference, ...]
    passage: int
    kinds: frozenset[PlaceKind] = frozenset()
    """Kinds that a word beside the name demands (с., city of, Oblast, river); empty when none does."""
    fuzzy: bool = False
    """Found by likeness of spelling, not as a known form."""


@dataclass(frozen=True, slots=True)
class SpatialExpression:
    """A phrase that places or bounds something, relative to the mentions it is anchored on."""

    span: Span
    relation: Relation
    anchors: tuple[int, ...]
    """Indexes into the reading's mentions; for `axis` and `between`, in the order said."""
    passage: int
    compass: tuple[Compass, ...] = ()
    """Bearings FROM the anchor TO what is meant; more than one for "north and south of"."""
    distance_km: float | None = None
    part: str | None = None
    """For `part` and `along`: "left_bank", "right_bank", "central", "coast", "border" …"""
    gloss_of: int | None = None
    """Mention that this phrase in brackets explains: "Maiorsk (20km south of Bakhmut)"."""

    def __post_init__(self) -> None:
        if self.relation is Relation.BEARING and not self.compass:
            raise ValueError("a bearing needs a compass direction")
        if self.distance_km is not None and self.distance_km < 0:
            raise ValueError(f"a distance cannot be {self.distance_km} km")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted: a person, an office, or the publisher in its own voice."""

    name: str
    side: SpeakerSide


@dataclass(frozen=True, slots=True)
class Claim:
    """One event as one speaker tells it."""

    span: Span
    event: Event
    outcome: Outcome
    actor: Actor
    speaker: Speaker
    claim_status: ClaimStatus
    unverified: bool
    start: date
    end: date
    """Inclusive."""
    time_precision: TimePrecision
    time_basis: TimeBasis
    expressions: tuple[int, ...]
    passage: int
    as_of: date | None = None
    """The day the speaker spoke of the state of things, where it is not the day of publication."""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a claim cannot end on {self.end}, before it starts on {self.start}")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one report. Indexes in one list point into the others."""

    lang: Language
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    expressions: tuple[SpatialExpression, ...]
    claims: tuple[Claim, ...] = field(default=())
