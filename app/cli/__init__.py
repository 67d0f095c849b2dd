"""`frontline`: the command line, one of the two doors (the other is the web application in `main.py`)."""

import logging
import resource
import signal
import sys
from contextlib import suppress
from typing import Annotated

import typer
import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from app.api.door.logs import log_config
from app.api.door.wire import Wire
from app.cli import database, feeds, gazetteer, keys, queue, reports
from app.cli.options import CANNOT_START
from app.cli.stored import publish_register
from app.domain.errors import BadParameter, ClusterError, FrontlineError, MissingPackages, UnsettledPhrase
from app.settings import LogFormat, Settings, variable

GRACE_SECONDS = 10
"""What is being answered may take so long once the server was told to end; a client that keeps reading does not keep
the server from ending."""

KEEP_SECONDS = 20
"""Longer than clients keep an idle connection (5 seconds are usual), so that none asks over one that is just closed."""

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads war reports and serves where they say the fighting is, with the sentence and the speaker.",
)
app.add_typer(reports.app)
app.add_typer(queue.app)
app.add_typer(database.app, name="db")
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(keys.app, name="keys")
app.add_typer(feeds.app, name="feeds")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer, on the same port.")] = 1,
) -> None:
    """The API and the map, until Ctrl-C."""
    settings = Settings()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # each connection is a file
    config = uvicorn.Config(
        "app.main:build",
        factory=True,
        host=host or settings.host,
        port=port or settings.port,
        workers=workers,
        http=Wire,
        ws="none",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=[str(network) for network in settings.trusted_proxies],
        server_header=False,
        timeout_keep_alive=KEEP_SECONDS,
        access_log=False,  # the application keeps one of its own
        log_config=log_config(as_json=settings.log_format is LogFormat.JSON),
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    publish_register()  # from here on, what is said goes to the server's log
    if workers == 1:
        _alone(config)
    else:
        _together(config)


def _alone(config: uvicorn.Config) -> None:
    server = uvicorn.Server(config)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _heeded)
    with suppress(SystemExit):  # how uvicorn gives up, having said why
        server.run()
    if not server.started:
        raise typer.Exit(CANNOT_START)


def _together(config: uvicorn.Config) -> None:
    """Several processes over one socket; one that dies is replaced, and none that cannot start."""
    with suppress(SystemExit):  # how uvicorn gives up where the port is taken, having said why
        together = Multiprocess(config, sockets=[config.bind_socket()])
        together.run()
        if all(process.exitcode != STARTUP_FAILURE for process in together.processes):
            return
    raise typer.Exit(CANNOT_START)


def _heeded(_number: int, _frame: object) -> None:
    """uvicorn raises again, when all is done, the signal that it ended for: nobody is left to be ended by it."""


def main() -> None:
    """Run a command; what went wrong on purpose is told in a line on standard error, with exit status 2."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("app").setLevel(logging.INFO)
    try:
        app()
    except FrontlineError as error:
        print(f"frontline: {_told(error)}", file=sys.stderr)
    except ValidationError as error:
        for wrong in error.errors():  # without what was given: an address may hold a password
            if wrong["type"] != "default_factory_not_called":  # a consequence of another
                print(f"frontline: the setting {variable(str(wrong['loc'][0]))}: {wrong['msg']}", file=sys.stderr)
    except OperationalError as error:
        print(f"frontline: {ClusterError(f'the database does not answer: {error.orig}')}", file=sys.stderr)
    else:
        return
    sys.exit(CANNOT_START)


def _told(error: FrontlineError) -> str:
    match error:
        case MissingPackages():
            return f"{error}\nType: {error.command}"
        case BadParameter():
            return f"{error.name}: {error}\nRight is: {error.right}"
        case UnsettledPhrase():
            places = (each.place for each in error.candidates)
            lines = (f"  {place.name}, {error.within.get(place.id, place.kind)} ({place.id})" for place in places)
            return "\n".join((str(error), *lines))
    return str(error)
