"""`frontline db`: the embedded database and the schema."""

import json

import typer
from sqlalchemy import create_engine, text

from app.cli.options import AsJson
from app.cli.stored import url
from app.settings import Settings
from app.store import schema
from app.store.cluster import embedded

app = typer.Typer(no_args_is_help=True, help="The database: the embedded one, unless DATABASE_URL names another.")


@app.command()
def up() -> None:
    """Start the embedded database, made anew where there is none."""
    settings = Settings()
    print(settings.database_url or embedded.up(settings.cluster_dir))


@app.command()
def down() -> None:
    """Stop the embedded database; one that DATABASE_URL names is left alone."""
    settings = Settings()
    stopped = settings.database_url is None and embedded.down(settings.cluster_dir)
    print("stopped" if stopped else "it was not running")


@app.command()
def migrate() -> None:
    """Bring the schema to the version this program needs."""
    schema.upgrade(url())
    print(f"the schema is at {schema.newest()}")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Where the database is, whether it runs, and which schema it has."""
    settings = Settings()
    found = embedded.status(settings.cluster_dir)
    facts = {
        "state": str(found.state),
        "folder": str(found.folder),
        "url": settings.database_url or found.url,
        "pid": found.pid,
    }
    if settings.database_url or found.state is embedded.State.RUNNING:
        with create_engine(url()).connect() as connection:
            facts |= {"schema": schema.version(connection), "schema_needed": schema.newest()}
            facts |= {"postgresql": connection.execute(text("SHOW server_version")).scalar_one()}
    print(json.dumps(facts) if as_json else "\n".join(f"{name}: {value}" for name, value in facts.items()))
