"""Which stored reports are earlier states of one page: each stays as evidence, the newest alone is on the map.

A page that is edited keeps its address, its publisher and its day of publication, and most of its words. All four are
asked for: an address under which another text stands every day is no edited page, nor is a channel that gives one
address to all its posts.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, case, delete, func, select, update

from app.linking.words import SAME_WORDS, likeness
from app.store.tables.evidence import report
from app.store.tables.interpretation import claim_key, feature_key, interpretation

CHANNEL = 50
"""So many texts on one day, under one address, are the posts of a channel."""


def revisions(connection: Connection, report_id: str) -> list[tuple[str, datetime]]:
    """Id and moment of recording of all states of a report's page, the oldest first; none where there is but one."""
    chains = _chains(_same_page(connection, [report_id]))
    chain = next((chain for chain in chains if any(row.id == report_id for row in chain)), [])
    return [(row.id, row.recorded) for row in chain] if len(chain) > 1 else []


def supersede(connection: Connection, report_ids: Collection[str]) -> list[str]:
    """Notes of every state of these reports' pages which is the newest; ids of those that were so until now."""
    found = _same_page(connection, report_ids)
    newest = {row.id: chain[-1].id for chain in _chains(found) for row in chain[:-1]}
    changed = {row.id: newest[row.id] for row in found if row.id in newest and row.superseded_by != newest[row.id]}
    if changed:
        to = case(changed, value=report.c.id)
        connection.execute(update(report).where(report.c.id.in_(changed)).values(superseded_by=to))
    return sorted(row.id for row in found if row.id in changed and row.superseded_by is None)


def take_off_the_map(connection: Connection, report_ids: Collection[str]) -> None:
    """What was drawn of reports, and what others' claims find them by, goes; what they say stays."""
    if not report_ids:
        return
    for table in (feature_key, claim_key):
        connection.execute(delete(table).where(table.c.report_id.in_(report_ids)))
    connection.execute(update(interpretation).where(interpretation.c.report_id.in_(report_ids)).values(ground=None))


def _same_page(connection: Connection, report_ids: Collection[str]) -> Sequence[Row[Any]]:
    """Reports that share address, publisher and day with one of these, in the order in which they were recorded."""
    asked = report.alias()
    page = and_(asked.c.url == report.c.url, asked.c.published == report.c.published)
    page &= asked.c.source_id == report.c.source_id
    several = select(func.count()).select_from(asked).where(page).scalar_subquery().between(2, CHANNEL)
    pages = select(report.c.url, report.c.published, report.c.source_id).where(report.c.id.in_(report_ids), several)
    on = pages.distinct().subquery()
    found = (
        select(report)
        .join(on, and_(*(on.c[name] == report.c[name] for name in ("url", "published", "source_id"))))
        .order_by(report.c.url, report.c.published, report.c.source_id, report.c.recorded, report.c.id)
    )
    return connection.execute(found).all()


def _chains(rows: Iterable[Row[Any]]) -> Iterator[list[Row[Any]]]:
    """The states of each page: texts that are alike, or alike to one that is."""
    for _, same_page in groupby(rows, key=lambda row: (row.url, row.published, row.source_id)):
        chains: list[list[Row[Any]]] = []
        for row in same_page:
            alike = [chain for chain in chains if any(likeness(row.text, each.text) >= SAME_WORDS for each in chain)]
            joined = sorted((each for chain in alike for each in chain), key=lambda each: (each.recorded, each.id))
            chains = [chain for chain in chains if chain not in alike] + [[*joined, row]]
        yield from chains
