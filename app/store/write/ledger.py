"""Claims beside claims in the database: finds a claim's neighbours, keeps `independent_sources` true in every feature.

Links and groups are not stored: they are a pure function of the claims (`app.linking`), asked when somebody looks.
Stored is what claims are found by (`claim_key`), and the one number that is baked into features.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from app.domain.reading import Speaker
from app.linking.statement import WINDOW_DAYS, Statement
from app.linking.web import Web
from app.store.properties import BAKED_SOURCES, baked_sources
from app.store.tables import months
from app.store.tables.evidence import claim, passage, report, source, speaker
from app.store.tables.interpretation import claim_key, feature, feature_key

WINDOW = timedelta(days=WINDOW_DAYS)


def web(connection: Connection, claim_ids: Collection[str]) -> Web:
    """The claims around these; ids that are not stored are left out."""

    def neighbours(statements: Sequence[Statement]) -> Iterator[Statement]:
        keys = sorted({key for each in statements for key in each.keys})
        days = [each.said for each in statements]
        near = select(claim_key.c.report_id, claim_key.c.claim).where(
            claim_key.c.key.in_(keys), claim_key.c.said.between(min(days) - WINDOW, max(days) + WINDOW)
        )
        found = near.distinct().subquery()
        on = and_(found.c.report_id == claim.c.report_id, found.c.claim == claim.c.ordinal)
        return _statements(connection, _select().join(found, on))

    return Web(_statements(connection, _select().where(claim.c.id.in_(sorted(claim_ids)))), neighbours)


def claims_of(connection: Connection, report_ids: Collection[str]) -> list[str]:
    """Ids of the claims of these reports, each once."""
    ids = select(claim.c.id).where(claim.c.report_id.in_(report_ids)).distinct().order_by(claim.c.id)
    return list(connection.execute(ids).scalars())


def touched(connection: Connection, report_ids: Collection[str]) -> set[str]:
    """The claims whose number of independent sources these reports have a part in."""
    ids = claims_of(connection, report_ids)
    return web(connection, ids).touched(ids) if ids else set()


def recount(connection: Connection, claim_ids: Collection[str]) -> None:
    """Bakes the number of independent sources into the features of all claims that these have a part in, themselves
    included, where it is another one now.

    To be called by one transaction at a time: the claims around these must not change meanwhile.
    """
    around = web(connection, claim_ids)
    counted = around.touched(around.statements)
    numbers: dict[int, list[str]] = {}
    for each in sorted(counted):
        numbers.setdefault(around.independent_sources(each), []).append(each)
    for number, ids in sorted(numbers.items()):
        baked = baked_sources(number)
        body = func.regexp_replace(feature.c.body, BAKED_SOURCES, baked)
        drawn = months.found(connection, feature_key.c.claim_id.in_(ids))
        other = func.strpos(feature.c.body, baked) == 0
        connection.execute(update(feature).where(*drawn, other).values(body=body))


def _select() -> Select[Any]:
    """A claim where it is told first in its report, with its sentence, its passage and its keys."""
    keys = select(func.array_agg(claim_key.c.key)).where(
        claim_key.c.report_id == claim.c.report_id, claim_key.c.claim == claim.c.ordinal
    )
    return (
        select(
            claim,
            speaker.c.name,
            speaker.c.side,
            source.c.publisher,
            func.coalesce(claim.c.as_of, report.c.published).label("said"),
            _words(claim.c).label("sentence"),
            _words(passage.c).label("context"),
            keys.scalar_subquery().label("keys"),
        )
        .ext(distinct_on(claim.c.id))
        .join(speaker, speaker.c.id == claim.c.speaker_id)
        .join(report, report.c.id == claim.c.report_id)
        .join(source, source.c.id == report.c.source_id)
        .join(passage, and_(passage.c.report_id == claim.c.report_id, passage.c.ordinal == claim.c.passage))
        .order_by(claim.c.id, claim.c.ordinal)
    )


def _words(span: Any) -> Any:
    return func.substr(report.c.text, span.span_start + 1, span.span_end - span.span_start)


def _statements(connection: Connection, statement: Select[Any]) -> Iterator[Statement]:
    return map(_statement, connection.execute(statement))


def _statement(row: Row[Any]) -> Statement:
    return Statement(
        id=row.id,
        report_id=row.report_id,
        publisher=row.publisher,
        event=row.event,
        outcome=row.outcome,
        actor=row.actor,
        speaker=Speaker(row.name, row.side),
        claim_status=row.claim_status,
        start=row.start_on,
        end=row.end_on,
        said=row.said,
        sentence=row.sentence,
        passage=row.context,
        keys=frozenset(row.keys or ()),
    )
