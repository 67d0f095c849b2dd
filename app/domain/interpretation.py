"""What is derived from a reading and can be derived again: resolutions and footprints."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from app.domain.place import Place
from app.domain.vocabulary import Compass, FeatureKind, GeoPrecision, MentionOutcome


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may stand for. `score` is a sum of penalties: lower is better, 0 is certain."""

    place: Place
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What one mention stands for, or why that could not be settled; the losers are kept."""

    outcome: MentionOutcome
    place: Place | None
    candidates: Sequence[Candidate]
    """Best first, the chosen one included."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """The area or point that one expression means at one anchor (or one pair of anchors)."""

    geometry: BaseGeometry
    """WGS 84, longitude first, RFC 7946 winding, rounded to six decimals."""
    kind: FeatureKind
    uncertainty_m: float
    geo_precision: GeoPrecision
    probability: float | None
    """Share of true locations that such an area was measured to hold; None where nothing was measured."""
    method: str
    rules_version: str
    anchors: tuple[int, ...]
    """Mentions this footprint is drawn from: one, or two for a corridor."""
    compass: Compass | None = None
    """The one bearing drawn here, of those the expression names."""

    def anchored(self, anchors: tuple[int, ...]) -> "Footprint":
        """The same area drawn from other mentions of the same places."""
        return Footprint(
            self.geometry,
            self.kind,
            self.uncertainty_m,
            self.geo_precision,
            self.probability,
            self.method,
            self.rules_version,
            anchors,
            self.compass,
        )


@dataclass(frozen=True, slots=True)
class NoFootprint:
    """An expression, or one anchor of it, that could not be drawn, and why."""

    anchors: tuple[int, ...]
    reason: str

    def anchored(self, anchors: tuple[int, ...]) -> "NoFootprint":
        return NoFootprint(anchors, self.reason)
