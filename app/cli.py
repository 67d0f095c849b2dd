"""`frontline`: the command line, one of the two doors (the other is the web application in `main.py`)."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.domain.errors import FrontlineError, UnreadableReport
from app.domain.report import Report
from app.domain.vocabulary import Language
from app.gazetteer.open import open_atlas
from app.ingest.lines import read_lines
from app.ingest.pipeline import understand
from app.ingest.terminal import render
from app.settings import Settings

SOME_FAILED, CANNOT_START = 1, 2

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads war reports and serves where they say the fighting is, with the sentence and the speaker.",
)
Published = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication, where the report does not say it.")
]
Publisher = Annotated[str | None, typer.Option(help="Who published it.")]
Lang = Annotated[Language | None, typer.Option(help="Language, where it should not be told from the text.")]


@app.command()
def read(
    file: Annotated[typer.FileText, typer.Argument(help="A text file, or - for standard input.")] = sys.stdin,  # type: ignore[assignment]
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Reports as JSON lines in, readings as JSON lines out.")] = False,
    published: Published = None,
    publisher: Publisher = None,
    lang: Lang = None,
) -> None:
    """Read only: what a text says, where and who says so. No database is needed."""
    atlas = open_atlas(Settings().gazetteer_path)
    if jsonl:
        failed = 0
        for result in read_lines(file, atlas):
            if isinstance(result, UnreadableReport):
                failed += 1
                print(result, file=sys.stderr)
            else:
                print(json.dumps(result, ensure_ascii=False))
        raise typer.Exit(SOME_FAILED if failed else 0)
    day = published.date() if published else date.today()  # noqa: DTZ011 — the reader's own day
    report = Report(file.read(), published=day, publisher=publisher or "", lang=lang)
    console = Console()
    for block in render(understand(report, atlas)):
        console.print(block)


def main() -> None:
    """Run a command; what went wrong on purpose is one line on standard error and exit status 2."""
    try:
        app()
    except FrontlineError as error:
        print(f"frontline: {error}", file=sys.stderr)
        sys.exit(CANNOT_START)
