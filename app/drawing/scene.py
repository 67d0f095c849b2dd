"""What every drawer is given, and what it hands back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.domain.interpretation import Footprint, NoFootprint
from app.domain.place import Atlas, Place
from app.domain.vocabulary import Compass, FeatureKind, GeoPrecision, Relation
from app.drawing.anchor import Anchor, Unanchored
from app.drawing.rules import RULES_VERSION
from app.drawing.shapes import Shape


class Wording(NamedTuple):
    """What an expression says of its anchors, wherever it stands."""

    relation: Relation
    compass: tuple[Compass, ...]
    distance_km: float | None
    part: str | None


@dataclass(frozen=True, slots=True)
class Scene:
    """One expression with its anchors and all that its surroundings may tell."""

    wording: Wording
    anchors: tuple[Anchor, ...]
    atlas: Atlas
    on: date
    asked: bool
    """Somebody asks for this phrase's area, instead of a report telling that something happened there."""
    told: tuple[Place, ...]
    """The places told of with it, where an anchor is so long or large that they tell which stretch of it is meant."""


Drawing = Footprint | NoFootprint
Drawer = Callable[[Scene], Iterator[Drawing]]


@dataclass(frozen=True, slots=True)
class Style:
    """What is said of a shape when it becomes a footprint."""

    method: str
    geo_precision: GeoPrecision
    probability: float | None = None
    compass: Compass | None = None
    kind: FeatureKind = field(default=FeatureKind.SECTOR)


def footprint(shape: Shape, anchors: tuple[int, ...], style: Style) -> Footprint:
    return Footprint(
        geometry=shape.geometry,
        kind=style.kind,
        uncertainty_m=shape.uncertainty_m,
        geo_precision=style.geo_precision,
        probability=style.probability,
        method=style.method,
        rules_version=RULES_VERSION,
        anchors=anchors,
        compass=style.compass,
    )


def refuse(anchor: Anchor, reason: str) -> NoFootprint:
    return NoFootprint((anchor.number,), anchor.reason if isinstance(anchor, Unanchored) else reason)
