"""What workers do: one function for each kind of job, safe to be done twice, since a worker may die after its work.

| job      | does                                                             | one at a time for |
| -------- | ---------------------------------------------------------------- | ----------------- |
| `read`   | reads, resolves, draws and stores a report that was handed in    | the report        |
| `fetch`  | fetches an address and does the same with what is there          | the host          |
| `redraw` | interprets stored reports anew                                   | –                 |
| `tidy`   | drops what is over and done with, every night                    | –                 |
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import JobContext, RetryDecision
from procrastinate.blueprints import Blueprint
from procrastinate.jobs import Job as QueuedJob
from procrastinate.retry import BaseRetryStrategy
from sqlalchemy import Engine

from app.domain.errors import FetchError, ReportError
from app.domain.place import Atlas
from app.ingest.hand_in import facts_of, report_of
from app.ingest.job import Read, Received, Taken, redraw_some, take
from app.sources.fetch import Fetcher
from app.sources.open import read_page
from app.store import jobs
from app.store.count import count_due
from app.store.jobs import NAMESPACE

log = logging.getLogger(__name__)

ATTEMPTS = 5
FIRST_PAUSE, LONGEST_PAUSE = 10, 3600
"""Seconds before the second attempt; each pause is five times the one before."""
KEPT_HOURS = 30 * 24
"""For so long a job that is through can be looked at. Failed ones stay until somebody has them done again."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the tasks of a process work with."""

    atlas: Atlas
    engine: Engine
    fetcher: Fetcher


class Backoff(BaseRetryStrategy):
    """What is wrong with a report will be wrong tomorrow; a network, a server or a database may come back."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        lasting = isinstance(exception, ReportError) and not isinstance(exception, FetchError)
        if lasting or job.attempts + 1 >= ATTEMPTS:
            return None
        pause = min(FIRST_PAUSE * 5**job.attempts, LONGEST_PAUSE)
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=pause))


tasks = Blueprint()


@tasks.task(name="read", queue=NAMESPACE, retry=Backoff(), pass_context=True)
def read(context: JobContext, *, report: dict[str, Any], received: str) -> None:
    shop = _shop(context)
    given = Received(report_of(report), datetime.fromisoformat(received))
    _attempt(context, lambda: take([given], shop.atlas, shop.engine))


@tasks.task(name="fetch", queue=NAMESPACE, retry=Backoff(), pass_context=True)
def fetch(context: JobContext, *, address: str, facts: dict[str, Any]) -> None:
    shop = _shop(context)

    def work() -> list[Taken]:
        report = read_page(address, facts_of(facts), shop.fetcher)
        return take([Received(report, datetime.now(UTC))], shop.atlas, shop.engine)

    _attempt(context, work)


@tasks.task(name="redraw", queue=NAMESPACE, retry=Backoff(), pass_context=True)
def redraw(context: JobContext, *, report_ids: list[str]) -> None:
    shop = _shop(context)
    _attempt(context, lambda: redraw_some(report_ids, shop.atlas, shop.engine))


@tasks.periodic(cron="17 3 * * *")
@tasks.task(name="tidy", queue=NAMESPACE, queueing_lock="tidy", pass_context=True)
def tidy(context: JobContext, timestamp: int) -> None:
    with _shop(context).engine.begin() as connection:
        jobs.drop_old(connection, KEPT_HOURS)
    log.info(
        "jobs that were through %s hours before %s are dropped", KEPT_HOURS, datetime.fromtimestamp(timestamp, UTC)
    )


def _moment(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="minutes")


def _shop(context: JobContext) -> Workshop:
    shop: Workshop = context.additional_context["workshop"]
    return shop


def _attempt(context: JobContext, work: Callable[[], Iterable[Taken]]) -> None:
    """Does the work, tells what came of it, and counts what is to be counted."""
    engine, job_id = _shop(context).engine, int(context.job.id or 0)
    try:
        taken = list(work())
        for outcome in taken:
            if isinstance(outcome, ReportError):
                raise outcome
        _note(engine, job_id, taken)
        count_due(engine)
    except ReportError as error:
        with engine.begin() as connection:
            jobs.note_result(connection, job_id, "failed", str(error))
        raise


def _note(engine: Engine, job_id: int, taken: Sequence[Taken]) -> None:
    ids = [outcome.report_id for outcome in taken if not isinstance(outcome, ReportError)]
    outcome = "read" if any(isinstance(each, Read) for each in taken) else "known"
    with engine.begin() as connection:
        jobs.note_result(connection, job_id, outcome, report_ids=ids)
