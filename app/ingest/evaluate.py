"""How well reports are read: precision, recall and the share told right, by language, against reports marked by hand.

mention      a literal place name: spans that overlap, one to one
use          of the names found, literal or associative told right
place        of the literal settlements found: within 5 and 10 km, a wrong point (over 10 km), left unresolved
expression   (relation, anchor, bearing ± 23°, distance ± 10 % ± 0.5 km)
expression~  the same with at, near, outskirts and toward as one relation, where annotators differ
claim        (kind of event, anchor); of the claims found: actor, side of the speaker, status, and the days where stated
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.feature import Understanding
from app.domain.place import Atlas, Place
from app.domain.reading import Claim, Mention
from app.domain.vocabulary import ClaimStatus, Event, Use
from app.ingest.compare import blurred, km_to, left, pair, read_atoms, same_anchor, same_atom
from app.ingest.marks import Anchor, Atom, ClaimAtom, Marked, MarkedMention, anchors_of, read_marked
from app.ingest.pipeline import understand

FOUND = ("mention", "expression", "expression~", "claim")
"""Measures with a precision and a recall; of the others the share told right is given."""
TOLD = ("use", "place<=5km", "place<=10km", "wrong point", "unresolved", "actor", "side", "status", "date")

_EVENTS = {
    Event.ASSAULT: "ground",
    Event.CLASH: "ground",
    Event.ATTACK_REPELLED: "repelled",
    Event.CONSOLIDATION: "repelled",
    Event.ADVANCE: "advance",
    Event.CONTROL_CHANGE: "control",
    Event.WITHDRAWAL: "withdrawal",
    Event.SHELLING: "shelling",
    Event.AIR_STRIKE: "air",
    Event.DRONE_STRIKE: "air",
    Event.AIR_DEFENCE: "air",
    Event.MISSILE_STRIKE: "missile",
    Event.CASUALTIES: "other",
    Event.OTHER: "other",
}
_STATUSES = {
    ClaimStatus.CLAIMED: "claimed",
    ClaimStatus.REPORTED: "reported",
    ClaimStatus.ASSESSED: "reported",
    ClaimStatus.GEOLOCATED: "confirmed",
    ClaimStatus.CONFIRMED: "confirmed",
    ClaimStatus.DENIED: "denied",
}


@dataclass
class Tally:
    """Counts by measure: what was found or told right, what is marked, what was read."""

    hits: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, measure: str, hits: int, marked: int, read: int) -> None:
        self.hits[measure] += hits
        self.marked[measure] += marked
        self.read[measure] += read

    def told(self, measure: str, right: bool) -> None:
        self.add(measure, int(right), 1, 1)

    def merge(self, other: "Tally") -> None:
        self.hits.update(other.hits)
        self.marked.update(other.marked)
        self.read.update(other.read)
        self.errors += other.errors

    def without(self, *measures: str) -> "Tally":
        """The same without some measures, for marks that say nothing about them."""
        hits, marked, read = (
            Counter({measure: n for measure, n in counter.items() if measure not in measures})
            for counter in (self.hits, self.marked, self.read)
        )
        return Tally(hits, marked, read, [error for error in self.errors if error.split()[1] not in measures])

    def precision(self, measure: str) -> float:
        return self.hits[measure] / self.read[measure] if self.read[measure] else 0.0

    def recall(self, measure: str) -> float:
        """For a measure of what was told right: the share."""
        return self.hits[measure] / self.marked[measure] if self.marked[measure] else 0.0

    def f1(self, measure: str) -> float:
        precision, recall = self.precision(measure), self.recall(measure)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def figures(self) -> dict[str, float]:
        """Rounded to three decimals, under the names of the printed table; without measures that had no case."""
        found = {
            f"{measure} {name}": round(figure(measure), 3)
            for measure in FOUND
            for name, figure in (("P", self.precision), ("R", self.recall), ("F1", self.f1))
        }
        return found | {measure: round(self.recall(measure), 3) for measure in TOLD if self.marked[measure]}


def evaluate(folder: Path, atlas: Atlas, ids: frozenset[str] = frozenset()) -> dict[str, Tally]:
    """Tallies by language, "all" first, of the marked reports in `folder`."""
    tallies = {"all": Tally()}
    for marked in read_marked(folder, ids):
        tally = score(marked, understand(marked.report, atlas))
        tallies["all"].merge(tally)
        tallies.setdefault(marked.lang, Tally()).merge(tally)
    return tallies


def score(marked: Marked, understanding: Understanding) -> Tally:
    tally = Tally()
    _score_mentions(marked, understanding, tally)
    phrases = read_atoms(understanding)
    _score_atoms(marked, [atom for phrase in phrases for atom in phrase], tally)
    _score_claims(marked, understanding, phrases, tally)
    tally.errors = [f"{marked.id} {error}" for error in tally.errors]
    return tally


def _score_mentions(marked: Marked, understanding: Understanding, tally: Tally) -> None:
    read = [
        (mention, resolution.place)
        for mention, resolution in zip(understanding.reading.mentions, understanding.resolutions, strict=True)
        if not any(m.optional and m.span.overlaps(mention.span) for m in marked.mentions)
    ]
    wanted = [mention for mention in marked.mentions if not mention.optional]
    for i, j in pair(wanted, read, _overlap):
        told = (read[j][0].use is Use.LITERAL) == wanted[i].literal
        tally.told("use", told)
        if not told:
            tally.errors.append(f"use of {wanted[i].surface!r}: read as {read[j][0].use}")
    literal = [mention for mention in wanted if mention.literal]
    literal_read = [(mention, place) for mention, place in read if mention.use is Use.LITERAL]
    pairs = pair(literal, literal_read, _overlap)
    tally.add("mention", len(pairs), len(literal), len(literal_read))
    missed, extra = left(pairs, len(literal), len(literal_read))
    tally.errors += [f"mention missed: {literal[i].surface!r}" for i in missed]
    tally.errors += [f"mention spurious: {literal_read[j][0].surface!r}" for j in extra]
    for i, j in pairs:
        _score_place(literal[i], literal_read[j][1], tally)


def _overlap(marked: MarkedMention, read: tuple[Mention, Place | None]) -> bool:
    return marked.span.overlaps(read[0].span)


def _score_place(marked: MarkedMention, place: Place | None, tally: Tally) -> None:
    if marked.place is None:
        return
    off = km_to(marked.place, place) if place else None
    tally.told("unresolved", off is None)
    tally.told("place<=5km", off is not None and off <= 5)
    tally.told("place<=10km", off is not None and off <= 10)
    tally.told("wrong point", off is not None and off > 10)
    if off is None:
        tally.errors.append(f"place unresolved: {marked.surface!r}")
    elif off > 5:
        tally.errors.append(f"place off {off:.0f} km: {marked.surface!r} read as {place.name if place else None!r}")


def _score_atoms(marked: Marked, read: list[Atom], tally: Tally) -> None:
    required = [atom for atom in marked.atoms if not atom.optional]
    pairs = pair(required, read, same_atom)
    missed, extra = left(pairs, len(required), len(read))
    allowed = pair([atom for atom in marked.atoms if atom.optional], [read[j] for j in extra], same_atom)
    counted = set(range(len(read))) - {extra[j] for _, j in allowed}
    tally.add("expression", len(pairs), len(required), len(counted))
    for i, j in pairs:
        tally.add(f"expression {required[i].relations[0]}", 1, 1, 1)
        counted.discard(j)
    for i in missed:
        tally.add(f"expression {required[i].relations[0]}", 0, 1, 0)
        tally.errors.append(f"expression missed: {_told(required[i])}")
    for j in sorted(counted):
        tally.add(f"expression {read[j].relations[0]}", 0, 0, 1)
        tally.errors.append(f"expression spurious: {_told(read[j])}")
    counting = [read[j] for j in sorted({j for _, j in pairs} | counted)]
    near = pair([blurred(atom) for atom in required], [blurred(atom) for atom in counting], same_atom)
    tally.add("expression~", len(near), len(required), len(counting))


def _told(atom: Atom) -> str:
    anchors = " – ".join("/".join(sorted(anchor.names)) for anchor in atom.anchors)
    return " ".join(
        str(part) for part in ("|".join(atom.relations), anchors, atom.bearing, atom.distance_km) if part is not None
    )


def _score_claims(marked: Marked, understanding: Understanding, phrases: list[list[Atom]], tally: Tally) -> None:
    read = [
        (anchor, claim)
        for claim in understanding.reading.claims
        for anchor in anchors_of([phrases[i] for i in claim.expressions])
    ]
    pairs = pair(marked.claims, read, _same_claim)
    tally.add("claim", len(pairs), len(marked.claims), len(read))
    missed, extra = left(pairs, len(marked.claims), len(read))
    tally.errors += [f"claim missed: {_claim_told(marked.claims[i].event, marked.claims[i].anchor)}" for i in missed]
    tally.errors += [f"claim spurious: {_claim_told(_EVENTS[read[j][1].event], read[j][0])}" for j in extra]
    for i, j in pairs:
        wanted, claim = marked.claims[i], read[j][1]
        for measure, right in (
            ("actor", wanted.actor == claim.actor),
            ("side", wanted.side == claim.speaker.side),
            ("status", wanted.status == _STATUSES[claim.claim_status]),
            ("date", wanted.start is None or (wanted.start, wanted.end) == (claim.start, claim.end)),
        ):
            if measure == "date" and wanted.start is None:
                continue
            tally.told(measure, right)
            if not right:
                tally.errors.append(
                    f"{measure} of {_claim_told(wanted.event, wanted.anchor)}: read {claim.actor} "
                    f"{claim.speaker.side} {claim.claim_status} {claim.start}..{claim.end}"
                )


def _same_claim(marked: ClaimAtom, read: tuple[Anchor | None, Claim]) -> bool:
    anchor, claim = read
    if marked.event != _EVENTS[claim.event]:
        return False
    if marked.anchor is None or anchor is None:
        return marked.anchor is anchor
    return same_anchor(marked.anchor, anchor)


def _claim_told(event: str, anchor: Anchor | None) -> str:
    return f"{event} {'/'.join(sorted(anchor.names)) if anchor else 'nowhere'}"
