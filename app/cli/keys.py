"""Commands on the keys of those who may hand in reports."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from app.cli.options import SOME_FAILED, AsJson
from app.cli.stored import engine
from app.cli.tables import print_table
from app.store.intake import keys

app = typer.Typer(no_args_is_help=True, help="Keys of those who may hand in reports by POST /reports.")


@app.command()
def add(name: Annotated[str, typer.Argument(help="Who it is for.")], as_json: AsJson = False) -> None:
    """Make a key. It is shown this once; the database keeps a hash of it."""
    with engine().begin() as connection:
        key_id, key = keys.add(connection, name)
    print(json.dumps({"id": key_id, "name": name, "key": key}) if as_json else key)


@app.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """All keys that were ever made."""
    with engine().connect() as connection:
        found = keys.keys(connection)
    if as_json:
        print(json.dumps([asdict(key) for key in found], default=str))
        return
    table = Table("id", "name", "made", "revoked")
    for key in found:
        table.add_row(key.id, key.name, f"{key.created:%Y-%m-%d}", f"{key.revoked:%Y-%m-%d}" if key.revoked else "")
    print_table(table)


@app.command()
def revoke(key_id: Annotated[str, typer.Argument(help="As `frontline keys list` gives it.")]) -> None:
    """End a key; whoever has it hands in nothing more."""
    with engine().begin() as connection:
        revoked = keys.revoke(connection, key_id)
    if not revoked:
        print(f"frontline: there is no key {key_id} in use", file=sys.stderr)
    raise typer.Exit(0 if revoked else SOME_FAILED)
