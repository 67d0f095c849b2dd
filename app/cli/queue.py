"""Commands of the queue: workers, and what became of the jobs that were handed in."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import Engine

from app.cli.options import SOME_FAILED, AsJson
from app.cli.stored import engine, ready_url
from app.cli.tables import print_table
from app.cli.web import fetcher
from app.gazetteer.open import open_atlas
from app.ingest.follow import shared_turns
from app.ingest.tasks import Workshop
from app.ingest.worker import Crew, work
from app.settings import Settings
from app.store.intake import jobs

app = typer.Typer()
SHOWN = 20


@app.command()
def worker(
    processes: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Worker processes.")] = 1,
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="One process, which ends when no job is left.")
    ] = False,
) -> None:
    """Does the jobs of the queue, until Ctrl-C; any number of these commands, on any machines, share the work."""
    open_atlas(Settings().gazetteer_path)  # where it cannot be opened, this is said before any process starts
    if until_empty:
        work(ready_url(), outfit, stay=False)
    else:
        Crew(ready_url(), outfit, processes).run()


def outfit(engine: Engine) -> Workshop:
    """What a worker process works with: all machines take turns at a host through the database."""

    return Workshop(
        open_atlas(Settings().gazetteer_path), engine, fetcher(turn=shared_turns(engine, lambda: datetime.now(UTC)))
    )


@app.command("jobs")
def show_jobs(
    retry: Annotated[list[int] | None, typer.Option("--retry", help="Put this failed job back into the queue.")] = None,
    as_json: AsJson = False,
) -> None:
    """How many jobs there are, and which failed for good and why."""
    with engine().begin() as connection:
        missing = [job_id for job_id in retry or () if not jobs.retry(connection, job_id)]
        counts = jobs.counts(connection)
        failed = jobs.jobs_in(connection, ["failed"], SHOWN)
    if as_json:
        print(json.dumps({"counts": counts, "failed": [asdict(job) for job in failed]}, default=str))
    else:
        for task, by_status in counts.items():
            print(f"{task}: " + ", ".join(f"{number:,} {status}" for status, number in by_status.items()))
        if failed:
            _show(failed)
    for job_id in missing:
        print(f"frontline: there is no failed job {job_id}")
    raise typer.Exit(SOME_FAILED if missing else 0)


def _show(failed: list[jobs.StoredJob]) -> None:
    table = Table("job", "task", "attempts", "last", "why", title="failed, the newest first", title_justify="left")
    for job in failed:
        table.add_row(str(job.id), job.task, str(job.attempts), f"{job.changed:%Y-%m-%d %H:%M}", job.detail or "")
    print_table(table)
