"""How is the gazetteer made? All layers joined, every name inflected, one file written and put in place in one move."""

import gc
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import shapely

from app.domain.vocabulary import Language
from app.gazetteer import inflection, schema
from app.gazetteer.entry import Draft, Name
from app.gazetteer.forms import index
from app.gazetteer.inputs import inputs_digest
from app.gazetteer.kept import COD_AB, GEONAMES, kept_files
from app.gazetteer.layers import (
    areas,
    border,
    cod_ab,
    countries,
    directions,
    former,
    geonames,
    geonames_dump,
    regions,
    register,
    russian,
    settlements,
)
from app.gazetteer.layers.coarse import place_by_hierarchy

GEODATA = Path(__file__).resolve().parents[1] / "_data" / "geodata"
if not GEODATA.is_dir():
    GEODATA = Path(__file__).resolve().parents[2] / "geodata"

Row = tuple[object, ...]
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Built:
    """A finished gazetteer file."""

    path: Path
    digest: str
    places: int
    forms: int


def build(out_path: Path, geodata: Path = GEODATA, *, imports: Mapping[str, Path] | None = None) -> Built:
    """Builds the gazetteer at `out_path`, replacing an older one only when it is complete.

    `imports` are full public gazetteers by their kind; without it, those once imported for `out_path` count. The same
    inputs give the same digest. Raises GazetteerError when an input is broken.
    """
    imports = kept_files(out_path) if imports is None else imports
    with _collector_paused():
        draft, periods = draft_of(geodata, imports)
        tables = dict(_tables(draft, periods, load_paradigms(geodata)))
        digest = _digest(tables)
        inputs = inputs_digest(geodata, imports)
        tables["meta"] = [("digest", digest), ("version", str(schema.VERSION)), ("inputs", inputs)]
        _write(out_path, tables)
    return Built(out_path, digest, len(tables["places"]), len(tables["forms"]))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A build makes millions of values and hardly a cycle: walking them again and again took a quarter of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def is_current(out_path: Path, inputs: str | None, geodata: Path = GEODATA) -> bool:
    """Whether a gazetteer built from `inputs` is what a build at `out_path` would give now."""
    return inputs == inputs_digest(geodata, kept_files(out_path))


def load_paradigms(geodata: Path) -> dict[Language, inflection.Paradigms]:
    return {lang: inflection.load(geodata, lang) for lang in (Language.UK, Language.RU)}


def draft_of(geodata: Path, imports: Mapping[str, Path]) -> tuple[Draft, list[directions.Period]]:
    """All layers in the order in which later ones know better than earlier ones."""
    draft = Draft()
    paradigms = load_paradigms(geodata)
    units = list(register.read())
    register.add(draft, units)
    regions.add_oblasts(draft, geodata, paradigms)
    regions.add_raions(draft, units, paradigms)
    regions.add_hromadas(draft, units)
    regions.add_others(draft, geodata)
    countries.add(draft, geodata)
    geonames.add(draft, geodata, geonames.read())
    settlements.add(draft, geodata)
    if COD_AB in imports:
        cod_ab.add(draft, cod_ab.read(imports[COD_AB]))
    if GEONAMES in imports:
        geonames.add(draft, geodata, geonames_dump.read(imports[GEONAMES]))
    border.add(draft, geodata)
    border.add_raions(draft, geodata, paradigms)
    former.add(draft, geodata)
    russian.add(draft, geodata)
    areas.add(draft, geodata)
    periods = directions.add(draft, geodata)
    place_by_hierarchy(draft)
    return draft, periods


def _tables(
    draft: Draft, periods: Sequence[directions.Period], paradigms: dict[Language, inflection.Paradigms]
) -> Iterator[tuple[str, list[Row]]]:
    named = _number_names(draft)
    forms, folds = index(((number, name) for number, name, _ in named.values()), paradigms)
    yield "places", sorted(_place_rows(draft))
    yield "names", [(number, name.text, name.lang) for number, name, _ in named.values()]
    yield (
        "bearers",
        sorted(
            (
                (number, place_id, n.kind, n.valid_from, n.valid_to)
                for number, _, bearers in named.values()
                for place_id, n in bearers.items()
            ),
            key=lambda row: row[:2],
        ),
    )
    yield "forms", list(forms.rows())
    yield "folds", list(folds.rows())
    yield "areas", sorted((place_id, shapely.to_wkb(area)) for place_id, area in draft.areas.items())
    yield (
        "directions",
        [(p.slug, p.place_id, p.name, p.name_uk, p.name_ru, p.valid_from, p.valid_to, p.reason) for p in periods],
    )


def _number_names(draft: Draft) -> dict[tuple[str, str, bool], tuple[int, Name, dict[str, Name]]]:
    """Each distinct name once, with everyone who bears it: Іванівка is inflected once for all 119."""
    named: dict[tuple[str, str, bool], tuple[int, Name, dict[str, Name]]] = {}
    for place_id, names in draft.names.items():
        for name in names.values():
            key = (name.text, name.lang.value, name.inflect)
            named.setdefault(key, (len(named) + 1, name, {}))[2][place_id] = name
    return named


def _place_rows(draft: Draft) -> Iterable[Row]:
    for p in draft.places.values():
        yield (
            *(p.id, p.name, p.name_uk, p.name_ru, p.kind.value, p.lon, p.lat, p.country, p.oblast_id, p.raion_id),
            *(draft.hromadas.get(p.id), p.population, p.precision.value, p.uncertainty_m, " ".join(p.layers)),
        )


def _digest(tables: dict[str, list[Row]]) -> str:
    """SHA-256 over every row in order: equal content, equal digest, whatever SQLite's pages look like."""
    content = hashlib.sha256(str(schema.VERSION).encode())
    for name, rows in sorted(tables.items()):
        content.update(name.encode())
        for start in range(0, len(rows), _AT_ONCE):
            some = json.dumps(rows[start : start + _AT_ONCE], ensure_ascii=False, default=bytes.hex)
            content.update(some.encode())
    return content.hexdigest()[:24]


def _write(out_path: Path, tables: dict[str, list[Row]]) -> None:
    """Writes beside the target and renames: whoever has the old file open keeps it whole."""
    out_path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out_path.with_name(f".{out_path.name}.{os.getpid()}")
    try:
        unfinished.unlink(missing_ok=True)
        connection = sqlite3.connect(unfinished)
        with connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + schema.TABLES)
            for table, rows in tables.items():
                if rows:
                    marks = ",".join("?" * len(rows[0]))
                    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own table names
            connection.executescript(schema.INDEXES + "ANALYZE;")
        connection.close()
        unfinished.replace(out_path)
    finally:
        unfinished.unlink(missing_ok=True)
