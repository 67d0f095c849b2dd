"""`frontline`: the command line, one of the two doors (the other is the web application in `main.py`)."""

import logging
import sys
from contextlib import suppress
from typing import Annotated

import typer
import uvicorn
from sqlalchemy.exc import OperationalError

from app.cli import database, gazetteer, reports
from app.cli.options import CANNOT_START
from app.domain.errors import ClusterError, FrontlineError, MissingPackages
from app.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads war reports and serves where they say the fighting is, with the sentence and the speaker.",
)
app.add_typer(reports.app)
app.add_typer(database.app, name="db")
app.add_typer(gazetteer.app, name="gazetteer")


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
