"""A report made of marked sentences: [near Bakhmut] is a place, [>in the Bakhmut direction] one of the front's."""

import re
from datetime import date

from app.domain.reading import Claim, Mention, Reading, SpatialExpression
from app.domain.report import Passage, Report
from app.domain.text import Span
from app.domain.vocabulary import Language, PassageKind, Relation, Use
from app.reading.claims.read import read_claims
from tests.atlas import TableAtlas

DAY = date(2023, 7, 12)
PLACE = re.compile(r"\[(>?)([^\]]+)\]")


def claims(
    marked: str, lang: Language, publisher: str = "The wire", published: date = DAY, title: str | None = None
) -> tuple[Claim, ...]:
    """What is claimed in `marked`, one paragraph a line; a line that begins with # is a heading of those below it."""
    text = ""
    mentions: list[Mention] = []
    expressions: list[SpatialExpression] = []
    passages: list[Passage] = []
    heading: int | None = None
    for number, line in enumerate(marked.strip().splitlines()):
        start, end = len(text), 0
        plain = line.lstrip("# ")
        for mark in PLACE.finditer(plain):
            text += plain[end : mark.start()]
            span = Span(len(text), len(text) + len(mark[2]))
            text += mark[2]
            end = mark.end()
            name = mark[2].split()[-1]
            anchor = Span(span.end - len(name), span.end)
            relation = Relation.OPERATIONAL_DIRECTION if mark[1] else Relation.AT
            expressions.append(SpatialExpression(span, relation, (len(mentions),), number))
            mentions.append(Mention(anchor, name, Use.LITERAL, (), number))
        text += plain[end:] + "\n"
        kind = PassageKind.HEADING if line.startswith("#") else PassageKind.PARAGRAPH
        passages.append(Passage(Span(start, len(text) - 1), kind, None if kind is PassageKind.HEADING else heading))
        heading = number if kind is PassageKind.HEADING else heading
    report = Report(text, published, publisher, title)
    found = Reading(lang, tuple(passages), tuple(mentions), tuple(expressions))
    return read_claims(report, found, TableAtlas())
