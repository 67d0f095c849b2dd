"""A stand-in for the reader, for tests of what comes after it: names marked by hand in a text, one passage a line.

[Bakhmut]           a mention                 {Donetsk Oblast}    one that demands an oblast
<Moscow>            an associative one        # at the start of a line: a heading of the lines below it
"""

import re
from datetime import date

from app.domain.place import NameReference
from app.domain.reading import Mention, Reading, SpatialExpression
from app.domain.report import Passage, Report
from app.domain.text import Span
from app.domain.vocabulary import Compass, Language, PassageKind, PlaceKind, Relation, Use
from tests.atlas import TableAtlas

MARK = re.compile(r"\[(?P<plain>[^\]]+)\]|\{(?P<oblast>[^}]+)\}|<(?P<associative>[^>]+)>")
DAY = date(2023, 7, 12)


def read(marked: str, atlas: TableAtlas, *expressions: SpatialExpression) -> tuple[Report, Reading]:
    text, mentions, passages = "", [], []
    heading = None
    for number, line in enumerate(marked.strip().splitlines()):
        is_heading = line.startswith("#")
        start, plain = len(text), line.lstrip("# ")
        end = 0
        for mark in MARK.finditer(plain):
            text += plain[end : mark.start()]
            mentions.append(_mention(mark, len(text), number, atlas))
            text += mentions[-1].surface
            end = mark.end()
        text += plain[end:] + "\n"
        kind = PassageKind.HEADING if is_heading else PassageKind.PARAGRAPH
        passages.append(Passage(Span(start, len(text)), kind, None if is_heading else heading))
        heading = number if is_heading else heading
    reading = Reading(Language.EN, tuple(passages), tuple(mentions), expressions)
    return Report(text, DAY, "A test"), reading


def _mention(mark: re.Match[str], start: int, passage: int, atlas: TableAtlas) -> Mention:
    surface = mark["plain"] or mark["oblast"] or mark["associative"]
    references: tuple[NameReference, ...] = atlas.references(surface)
    use = Use.ASSOCIATIVE if mark["associative"] else Use.LITERAL
    kinds = frozenset({PlaceKind.OBLAST}) if mark["oblast"] else frozenset()
    return Mention(Span(start, start + len(surface)), surface, use, references, passage, kinds)


def gloss(of: int, anchor: int, compass: Compass | None, distance_km: float | None) -> SpatialExpression:
    """Mention `of` lies at that bearing and distance of mention `anchor`."""
    return SpatialExpression(
        Span(0, 1),
        Relation.BEARING if compass else Relation.DISTANCE,
        (anchor,),
        0,
        (compass,) if compass else (),
        distance_km,
        gloss_of=of,
    )


def direction(*anchors: int) -> SpatialExpression:
    return SpatialExpression(Span(0, 1), Relation.OPERATIONAL_DIRECTION, anchors, 0)


def together(*anchors: int) -> SpatialExpression:
    """One list: near A, B and C."""
    return SpatialExpression(Span(0, 1), Relation.NEAR, anchors, 0)
