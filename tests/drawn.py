"""Draws one expression about places of the table atlas, as if a report had said it and all names were settled."""

from datetime import date

from app.domain.interpretation import Footprint, NoFootprint, Resolution
from app.domain.place import Place
from app.domain.reading import Mention, Reading, SpatialExpression
from app.domain.report import Passage
from app.domain.text import Span
from app.domain.vocabulary import Compass, Language, MentionOutcome, PassageKind, Relation, Use
from app.drawing.draw import draw
from tests.atlas import TableAtlas

DAY = date(2023, 7, 12)
TEXT = "x" * 100


def resolved(place: Place) -> Resolution:
    return Resolution(MentionOutcome.RESOLVED, place, ())


def unresolved(outcome: MentionOutcome = MentionOutcome.AMBIGUOUS) -> Resolution:
    return Resolution(outcome, None, ())


def drawn(
    relation: Relation,
    *anchors: str | Place | Resolution,
    compass: tuple[Compass, ...] = (),
    distance_km: float | None = None,
    part: str | None = None,
    told_with: tuple[str, ...] = (),
    atlas: TableAtlas | None = None,
    asked: bool = False,
) -> tuple[Footprint | NoFootprint, ...]:
    """`told_with` are other places of the same passage."""
    atlas = atlas or TableAtlas()
    resolutions = tuple(_resolution(a, atlas) for a in (*anchors, *told_with))
    mentions = tuple(Mention(Span(i, i + 1), "x", Use.LITERAL, (), 0) for i in range(len(resolutions)))
    expression = SpatialExpression(
        Span(0, len(TEXT)), relation, tuple(range(len(anchors))), 0, compass, distance_km, part
    )
    passage = Passage(Span(0, len(TEXT)), PassageKind.PARAGRAPH)
    reading = Reading(Language.EN, (passage,), mentions, (expression,))
    return draw(expression, reading, resolutions, atlas, DAY, asked=asked)


def footprint(*args: object, **kwargs: object) -> Footprint:
    """The one footprint that `drawn` gives."""
    [result] = drawn(*args, **kwargs)  # type: ignore[arg-type]
    assert isinstance(result, Footprint), result
    return result


def _resolution(anchor: str | Place | Resolution, atlas: TableAtlas) -> Resolution:
    if isinstance(anchor, Resolution):
        return anchor
    return resolved(atlas.place(anchor) if isinstance(anchor, str) else anchor)
