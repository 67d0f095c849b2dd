"""`frontline`: the command line, one of the two doors (the other is the web application in `main.py`)."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from app.api.direction import search_area
from app.api.filters import asked as asked_of
from app.api.filters import day_of
from app.api.services import utc_today
from app.domain.errors import (
    ClusterError,
    FrontlineError,
    GazetteerError,
    MissingPackages,
    ReportError,
    UnreadableReport,
)
from app.domain.report import Report
from app.domain.vocabulary import Language
from app.domain.wire import place_json
from app.gazetteer.build import build, is_current
from app.gazetteer.imports import import_file
from app.gazetteer.info import info as gazetteer_info
from app.gazetteer.open import open_atlas
from app.ingest import evaluate as evaluation
from app.ingest import export as exporting
from app.ingest import job
from app.ingest.lines import read_lines
from app.ingest.pipeline import understand
from app.ingest.summary import Summary
from app.ingest.terminal import render
from app.settings import Settings
from app.sources.draft import Facts
from app.sources.fetch import Fetcher
from app.sources.open import open_target
from app.sources.samples import sample_reports
from app.store import cluster, schema

SOME_FAILED, CANNOT_START = 1, 2

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads war reports and serves where they say the fighting is, with the sentence and the speaker.",
)
db = typer.Typer(no_args_is_help=True, help="The database: the embedded one, unless DATABASE_URL names another.")
app.add_typer(db, name="db")
gazetteer = typer.Typer(no_args_is_help=True, help="The gazetteer: which places there are, by what names, and where.")
app.add_typer(gazetteer, name="gazetteer")

Published = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication, where the report does not say it.")
]
Publisher = Annotated[str | None, typer.Option(help="Who published it.")]
Lang = Annotated[Language | None, typer.Option(help="Language, where it should not be told from the text.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and draw, and store nothing.")]


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
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Reports to features: read, resolve, draw and store; what is known already is passed over."""
    if not targets and not samples:
        raise typer.BadParameter("name a file, a folder, an address or - (or give --samples)")
    overrides = Facts(published.date() if published else None, publisher, lang=lang)
    atlas = open_atlas(Settings().gazetteer_path)
    summary = Summary(Console(stderr=True), quiet=as_json)
    with Fetcher(private=True) as fetcher:
        reports = chain(
            sample_reports() if samples else (), *(open_target(target, overrides, fetcher) for target in targets or ())
        )
        taken = job.rehearse(reports, atlas) if dry_run else job.ingest(reports, atlas, _engine())
        for outcome in summary.follow(taken):
            if isinstance(outcome, ReportError):
                print(f"frontline: {outcome}", file=sys.stderr)
    print(summary.as_json() if as_json else summary.as_text())
    raise typer.Exit(SOME_FAILED if summary.failed else 0)


@app.command()
def redraw(as_json: AsJson = False) -> None:
    """Rebuild all features from the stored evidence, with the code and the gazetteer of now."""
    summary = Summary(Console(stderr=True), quiet=as_json)
    for _ in summary.follow(job.redraw(open_atlas(Settings().gazetteer_path), _engine())):
        pass
    print(summary.as_json() if as_json else summary.as_text())


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
    query = asked.query
    if asked.direction is not None:
        day = day_of(query.occurrence) or utc_today()
        query = replace(query, area=search_area(asked.direction, open_atlas(Settings().gazetteer_path), day).geometry)
    written = exporting.export(_engine(), query, file, form)
    print(json.dumps({"features": written, "file": str(file)}) if as_json else f"{written} features in {file}")


def _named(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"“{text}” is no NAME=VALUE")
    return name, value


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """The API and the map, until Ctrl-C."""
    settings = Settings()
    server = uvicorn.Server(
        uvicorn.Config(
            "app.main:build",
            factory=True,
            host=host or settings.host,
            port=port or settings.port,
            timeout_graceful_shutdown=5,  # seconds; a client that keeps reading does not keep the server from ending
        )
    )
    with suppress(SystemExit):  # how uvicorn gives up, having said why
        server.run()
    if not server.started:
        raise typer.Exit(CANNOT_START)


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
    Console().print(table)
    if errors:
        print("\n".join(tallies["all"].errors))


@gazetteer.command("build")
def build_gazetteer(
    force: Annotated[bool, typer.Option("--force", help="Also where nothing it depends on has changed.")] = False,
) -> None:
    """Build the gazetteer, unless the one that is there is up to date."""
    path = Settings().gazetteer_path
    if not force and _is_current(path):
        print(f"the gazetteer in {path} is up to date")
        return
    print("building the gazetteer (about half a minute)", flush=True)
    built = build(path)
    print(f"{built.places:,} places with {built.forms:,} name forms in {built.path}")


@gazetteer.command("import")
def import_gazetteer(
    source: Annotated[str, typer.Argument(help="A COD-AB workbook (xlsx) or a GeoNames dump: a file or an address.")],
    sha256: Annotated[str | None, typer.Option(help="Refuse any content but the one with this hash.")] = None,
) -> None:
    """Take in a full public gazetteer; what is wrong with it leaves the gazetteer as it was."""
    print("checking the file and building the gazetteer (about a minute)", flush=True)
    imported = import_file(source, Settings().gazetteer_path, sha256=sha256)
    print(f"{imported.rows:,} settlements taken in from {source}")


@gazetteer.command()
def info(as_json: AsJson = False) -> None:
    """What is in the gazetteer: places by kind, layer and precision of their coordinate."""
    facts = asdict(gazetteer_info(Settings().gazetteer_path)) | {"path": str(Settings().gazetteer_path)}
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        told = ", ".join(f"{k} {v:,}" for k, v in value.items()) if isinstance(value, dict) else value
        print(f"{name.replace('_', ' ')}: {told:,}" if isinstance(told, int) else f"{name.replace('_', ' ')}: {told}")


@gazetteer.command()
def find(
    name: Annotated[str, typer.Argument(help="A name in any of the three languages.")], as_json: AsJson = False
) -> None:
    """The places a name may mean, best first."""
    matches = open_atlas(Settings().gazetteer_path).search(name)
    if as_json:
        print(json.dumps([place_json(match.place) for match in matches], ensure_ascii=False))
        return
    table = Table("name", "uk", "kind", "lat", "lon", "precision", "id")
    for place in (match.place for match in matches):
        row = (place.name, place.name_uk, place.kind, place.lat, place.lon, place.precision, place.id)
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(table)
    raise typer.Exit(0 if matches else SOME_FAILED)


def _is_current(path: Path) -> bool:
    try:
        return is_current(path, open_atlas(path).inputs)
    except GazetteerError:
        return False


@db.command()
def up() -> None:
    """Start the embedded database, made anew where there is none."""
    settings = Settings()
    print(settings.database_url or cluster.up(settings.cluster_dir))


@db.command()
def down() -> None:
    """Stop the embedded database; one that DATABASE_URL names is left alone."""
    settings = Settings()
    stopped = settings.database_url is None and cluster.down(settings.cluster_dir)
    print("stopped" if stopped else "it was not running")


@db.command()
def migrate() -> None:
    """Bring the schema to the version this program needs."""
    schema.upgrade(_url())
    print(f"the schema is at {schema.newest()}")


@db.command()
def status(as_json: AsJson = False) -> None:
    """Where the database is, whether it runs, and which schema it has."""
    settings = Settings()
    found = cluster.status(settings.cluster_dir)
    facts = {
        "state": str(found.state),
        "folder": str(found.folder),
        "url": settings.database_url or found.url,
        "pid": found.pid,
    }
    if settings.database_url or found.state is cluster.State.RUNNING:
        with _engine().connect() as connection:
            facts |= {"schema": schema.version(connection), "schema_needed": schema.newest()}
            facts |= {"postgresql": connection.execute(text("SHOW server_version")).scalar_one()}
    print(json.dumps(facts) if as_json else "\n".join(f"{name}: {value}" for name, value in facts.items()))


def _url() -> str:
    """Of the database to write to, started if it is the embedded one."""
    settings = Settings()
    return settings.database_url or cluster.up(settings.cluster_dir)


def _engine() -> Engine:
    return create_engine(_url())


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


def main() -> None:
    """Run a command; what went wrong on purpose is told in a line on standard error, with exit status 2."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("app").setLevel(logging.INFO)
    try:
        app()
    except MissingPackages as error:
        print(f"frontline: {error}\nType: {error.command}", file=sys.stderr)
    except FrontlineError as error:
        print(f"frontline: {error}", file=sys.stderr)
    except OperationalError as error:
        print(f"frontline: {ClusterError(f'the database does not answer: {error.orig}')}", file=sys.stderr)
    else:
        return
    sys.exit(CANNOT_START)
