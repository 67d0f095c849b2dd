"""Which footprints of a claim become features: the finest it gives, each with its sentence and speaker."""

from collections.abc import Iterator

from app.domain.feature import Feature, Understanding, claim_id, feature_id
from app.domain.interpretation import Footprint
from app.domain.reading import Claim
from app.domain.vocabulary import GeoPrecision, Relation

Located = tuple[int, Footprint]
"""An index into the reading's expressions, and one footprint of that expression."""

AREAS = frozenset({GeoPrecision.RAION, GeoPrecision.OBLAST, GeoPrecision.COUNTRY, GeoPrecision.INTERNATIONAL})


def build_features(understanding: Understanding) -> tuple[Feature, ...]:
    """Every feature of a report, in the order of its claims; a claim told twice over counts once."""
    features: dict[str, Feature] = {}
    for claim in understanding.reading.claims:
        for feature in _features_of(understanding, claim):
            features.setdefault(feature.id, feature)
    return tuple(features.values())


def _features_of(understanding: Understanding, claim: Claim) -> Iterator[Feature]:
    reading = understanding.reading
    said = claim_id(understanding.report, reading, claim)
    direction_name = _direction_name(understanding, claim)
    for index, footprint in _finest(_located(understanding, claim), understanding):
        expression = reading.expressions[index]
        yield Feature(
            id=feature_id(said, reading, expression, footprint),
            claim_id=said,
            claim=claim,
            expression_index=index,
            expression=expression,
            footprint=footprint,
            place=understanding.resolutions[footprint.anchors[0]].place,
            direction_name=direction_name,
        )


def _located(understanding: Understanding, claim: Claim) -> list[Located]:
    """All footprints of a claim. A gloss places a village, not the event: it serves only where the village could not
    be drawn, as an honest area for it."""
    expressions = understanding.reading.expressions
    drawn = [
        (index, footprint)
        for index in claim.expressions
        for footprint in understanding.footprints[index]
        if isinstance(footprint, Footprint)
    ]
    placed = {
        anchor for index, footprint in drawn if expressions[index].gloss_of is None for anchor in footprint.anchors
    }
    return [
        pair for pair in drawn if expressions[pair[0]].gloss_of is None or expressions[pair[0]].gloss_of not in placed
    ]


def _finest(located: list[Located], understanding: Understanding) -> list[Located]:
    """Drop what only frames something finer in the same claim.

    An operational direction frames whatever else places the claim; an oblast or raion frames what lies in it. Where
    nothing finer could be drawn the frame stays: an area beats a claim that is lost.
    """
    if len(located) < 2:
        return located
    expressions = understanding.reading.expressions
    stated = [pair for pair in located if expressions[pair[0]].relation is not Relation.OPERATIONAL_DIRECTION]
    fine = [footprint for _, footprint in stated if footprint.geo_precision not in AREAS]
    return [pair for pair in stated if pair[1].geo_precision not in AREAS or not _frames_any(pair[1], fine)] or located


def _frames_any(area: Footprint, fine: list[Footprint]) -> bool:
    return any(area.geometry.intersects(footprint.geometry) for footprint in fine)


def _direction_name(understanding: Understanding, claim: Claim) -> str | None:
    reading = understanding.reading
    for index in claim.expressions:
        expression = reading.expressions[index]
        if expression.relation is Relation.OPERATIONAL_DIRECTION:
            anchor = expression.anchors[0]
            place = understanding.resolutions[anchor].place
            return place.name if place else reading.mentions[anchor].surface
    return None
