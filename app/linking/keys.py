"""What a claim can be found by: the spots and directions it was drawn at, and the names it was told with.

    spot/at:ID              at, near or on the outskirts of a place: annotators take them for one another too
    spot/bearing:S:ID       south of it; likewise for the other relations, with all their anchors
    direction/ID            only an operational direction is named: a stretch of the front, no spot
    name/…                  every name as it is written, settled or not: copies share it even where only one was settled

An oblast, raion or country frames too much to be a spot: such a claim has its names only.
"""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.feature import Feature, Understanding, claim_id
from app.domain.reading import Claim, Reading
from app.domain.vocabulary import GeoPrecision, Relation

SPOT, DIRECTION, NAME = "spot", "direction", "name"

AT = frozenset({Relation.AT, Relation.NEAR, Relation.OUTSKIRTS})
AREAS = frozenset({GeoPrecision.RAION, GeoPrecision.OBLAST, GeoPrecision.COUNTRY, GeoPrecision.INTERNATIONAL})


def claim_keys(understanding: Understanding, features: Sequence[Feature]) -> Mapping[int, Sequence[str]]:
    """Sorted keys by the index of the claim; a claim told twice in a report has its keys where it is told first."""
    reading = understanding.reading
    keys: dict[str, set[str]] = {}
    for feature in features:
        keys.setdefault(feature.claim_id, set()).update(_place_keys(feature, understanding))
    found: dict[str, int] = {}
    for index, claim in enumerate(reading.claims):
        said = claim_id(understanding.report, reading, claim)
        if found.setdefault(said, index) == index:
            keys.setdefault(said, set()).update(_names(reading, claim))
    return {index: sorted(keys[said]) for said, index in found.items()}


def _place_keys(feature: Feature, understanding: Understanding) -> Iterator[str]:
    expression, footprint = feature.expression, feature.footprint
    places = (understanding.resolutions[anchor].place for anchor in footprint.anchors)
    ids = "|".join(sorted(place.id for place in places if place))
    how = footprint.compass or expression.part or ""
    if expression.relation is Relation.OPERATIONAL_DIRECTION:
        yield f"{DIRECTION}/{ids}"
    elif footprint.geo_precision not in AREAS:
        yield f"{SPOT}/at:{ids}" if expression.relation in AT else f"{SPOT}/{expression.relation}:{how}:{ids}"


def _names(reading: Reading, claim: Claim) -> Iterator[str]:
    for index in claim.expressions:
        for anchor in reading.expressions[index].anchors:
            yield f"{NAME}/{reading.mentions[anchor].surface.casefold()}"
