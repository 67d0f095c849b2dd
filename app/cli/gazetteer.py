"""`frontline gazetteer`: build, import, look into and search the gazetteer."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.cli.options import SOME_FAILED, AsJson
from app.cli.tables import print_table
from app.domain.errors import GazetteerError
from app.domain.wire import place_json
from app.gazetteer.build import build, is_current
from app.gazetteer.imports import import_file
from app.gazetteer.info import info as gazetteer_info
from app.gazetteer.open import open_atlas
from app.settings import Settings

app = typer.Typer(no_args_is_help=True, help="The gazetteer: which places there are, by what names, and where.")


@app.command("build")
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


@app.command("import")
def import_gazetteer(
    source: Annotated[str, typer.Argument(help="A COD-AB workbook (xlsx) or a GeoNames dump: a file or an address.")],
    sha256: Annotated[str | None, typer.Option(help="Refuse any content but the one with this hash.")] = None,
) -> None:
    """Take in a full public gazetteer; what is wrong with it leaves the gazetteer as it was."""
    print("checking the file and building the gazetteer (about a minute)", flush=True)
    imported = import_file(source, Settings().gazetteer_path, sha256=sha256)
    print(f"{imported.rows:,} settlements taken in from {source}")


@app.command()
def info(as_json: AsJson = False) -> None:
    """What is in the gazetteer: places by kind, layer and precision of their coordinate."""
    facts = asdict(gazetteer_info(Settings().gazetteer_path)) | {"path": str(Settings().gazetteer_path)}
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        told = ", ".join(f"{k} {v:,}" for k, v in value.items()) if isinstance(value, dict) else value
        print(f"{name.replace('_', ' ')}: {told:,}" if isinstance(told, int) else f"{name.replace('_', ' ')}: {told}")


@app.command()
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
    print_table(table)
    raise typer.Exit(0 if matches else SOME_FAILED)


def _is_current(path: Path) -> bool:
    try:
        return is_current(path, open_atlas(path).inputs)
    except GazetteerError:
        return False
