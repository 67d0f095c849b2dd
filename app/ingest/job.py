"""The job: understands every report it is handed and stores it once, or says what stood in the way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from app.domain.errors import ReportError
from app.domain.feature import Feature, Understanding
from app.domain.interpretation import NoFootprint
from app.domain.place import Atlas
from app.domain.reading import Mention, Reading
from app.domain.report import Report
from app.domain.vocabulary import FeatureKind, MentionOutcome, Use
from app.ingest.pipeline import interpret
from app.ingest.version import current_run
from app.store.load import is_known, load_reading, report_ids
from app.store.write import redraw as store_redraw
from app.store.write import write


@dataclass(frozen=True, slots=True)
class Known:
    """A report that was read before; nothing was written."""

    report: Report


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A name in a report that became no place, and why."""

    surface: str
    outcome: MentionOutcome
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A report that was read and stored now, and what came of it."""

    report: Report
    claims: int
    points: int
    sectors: int
    unsettled: tuple[Unsettled, ...]
    undrawn: tuple[str, ...]
    """Why an expression of a claim became no area."""


Taken = Known | Read | ReportError


def ingest(reports: Iterable[Report | ReportError], atlas: Atlas, engine: Engine) -> Iterator[Taken]:
    """What became of each report, in order; each is stored in a transaction of its own, so it can stop anywhere."""
    run = current_run(atlas)
    for report in reports:
        if isinstance(report, ReportError):
            yield report
            continue
        with engine.connect() as connection:
            known = is_known(connection, report.id)
            connection.rollback()
            if not known:
                understanding, features = interpret(report, atlas)
                known = not write(connection, understanding, features, run)
                connection.commit()
        yield Known(report) if known else _told(understanding, features)


def rehearse(reports: Iterable[Report | ReportError], atlas: Atlas) -> Iterator[Taken]:
    """What `ingest` would make of reports it had never seen; nothing is stored."""
    for report in reports:
        yield report if isinstance(report, ReportError) else _told(*interpret(report, atlas))


def redraw(atlas: Atlas, engine: Engine) -> Iterator[Read]:
    """Interprets every stored report anew from its evidence, with the code and the gazetteer of now."""
    run = current_run(atlas)
    with engine.connect() as connection:
        ids = report_ids(connection)
        connection.rollback()
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


def _told(understanding: Understanding, features: tuple[Feature, ...]) -> Read:
    reading = understanding.reading
    sectors = sum(f.footprint.kind is FeatureKind.SECTOR for f in features)
    used = {index for claim in reading.claims for index in claim.expressions}
    return Read(
        report=understanding.report,
        claims=len(reading.claims),
        points=len(features) - sectors,
        sectors=sectors,
        unsettled=tuple(_unsettled(understanding)),
        undrawn=tuple(
            f"{reading.expressions[i].span.of(understanding.report.text)}: {footprint.reason}"
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
