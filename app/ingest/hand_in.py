"""Puts reports and addresses into the queue, for workers to take up: the same one that is in it already only once."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine

from app.domain.digest import digest
from app.domain.errors import ReportError
from app.domain.report import Report
from app.domain.vocabulary import DateBasis, Language
from app.ingest.job import Known, Queued, Taken
from app.sources.draft import Facts
from app.store.intake import jobs
from app.store.read.load import known_ids, report_ids

CHUNK = 100


def hand_in_report(connection: Connection, report: Report) -> int:
    """The job in which it is, will be or was read."""
    subject = f"report/{report.id}"
    arguments = {"report": report_values(report), "received": datetime.now(UTC).isoformat()}
    return jobs.submit(connection, jobs.Job("read", arguments, lock=subject, alone=subject), subject, again=False)


def hand_in_address(connection: Connection, address: str, facts: Facts) -> int:
    """The job in which it is or will be fetched; one that was through is no answer, since pages change."""
    subject = digest("address", address, *(str(value) for value in facts_values(facts).values()))
    arguments = {"address": address, "facts": facts_values(facts)}
    job = jobs.Job("fetch", arguments, lock=host_lock(address), alone=subject)
    return jobs.submit(connection, job, subject, again=True)


def redraw_later(engine: Engine) -> int:
    """Hands in the redrawing of all that is stored; how many reports that is."""
    with engine.begin() as connection:
        ids = report_ids(connection)
        for start in range(0, len(ids), CHUNK):
            jobs.hand_in(connection, jobs.Job("redraw", {"report_ids": ids[start : start + CHUNK]}))
    return len(ids)


def host_lock(address: str) -> str:
    return f"host/{urlsplit(address).hostname or address}"


def later(reports: Iterable[Report | ReportError], engine: Engine) -> Iterator[Taken]:
    """What is new goes into the queue; errors and what is known are told of at once."""
    for chunk in _chunks(reports):
        with engine.begin() as connection:
            known = known_ids(connection, [each.id for each in chunk if isinstance(each, Report)])
            taken: list[Taken] = []
            for each in chunk:
                if isinstance(each, ReportError):
                    taken.append(each)
                elif each.id in known:
                    taken.append(Known(each.id))
                else:
                    taken.append(Queued(each.id, hand_in_report(connection, each)))
        yield from taken


def _chunks(reports: Iterable[Report | ReportError]) -> Iterator[list[Report | ReportError]]:
    rest = iter(reports)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def report_values(report: Report) -> dict[str, Any]:
    return {**asdict(report), "published": report.published.isoformat()}


def report_of(values: dict[str, Any]) -> Report:
    """The inverse of `report_values`."""
    lang = Language(values["lang"]) if values["lang"] else None
    basis = DateBasis(values["basis"]) if values["basis"] else None
    return Report(**{**values, "published": date.fromisoformat(values["published"]), "lang": lang, "basis": basis})


def facts_values(facts: Facts) -> dict[str, Any]:
    return {**asdict(facts), "published": facts.published.isoformat() if facts.published else None}


def facts_of(values: dict[str, Any]) -> Facts:
    """The inverse of `facts_values`."""
    return Facts(
        date.fromisoformat(values["published"]) if values["published"] else None,
        values["publisher"],
        values["title"],
        values["url"],
        Language(values["lang"]) if values["lang"] else None,
        DateBasis(values["basis"]),
    )
