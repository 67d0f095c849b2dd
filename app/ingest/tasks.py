"""What workers do: one function for each kind of job, safe to be done twice, since a worker may die after its work.

| job      | does                                                             | one at a time for |
| -------- | ---------------------------------------------------------------- | ----------------- |
| `read`   | reads, resolves, draws and stores a report that was handed in    | the report        |
| `fetch`  | fetches an address and does the same with what is there          | the host          |
| `follow` | hands in what is due of the feeds that are followed, every minute   | –                 |
| `poll`   | asks a feed what it holds now                                    | the feed          |
| `item`   | takes what a feed named: like `fetch`                            | the host          |
| `redraw` | interprets stored reports anew                                   | –                 |
| `tidy`   | drops what is over and done with, every night                    | –                 |
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job as QueuedJob
from procrastinate.retry import BaseRetryStrategy
from sqlalchemy import Connection, Engine

from app.domain.errors import ReportError
from app.domain.place import Atlas
from app.domain.report import Report
from app.ingest import follow
from app.ingest.hand_in import facts_of, host_lock, report_of
from app.ingest.job import Read, Received, Taken, redraw_some, take
from app.sources.fetch import Fetcher
from app.sources.pages import open_address
from app.store.intake import feeds, fetches, jobs
from app.store.intake.jobs import NAMESPACE
from app.store.write.count import count_due

log = logging.getLogger(__name__)

ATTEMPTS = 5
FIRST_PAUSE, LONGEST_PAUSE = 10, 3600
"""Seconds before the second attempt; each pause is five times the one before."""
AT_ONCE = 1000
"""Items handed in at a time; the others follow a minute later."""
WHYS = 5
"""Faults of a feed that a job tells of; `/coverage` has them all."""
KEPT_HOURS = 30 * 24
"""For so long a job that is through can be looked at. Failed ones stay until somebody has them done again."""
LOG_DAYS = timedelta(days=92)
"""For so long the log tells every attempt by itself; older ones it sums up by day."""
ITEM_DAYS = timedelta(days=400)
"""For so long it is noted what a feed of news named. Longer than any such feed names it."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the tasks of a process work with."""

    atlas: Atlas
    engine: Engine
    fetcher: Fetcher


class Backoff(BaseRetryStrategy):
    """What is wrong with a report will be wrong tomorrow; a network, a server or a database may come back."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        lasting = isinstance(exception, ReportError) and not exception.reason.passes
        if lasting or job.attempts + 1 >= ATTEMPTS:
            return None
        pause = min(FIRST_PAUSE * 5**job.attempts, LONGEST_PAUSE)
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=pause))


queue = App(connector=PsycopgConnector())
"""Its tasks; whoever runs them gives it a connector that knows the database."""


@queue.task(name=f"{NAMESPACE}:read", queue=NAMESPACE, retry=Backoff(), pass_context=True)
def read(context: JobContext, *, report: dict[str, Any], received: str) -> None:
    shop = _shop(context)
    given = Received(report_of(report), datetime.fromisoformat(received))
    _attempt(context, lambda: take([given], shop.atlas, shop.engine))


@queue.task(name=f"{NAMESPACE}:fetch", queue=NAMESPACE, retry=Backoff(), pass_context=True)
def fetch(context: JobContext, *, address: str, facts: dict[str, Any]) -> None:
    shop = _shop(context)

    def work() -> list[Taken]:
        found = list(follow.noted(open_address(address, facts_of(facts), shop.fetcher, datetime.now(UTC)), shop.engine))
        reports = [each for each in found if isinstance(each, Report)]
        errors = [each for each in found if isinstance(each, ReportError)]
        taken = take([Received(each, datetime.now(UTC)) for each in reports], shop.atlas, shop.engine)
        follow.note_read(shop.engine, reports, taken)
        return [*taken, *errors]

    _attempt(context, work)


@queue.periodic(cron="* * * * *")
@queue.task(name=f"{NAMESPACE}:follow", queue=NAMESPACE, queueing_lock="follow", pass_context=True)
def follow_feeds(context: JobContext, timestamp: int) -> None:
    with _shop(context).engine.begin() as connection:
        for name in feeds.due(connection, datetime.now(UTC)):
            jobs.hand_in(connection, poll_job(name))
        _hand_in_items(connection)
    log.debug("feeds that were due at %s are polled", _moment(timestamp))


@queue.task(name=f"{NAMESPACE}:poll", queue=NAMESPACE, retry=Backoff(), pass_context=True)
def poll(context: JobContext, *, feed: str) -> None:
    shop = _shop(context)
    polled = follow.poll(shop.engine, feed, shop.fetcher, datetime.now(UTC))
    with shop.engine.begin() as connection:
        jobs.note_result(connection, int(context.job.id or 0), polled.outcome, _told(polled.errors))
        _hand_in_items(connection, feed)


@queue.task(name=f"{NAMESPACE}:item", queue=NAMESPACE, retry=Backoff(), pass_context=True)
def take_item(context: JobContext, *, address: str) -> None:
    shop = _shop(context)
    taken = follow.read_due(shop.engine, address, shop.atlas, shop.fetcher, datetime.now(UTC))
    if isinstance(taken, ReportError):  # noted, and in line again where it may pass
        with shop.engine.begin() as connection:
            jobs.note_result(connection, int(context.job.id or 0), "failed", str(taken))
        return
    _attempt(context, lambda: [] if taken is None else [taken])


@queue.task(name=f"{NAMESPACE}:redraw", queue=NAMESPACE, retry=Backoff(), pass_context=True)
def redraw(context: JobContext, *, report_ids: list[str]) -> None:
    shop = _shop(context)
    _attempt(context, lambda: redraw_some(report_ids, shop.atlas, shop.engine))


@queue.periodic(cron="17 3 * * *")
@queue.task(name=f"{NAMESPACE}:tidy", queue=NAMESPACE, queueing_lock="tidy", pass_context=True)
def tidy(context: JobContext, timestamp: int) -> None:
    now = datetime.fromtimestamp(timestamp, UTC)
    with _shop(context).engine.begin() as connection:
        jobs.drop_old(connection, KEPT_HOURS)
        summed = fetches.sum_up(connection, _midnight(now - LOG_DAYS))
        items = fetches.drop_items(connection, now - ITEM_DAYS)
    log.info("tidied: jobs over for %s hours, %s lines of the log, %s items of feeds", KEPT_HOURS, summed, items)


def _midnight(moment: datetime) -> datetime:
    """Of whole days only: a day is summed up once."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def poll_job(feed: str) -> jobs.Job:
    return jobs.Job("poll", {"feed": feed}, lock=f"feed/{feed}", alone=f"feed/{feed}", priority=1)


def _hand_in_items(connection: Connection, feed: str | None = None) -> None:
    """A host is asked by one worker at a time, so that a slow one keeps no other busy."""
    for address in fetches.due_items(connection, datetime.now(UTC), AT_ONCE, feed):
        job = jobs.Job("item", {"address": address}, lock=host_lock(address), alone=f"item/{address}")
        jobs.hand_in(connection, job)


def _moment(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="minutes")


def _shop(context: JobContext) -> Workshop:
    shop: Workshop = context.additional_context["workshop"]
    return shop


def _attempt(context: JobContext, work: Callable[[], Iterable[Taken]]) -> None:
    """Does the work, tells what came of it, and counts what is to be counted."""
    engine, job_id = _shop(context).engine, int(context.job.id or 0)
    try:
        _note(engine, job_id, list(work()))
    except ReportError as error:
        with engine.begin() as connection:
            jobs.note_result(connection, job_id, "failed", str(error))
        log.warning("job %s failed: %s", job_id, error)
        raise
    except Exception:
        log.exception("job %s failed", job_id)
        raise
    count_due(engine)


def _note(engine: Engine, job_id: int, taken: Sequence[Taken]) -> None:
    """Raises ReportError where nothing came but errors: the first of them."""
    errors = [outcome for outcome in taken if isinstance(outcome, ReportError)]
    if errors and len(errors) == len(taken):
        raise errors[0]
    ids = [outcome.report_id for outcome in taken if not isinstance(outcome, ReportError)]
    outcome = "read" if any(isinstance(each, Read) for each in taken) else "known"
    with engine.begin() as connection:
        jobs.note_result(connection, job_id, outcome, _told(errors), ids)


def _told(errors: Sequence[ReportError]) -> str | None:
    return "; ".join(str(error) for error in errors[:WHYS]) or None
