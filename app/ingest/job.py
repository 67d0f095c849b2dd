"""The job: understands every report it is handed and stores it once, or says what stood in the way."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError

from app.domain.errors import ReportError, UnreadableReport
from app.domain.feature import Feature, Understanding
from app.domain.interpretation import NoFootprint
from app.domain.place import Atlas
from app.domain.reading import Mention, Reading
from app.domain.report import Report
from app.domain.vocabulary import FeatureKind, MentionOutcome, Use
from app.ingest.pipeline import interpret
from app.ingest.version import current_run
from app.store.read.load import known_ids, load_reading, report_ids
from app.store.write.reports import Entry, write_all
from app.store.write.reports import redraw as store_redraw
from app.store.write.run import Run

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """A report that was read before; nothing was written."""

    report_id: str


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A name in a report that became no place, and why."""

    surface: str
    outcome: MentionOutcome
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A report that was read and stored now, and what came of it."""

    report_id: str
    title: str | None
    published: date
    claims: int
    points: int
    sectors: int
    unsettled: tuple[Unsettled, ...]
    undrawn: tuple[str, ...]
    """Why an expression of a claim became no area."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A report that a worker will read."""

    report_id: str
    job_id: int


Taken = Known | Read | Queued | ReportError


@dataclass(frozen=True, slots=True)
class Received:
    """A report and the moment it came in: of two states of a page, the later is the newer."""

    report: Report
    at: datetime


def received(report: Report) -> Received:
    return Received(report, datetime.now(UTC))


def take(reports: Sequence[Received], atlas: Atlas, engine: Engine) -> list[Taken]:
    """What became of each, in order; all are stored in one transaction, which ends with this call.

    Their links are counted later (`store.count`).
    """
    with engine.connect() as connection:
        known = known_ids(connection, [each.report.id for each in reports])
    understood = {each.report.id: _understood(each, atlas) for each in reports if each.report.id not in known}
    entries = [entry for entry in understood.values() if isinstance(entry, Entry)]
    new, refused = _stored(entries, engine, current_run(atlas))
    outcomes = understood | refused
    return [_outcome(each.report.id, outcomes, new) for each in reports]


def _stored(entries: Sequence[Entry], engine: Engine, run: Run) -> tuple[set[str], dict[str, ReportError]]:
    """Ids of those that are new, and what the database had against others: those alone are left out."""
    if not entries:
        return set(), {}
    try:
        with engine.connect() as connection:
            return write_all(connection, entries, run), {}
    except (IntegrityError, DataError) as error:
        if len(entries) == 1:
            report = entries[0].understanding.report
            log.exception("report %s (%s) could not be stored", report.id, report.title or report.published)
            told = UnreadableReport(f"report {report.id}: the database refused it ({type(error.orig).__name__})")
            return set(), {report.id: told}
    new: set[str] = set()
    refused: dict[str, ReportError] = {}
    for entry in entries:
        stored, failed = _stored([entry], engine, run)
        new |= stored
        refused |= failed
    return new, refused


def _understood(each: Received, atlas: Atlas) -> Entry | ReportError:
    try:
        return Entry(*interpret(each.report, atlas), each.at)
    except Exception as error:
        log.exception("report %s (%s) could not be read", each.report.id, each.report.title or each.report.published)
        return UnreadableReport(f"report {each.report.id}: the reader failed on it ({type(error).__name__}: {error})")


def _outcome(report_id: str, understood: dict[str, Entry | ReportError], new: set[str]) -> Taken:
    """Of a report that is handed in twice at once, the first is read and the second known."""
    entry = understood.pop(report_id, None)
    if isinstance(entry, ReportError):
        return entry
    return _told(entry.understanding, entry.features) if entry and report_id in new else Known(report_id)


def rehearse(reports: Iterable[Report | ReportError], atlas: Atlas) -> Iterator[Taken]:
    """What `ingest` would make of reports it had never seen; nothing is stored."""
    for report in reports:
        yield report if isinstance(report, ReportError) else _told(*interpret(report, atlas))


def redraw(atlas: Atlas, engine: Engine) -> Iterator[Read]:
    """Interprets every stored report anew from its evidence, with the code and the gazetteer of now."""
    with engine.connect() as connection:
        ids = report_ids(connection)
    return redraw_some(ids, atlas, engine)


def redraw_some(ids: Iterable[str], atlas: Atlas, engine: Engine) -> Iterator[Read]:
    """Raises LookupError for a report that is not stored."""
    run = current_run(atlas)
    with engine.connect() as connection:
        for report_id in ids:
            report, reading = load_reading(connection, report_id)
            connection.rollback()
            understanding, features = interpret(report, atlas, renamed(reading, atlas))
            store_redraw(connection, understanding, features, run)
            connection.commit()
            yield _told(understanding, features)


def renamed(reading: Reading, atlas: Atlas) -> Reading:
    """The stored reading, with what each name may stand for looked up anew: words are evidence, places are not."""
    return replace(reading, mentions=tuple(_renamed(mention, atlas) for mention in reading.mentions))


def _renamed(mention: Mention, atlas: Atlas) -> Mention:
    if mention.fuzzy:
        return replace(mention, references=tuple(atlas.guess(mention.surface)))
    for hit in atlas.scan(mention.surface, any_case=True):
        if (hit.start, hit.end) == (0, len(mention.surface)):
            return replace(mention, references=hit.references)
    return mention


def _told(understanding: Understanding, features: Sequence[Feature]) -> Read:
    report, reading = understanding.report, understanding.reading
    sectors = sum(f.footprint.kind is FeatureKind.SECTOR for f in features)
    used = {index for claim in reading.claims for index in claim.expressions}
    return Read(
        report_id=report.id,
        title=report.title,
        published=report.published,
        claims=len(reading.claims),
        points=len(features) - sectors,
        sectors=sectors,
        unsettled=tuple(_unsettled(understanding)),
        undrawn=tuple(
            f"{reading.expressions[i].span.of(report.text)}: {footprint.reason}"
            for i in sorted(used)
            for footprint in understanding.footprints[i]
            if isinstance(footprint, NoFootprint)
        ),
    )


def _unsettled(understanding: Understanding) -> Iterator[Unsettled]:
    for mention, resolution in zip(understanding.reading.mentions, understanding.resolutions, strict=True):
        if mention.use is Use.LITERAL and resolution.outcome in (MentionOutcome.AMBIGUOUS, MentionOutcome.UNKNOWN):
            names = tuple(f"{c.place.name} ({c.place.id})" for c in resolution.candidates)
            yield Unsettled(mention.surface, resolution.outcome, names)
