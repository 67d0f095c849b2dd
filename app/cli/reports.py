"""Commands on reports: read them, take them in, draw them anew, write them out, measure how well they are read."""

import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from app.api.asked.filters import asked as asked_of
from app.api.asked.settled import check_places, day_of, unknown_publisher
from app.api.direction import search_area
from app.api.services import utc_today
from app.cli.options import SOME_FAILED, AsJson, DryRun, Lang, Published, Publisher
from app.cli.stored import engine
from app.cli.tables import print_table
from app.cli.web import fetcher
from app.domain.errors import ReportError, UnreadableReport
from app.domain.report import Report
from app.gazetteer.open import open_atlas
from app.ingest import archive, job
from app.ingest import evaluate as evaluation
from app.ingest import export as exporting
from app.ingest.follow import noted
from app.ingest.hand_in import later, redraw_later
from app.ingest.lines import read_lines
from app.ingest.pipeline import understand
from app.ingest.summary import Summary
from app.ingest.terminal import render
from app.settings import Settings
from app.sources.draft import Facts
from app.sources.open import open_target
from app.sources.samples import sample_reports
from app.store.read.publishers import NAMES
from app.store.read.query import Query
from app.store.write import reports as store

app = typer.Typer()

Wait = Annotated[bool, typer.Option("--wait/--later", help="Do it now, or leave it to the workers.")]


@app.command()
def read(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")] = "-",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Reports as JSON lines in, readings as JSON lines out.")
    ] = False,
    published: Published = None,
    publisher: Publisher = None,
    lang: Lang = None,
) -> None:
    """Read only: what a text says, where, and who says so. No database is needed."""
    with _opened(file) as stream:
        if jsonl:
            _read_lines(stream)
        else:
            day = published.date() if published else date.today()  # noqa: DTZ011 — the day where the reader sits
            _show(Report(stream.read(), published=day, publisher=publisher or "unnamed publisher", lang=lang))


@app.command()
def ingest(
    targets: Annotated[list[str] | None, typer.Argument(help="Files, folders, http(s) pages, or - .")] = None,
    samples: Annotated[bool, typer.Option("--samples", help="The sample reports that come with the program.")] = False,
    published: Published = None,
    publisher: Publisher = None,
    lang: Lang = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read at once.")] = 1,
    wait: Wait = True,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Reports to features: read, resolve, draw and store; what is known already is passed over."""
    if not targets and not samples:
        raise typer.BadParameter("name a file, a folder, an address or - (or give --samples)")
    overrides = Facts(published.date() if published else None, publisher, lang=lang)
    summary = Summary(Console(stderr=True), quiet=as_json)
    with fetcher(targets or ()) as way_out:
        reports = chain(
            sample_reports() if samples else (), *(open_target(target, overrides, way_out) for target in targets or ())
        )
        taken = _taken(reports, jobs, wait=wait, dry_run=dry_run)
        for outcome in summary.follow(taken):
            if isinstance(outcome, ReportError):
                print(f"frontline: {outcome}", file=sys.stderr)
    print(summary.as_json() if as_json else summary.as_text())
    raise typer.Exit(SOME_FAILED if summary.failed else 0)


def _taken(reports: Iterable[Report | ReportError], jobs: int, *, wait: bool, dry_run: bool) -> Iterator[job.Taken]:
    path = Settings().gazetteer_path
    if dry_run:
        return job.rehearse(reports, open_atlas(path))
    database = engine()
    told = noted(reports, database)
    if not wait:
        return later(told, database)
    atlas = open_atlas(path)
    if jobs == 1:
        return archive.ingest(told, atlas, database)
    return archive.ingest_in_parallel(told, path, database, jobs)


@app.command()
def redraw(wait: Wait = True, as_json: AsJson = False) -> None:
    """Rebuild all features from the stored evidence, with the code and the gazetteer of now."""
    if not wait:
        number = redraw_later(engine())
        print(json.dumps({"queued": number}) if as_json else f"{number} reports queued")
        return
    summary = Summary(Console(stderr=True), quiet=as_json)
    for _ in summary.follow(job.redraw(open_atlas(Settings().gazetteer_path), engine())):
        pass
    print(summary.as_json() if as_json else summary.as_text())


@app.command()
def forget(
    reports: Annotated[list[str], typer.Argument(help="Ids of reports, as /reports and every feature tell them.")],
) -> None:
    """Remove reports with all that was read and drawn from them; what others claim stays as it was."""
    failed = False
    for report_id in reports:
        try:
            with engine().connect() as connection:
                store.forget(connection, report_id)
        except LookupError as error:
            failed = True
            print(f"frontline: {error.args[0]}; /collections/reports/items lists their ids", file=sys.stderr)
        else:
            print(f"forgot {report_id}")
    raise typer.Exit(SOME_FAILED if failed else 0)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help=f"Its ending tells the format: {', '.join(exporting.FORMATS)}.")],
    filters: Annotated[
        list[str] | None,
        typer.Argument(help='As the API has them: direction="south of Bakhmut" datetime=2023-07-01/2023-07-31'),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """All features that the filters let through, as one file."""
    form = exporting.format_of(file)
    asked = asked_of(dict(_named(each) for each in filters or ()))
    query, database = asked.query, engine()
    _check_known(query, database)
    if asked.direction is not None:
        day = day_of(query.occurrence) or utc_today()
        query = replace(query, area=search_area(asked.direction, open_atlas(Settings().gazetteer_path), day).geometry)
    written = exporting.export(database, query, file, form)
    print(json.dumps({"features": written, "file": str(file)}) if as_json else f"{written} features in {file}")


def _check_known(query: Query, database: Engine) -> None:
    """BadParameter as the API raises it: an empty file would look as if nothing had happened."""
    if query.place is not None:
        check_places(open_atlas(Settings().gazetteer_path), query)
    if query.publisher is not None:
        with database.connect() as connection:
            known = set(connection.execute(NAMES).scalars())
        if query.publisher not in known:
            raise unknown_publisher(query.publisher, known)


def _named(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"“{text}” is no NAME=VALUE")
    return name, value


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder with reports/ and annotations/ marked by hand.")],
    errors: Annotated[bool, typer.Option("--errors", help="Also list what was missed or wrong.")] = False,
    as_json: AsJson = False,
) -> None:
    """How well marked reports are read: precision, recall and shares told right, by language."""
    tallies = evaluation.evaluate(gold, open_atlas(Settings().gazetteer_path))
    figures = {lang: tally.figures() for lang, tally in tallies.items()}
    if as_json:
        print(json.dumps(figures))
        return
    table = Table("", *figures)
    for measure in figures["all"]:
        cells = (figures[lang].get(measure) for lang in figures)
        table.add_row(measure, *("–" if cell is None else f"{cell:.3f}" for cell in cells))
    print_table(table)
    if errors:
        print("\n".join(tallies["all"].errors))


@contextmanager
def _opened(file: str) -> Iterator[io.TextIOBase]:
    if file == "-":
        yield sys.stdin  # type: ignore[misc]
        return
    try:
        with Path(file).open(encoding="utf-8") as stream:
            yield stream
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableReport(f"{file}: cannot be read ({error})") from error


def _read_lines(stream: io.TextIOBase) -> None:
    failed = False
    for result in read_lines(stream, open_atlas(Settings().gazetteer_path)):
        if isinstance(result, UnreadableReport):
            failed = True
            print(f"frontline: {result}", file=sys.stderr)
        else:
            print(json.dumps(result, ensure_ascii=False))
    raise typer.Exit(SOME_FAILED if failed else 0)


def _show(report: Report) -> None:
    console = Console()
    for block in render(understand(report, open_atlas(Settings().gazetteer_path))):
        console.print(block)
