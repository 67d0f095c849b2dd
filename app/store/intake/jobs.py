"""Jobs of the queue: handed in once, looked at while they wait and run, and told of when they are through.

The queue is procrastinate's; a job is handed in by the function that its schema keeps for that, in the transaction of
whoever hands it in, so that neither is ever there without the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, text
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.exc import IntegrityError

from app.store.tables.columns import Json
from app.store.tables.jobs import job_result

NAMESPACE = "frontline"
"""Of our tasks in the queue, and of the queue itself."""
OPEN = ("todo", "doing")
DEATHS = 10
"""Workers that may die at a job before it is given up."""


@dataclass(frozen=True, slots=True)
class Job:
    """`lock`: of jobs with the same one runs at a time. `alone`: of jobs with the same one waits at a time."""

    task: str
    arguments: Mapping[str, Any]
    lock: str | None = None
    alone: str | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True)
class StoredJob:
    id: int
    task: str
    status: str
    """Of the queue: todo, doing, succeeded, failed, cancelled or aborted."""
    attempts: int
    """That came to an end."""
    next_attempt: datetime | None
    handed_in: datetime | None
    changed: datetime | None
    outcome: str | None
    detail: str | None
    report_ids: Sequence[str]


_DEFER = text("""
SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[
    ROW(:queue, :task, :priority, :lock, :alone, :arguments, NULL)::procrastinate_job_to_defer_v1]))
""").bindparams(bindparam("arguments", type_=Json))

_JOBS = """
SELECT j.id, j.task_name, j.status::text, j.attempts, j.scheduled_at, r.outcome, r.detail, r.report_ids,
       min(e.at) AS handed_in, max(e.at) AS changed
FROM procrastinate_jobs j LEFT JOIN job_result r ON r.job_id = j.id LEFT JOIN procrastinate_events e ON e.job_id = j.id
WHERE {which} GROUP BY j.id, r.job_id ORDER BY j.id DESC LIMIT :limit
"""


# Rows are locked and skipped where locked, so that any number of machines may do this at once.
_SILENT = """
    SELECT j.id, j.attempts FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
    WHERE j.status = 'doing'
      AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => :silence)) AND {which}
    FOR UPDATE OF j SKIP LOCKED
"""
_HAND_OVER = text(f"""
WITH silent AS MATERIALIZED ({_SILENT.format(which="j.attempts < :deaths")})
SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM silent
""")  # noqa: S608 - put together from constants
_GIVE_UP = text(f"""
WITH silent AS MATERIALIZED ({_SILENT.format(which="j.attempts >= :deaths")})
SELECT id, procrastinate_finish_job_v1(id, 'failed', false) FROM silent
""")  # noqa: S608 - put together from constants


def hand_in(connection: Connection, job: Job) -> int | None:
    """The id of the new job; None where one with the same `alone` is waiting already."""
    values = {
        "queue": NAMESPACE,
        "task": f"{NAMESPACE}:{job.task}",
        "priority": job.priority,
        "lock": job.lock,
        "alone": job.alone,
        "arguments": dict(job.arguments),
    }
    try:
        with connection.begin_nested():
            return int(connection.execute(_DEFER, values).scalar_one())
    except IntegrityError as error:
        if "queueing_lock" in str(error.orig):
            return None
        raise


def submit(connection: Connection, job: Job, subject: str, *, again: bool) -> int:
    """The job for what was handed in, `subject` being the id of that: the one there is, waiting or at work, or a new
    one. One that succeeded will do as well, unless it is to be done `again`."""
    will_do = OPEN if again else (*OPEN, "succeeded")
    for _ in range(2):
        if (known := _job_for(connection, subject, will_do)) is not None:
            return known
        if (new := hand_in(connection, job)) is not None:
            connection.execute(insert(job_result).values(job_id=new, subject=subject, report_ids=[]))
            return new
    raise LookupError(f"a job for {subject} is waiting, and is not to be found")


def _job_for(connection: Connection, subject: str, statuses: Sequence[str]) -> int | None:
    statement = text("""
        SELECT max(j.id) FROM job_result r JOIN procrastinate_jobs j ON j.id = r.job_id
        WHERE r.subject = :subject AND j.status::text = ANY(:statuses)
    """)
    found: int | None = connection.execute(statement, {"subject": subject, "statuses": list(statuses)}).scalar_one()
    return found


def one_job(connection: Connection, job_id: int) -> StoredJob | None:
    rows = connection.execute(text(_JOBS.format(which="j.id = :id")), {"id": job_id, "limit": 1}).all()
    return _stored(rows[0]) if rows else None


def jobs_in(connection: Connection, statuses: Sequence[str], limit: int) -> list[StoredJob]:
    """The newest first."""
    which = text(_JOBS.format(which="j.status::text = ANY(:statuses)"))
    return [_stored(row) for row in connection.execute(which, {"statuses": list(statuses), "limit": limit})]


def counts(connection: Connection) -> dict[str, dict[str, int]]:
    """Of jobs, by task and status."""
    found: dict[str, dict[str, int]] = {}
    rows = connection.execute(
        text("SELECT task_name, status::text, count(*) AS n FROM procrastinate_jobs GROUP BY 1, 2 ORDER BY 1, 2")
    )
    for row in rows:
        found.setdefault(row.task_name, {})[row.status] = row.n
    return found


def note_result(
    connection: Connection, job_id: int, outcome: str, detail: str | None = None, report_ids: Sequence[str] = ()
) -> None:
    """What came of an attempt at a job; the latest stands."""
    values = {"outcome": outcome, "detail": detail, "report_ids": list(report_ids)}
    statement = insert_or(job_result).values(job_id=job_id, subject=f"job/{job_id}", **values)
    connection.execute(statement.on_conflict_do_update(index_elements=[job_result.c.job_id], set_=values))


def retry(connection: Connection, job_id: int) -> bool:
    """Puts a failed job back into the queue; False where there is none."""
    statement = text("""
        SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM procrastinate_jobs
        WHERE id = :id AND status = 'failed'
    """)
    return bool(connection.execute(statement, {"id": job_id}).all())


def hand_over(connection: Connection, silence: float) -> int:
    """How many jobs go back into the queue because their worker gave no sign of life for so many seconds.

    One that has cost `DEATHS` workers their life fails instead: it may be the job that kills them.
    """
    values = {"silence": silence, "deaths": DEATHS}
    moved = len(connection.execute(_HAND_OVER, values).all())
    for row in connection.execute(_GIVE_UP, values):
        note_result(connection, row.id, "failed", f"{DEATHS} workers died at it")
    return moved


def drop_old(connection: Connection, hours: int) -> None:
    """Jobs that succeeded, or were cancelled, so long ago."""
    connection.execute(
        text("""
        DELETE FROM procrastinate_jobs j WHERE status IN ('succeeded', 'cancelled', 'aborted') AND NOT EXISTS (
            SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - make_interval(hours => :hours))
        """),
        {"hours": hours},
    )
    connection.execute(text("DELETE FROM job_result WHERE job_id NOT IN (SELECT id FROM procrastinate_jobs)"))


def _stored(row: Row[Any]) -> StoredJob:
    return StoredJob(
        row.id,
        row.task_name,
        row.status,
        row.attempts,
        row.scheduled_at,
        row.handed_in,
        row.changed,
        row.outcome,
        row.detail,
        row.report_ids or (),
    )
