"""How sure a claim is: its status, and the doubts that cover it."""

from collections.abc import Sequence

from app.domain.reading import Speaker
from app.domain.vocabulary import PARTIES, ClaimStatus
from app.reading.claims.drafts import Draft
from app.reading.events.clauses import STRIKES
from app.reading.speakers.frames import Frame
from app.reading.text.parsing import Sentence
from app.reading.words.terms import role_words

_ACCOUNTS = role_words("accounts")


def status_of(sentence: Sentence, speaker: Speaker, frame: Frame | None) -> ClaimStatus:
    if frame and frame.status:
        return frame.status
    hedges = [h.term.status for h in sentence.says if h.term.kind == "vague" and h.term.status]
    if ClaimStatus.GEOLOCATED in hedges:
        return ClaimStatus.GEOLOCATED
    if ClaimStatus.REPORTED in hedges:
        return ClaimStatus.REPORTED
    if ClaimStatus.ASSESSED in hedges:
        return ClaimStatus.REPORTED if speaker.side in PARTIES else ClaimStatus.ASSESSED
    return plain_status(speaker)


def plain_status(speaker: Speaker) -> ClaimStatus:
    return ClaimStatus.CLAIMED if speaker.side in PARTIES else ClaimStatus.REPORTED


def _just_told(drafts: Sequence[Draft], sentence: Sentence) -> list[Draft]:
    """The claims of a sentence, else of the sentence before it in its paragraph, else of the paragraph before; those of
    the whole paragraph where it speaks of several: "could not verify the claims"."""
    own = [d for d in drafts if d.span == sentence.span]
    if own or sentence.events:
        return own
    before = [d for d in drafts if d.passage <= sentence.passage and d.span.end <= sentence.span.start]
    several = not _ACCOUNTS.isdisjoint(sentence.words)
    if before and before[-1].passage == sentence.passage and not several:
        return [d for d in before if d.span == before[-1].span]
    return [d for d in before if d.passage == before[-1].passage]


def mark_doubts(drafts: Sequence[Draft], told: Sequence[Sentence]) -> None:
    """Marks what "could not verify" covers: the whole battlefield, or what was told just before."""
    for sentence in told:
        for hit in sentence.doubts:
            if hit.term.reach == "report":
                covered = [d for d in drafts if d.status is ClaimStatus.CLAIMED and d.event not in STRIKES]
            else:
                covered = _just_told(drafts, sentence)
            for draft in covered:
                draft.unverified = True
