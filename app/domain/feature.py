"""A claim drawn on the map: one point or sector with the sentence, the speaker and the uncertainty behind it."""

from dataclasses import dataclass

from app.domain.digest import digest
from app.domain.interpretation import Footprint, NoFootprint, Resolution
from app.domain.place import Place
from app.domain.reading import Claim, Reading, SpatialExpression
from app.domain.report import Report


@dataclass(frozen=True, slots=True)
class Understanding:
    """A report with everything read, resolved and drawn from it.

    `resolutions` runs parallel to the reading's mentions, `footprints` to its expressions.
    """

    report: Report
    reading: Reading
    resolutions: tuple[Resolution, ...]
    footprints: tuple[tuple[Footprint | NoFootprint, ...], ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """One footprint of one claim."""

    id: str
    claim_id: str
    claim: Claim
    expression_index: int
    expression: SpatialExpression
    footprint: Footprint
    place: Place | None
    """Of the footprint's first anchor."""
    direction_name: str | None
    """The operational direction the claim is told under, in the words of the report."""


def expression_words(reading: Reading, expression: SpatialExpression) -> list[str]:
    """What an expression says, free of where it stands: relation, anchors, bearings, distance."""
    return [
        expression.relation,
        *(reading.mentions[i].surface for i in expression.anchors),
        *expression.compass,
        "" if expression.distance_km is None else f"{expression.distance_km:g} km",
        expression.part or "",
    ]


def claim_id(report: Report, reading: Reading, claim: Claim) -> str:
    """The hash of what was said, by whom, of when: no derived value takes part, so a better gazetteer changes no id."""
    said = ["|".join(expression_words(reading, reading.expressions[i])) for i in claim.expressions]
    return digest(
        "claim",
        report.id,
        claim.speaker.name,
        claim.speaker.side,
        claim.event,
        claim.actor,
        claim.start.isoformat(),
        claim.end.isoformat(),
        said,
    )


def feature_id(claim: str, reading: Reading, expression: SpatialExpression, footprint: Footprint) -> str:
    """The hash of the claim and of the one anchor and bearing drawn."""
    anchors = [reading.mentions[i].surface for i in footprint.anchors]
    return digest("feature", claim, expression_words(reading, expression), anchors, footprint.compass)
