"""A report and what was read from it, as rows of the evidence tables, and back from such rows. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Table

from app.domain.digest import digest
from app.domain.feature import claim_id
from app.domain.place import NameReference
from app.domain.reading import Claim, Mention, Reading, SpatialExpression, Speaker
from app.domain.report import Passage, Report
from app.domain.text import Span
from app.domain.vocabulary import Compass, Language, NameKind, PlaceKind
from app.store.tables import evidence as tables

Values = dict[str, Any]
Stored = Sequence[Row[Any]]


def source_id(publisher: str) -> str:
    return digest("source", publisher)


def speaker_id(speaker: Speaker) -> str:
    return digest("speaker", speaker.name, speaker.side)


def report_values(report: Report, reading: Reading) -> Values:
    return {
        "id": report.id,
        "source_id": source_id(report.publisher),
        "text": report.text,
        "title": report.title,
        "url": report.url,
        "published": report.published,
        "published_basis": report.basis,
        "stated_lang": report.lang,
        "lang": reading.lang,
        "claim_count": len(reading.claims),
    }


def report_of(row: Row[Any]) -> Report:
    """From a row of `report` with its source's `publisher`."""
    return Report(row.text, row.published, row.publisher, row.title, row.url, row.stated_lang, row.published_basis)


def speakers(reading: Reading) -> list[Values]:
    """In the order of their ids, so that two writers never wait for each other in a circle."""
    by_id = {speaker_id(claim.speaker): claim.speaker for claim in reading.claims}
    return [{"id": key, "name": speaker.name, "side": speaker.side} for key, speaker in sorted(by_id.items())]


def evidence(report: Report, reading: Reading) -> list[tuple[Table, list[Values]]]:
    """The rows of every table, each table after those it refers to."""
    return [
        (tables.passage, _numbered(report, (_passage(p) for p in reading.passages))),
        (tables.mention, _numbered(report, (_mention(m) for m in reading.mentions))),
        (tables.spatial_expression, _numbered(report, (_expression(e) for e in reading.expressions))),
        (tables.claim, _numbered(report, ({"id": claim_id(report, reading, c), **_claim(c)} for c in reading.claims))),
        (tables.claim_expression, [{"report_id": report.id, **row} for row in _claim_expressions(reading)]),
    ]


def reading_of(
    lang: Language,
    *,
    passages: Stored,
    mentions: Stored,
    expressions: Stored,
    claims: Stored,
    claim_expressions: Stored,
) -> Reading:
    """The inverse of `evidence`. Rows come in the order of their keys; claims with their speaker's name and side."""
    by_claim: dict[int, list[int]] = {}
    for row in claim_expressions:
        by_claim.setdefault(row.claim, []).append(row.expression)
    return Reading(
        lang,
        tuple(Passage(_span_of(row), row.kind, row.heading) for row in passages),
        tuple(_mention_of(row) for row in mentions),
        tuple(_expression_of(row) for row in expressions),
        tuple(_claim_of(row, tuple(by_claim.get(row.ordinal, ()))) for row in claims),
    )


def _numbered(report: Report, rows: Iterable[Values]) -> list[Values]:
    return [{"report_id": report.id, "ordinal": ordinal, **row} for ordinal, row in enumerate(rows)]


def _span(span: Span) -> Values:
    return {"span_start": span.start, "span_end": span.end}


def _span_of(row: Row[Any]) -> Span:
    return Span(row.span_start, row.span_end)


def _passage(passage: Passage) -> Values:
    return {**_span(passage.span), "kind": passage.kind, "heading": passage.heading}


def _mention(mention: Mention) -> Values:
    return {
        **_span(mention.span),
        "surface": mention.surface,
        "use": mention.use,
        "passage": mention.passage,
        "kinds": sorted(mention.kinds),
        "fuzzy": mention.fuzzy,
        "name_references": [[r.place_id, r.kind, r.lang] for r in mention.references],
    }


def _mention_of(row: Row[Any]) -> Mention:
    return Mention(
        _span_of(row),
        row.surface,
        row.use,
        tuple(NameReference(place, NameKind(kind), Language(lang)) for place, kind, lang in row.name_references),
        row.passage,
        frozenset(PlaceKind(kind) for kind in row.kinds),
        row.fuzzy,
    )


def _expression(expression: SpatialExpression) -> Values:
    return {
        **_span(expression.span),
        "relation": expression.relation,
        "anchors": list(expression.anchors),
        "passage": expression.passage,
        "compass": list(expression.compass),
        "distance_km": expression.distance_km,
        "part": expression.part,
        "gloss_of": expression.gloss_of,
    }


def _expression_of(row: Row[Any]) -> SpatialExpression:
    return SpatialExpression(
        _span_of(row),
        row.relation,
        tuple(row.anchors),
        row.passage,
        tuple(Compass(wind) for wind in row.compass),
        row.distance_km,
        row.part,
        row.gloss_of,
    )


def _claim(claim: Claim) -> Values:
    return {
        **_span(claim.span),
        "event": claim.event,
        "outcome": claim.outcome,
        "actor": claim.actor,
        "speaker_id": speaker_id(claim.speaker),
        "claim_status": claim.claim_status,
        "unverified": claim.unverified,
        "start_on": claim.start,
        "end_on": claim.end,
        "time_precision": claim.time_precision,
        "time_basis": claim.time_basis,
        "as_of": claim.as_of,
        "passage": claim.passage,
    }


def _claim_of(row: Row[Any], expressions: tuple[int, ...]) -> Claim:
    return Claim(
        span=_span_of(row),
        event=row.event,
        outcome=row.outcome,
        actor=row.actor,
        speaker=Speaker(row.name, row.side),
        claim_status=row.claim_status,
        unverified=row.unverified,
        start=row.start_on,
        end=row.end_on,
        time_precision=row.time_precision,
        time_basis=row.time_basis,
        expressions=expressions,
        passage=row.passage,
        as_of=row.as_of,
    )


def _claim_expressions(reading: Reading) -> list[Values]:
    return [
        {"claim": ordinal, "position": position, "expression": expression}
        for ordinal, claim in enumerate(reading.claims)
        for position, expression in enumerate(claim.expressions)
    ]
