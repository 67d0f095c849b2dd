"""Fills an empty, migrated database with any number of features shaped like those of reports, the same every time.

python -m tests.bench.fill 1000000 [ADDRESS]     the address of a database, else that of the settings
"""

import csv
import math
import sys
import time
from datetime import date
from pathlib import Path

import psycopg
from sqlalchemy import create_engine

from app.gazetteer.build import GEODATA
from app.settings import Settings
from app.store.cluster import embedded
from app.store.tables.interpretation import feature
from app.store.tables.months import listed, make

TOWNS = {
    "Kherson": 3, "Robotyne": 5, "Orikhiv": 4, "Velyka Novosilka": 5, "Vuhledar": 6, "Marinka": 6, "Kurakhove": 5,
    "Pokrovsk": 12, "Avdiivka": 12, "Toretsk": 8, "Klishchiivka": 5, "Bakhmut": 16, "Chasiv Yar": 10, "Siversk": 4,
    "Kreminna": 5, "Lyman": 5, "Kupiansk": 8, "Vovchansk": 5,
}  # fmt: skip
"""How often each is reported of, roughly, with what lies around it."""
AROUND_KM, FALLING_KM = 20, 6
"""Settlements that far away are reported of too, the less the farther: by 1/e every so many kilometres."""
MONTHS = date(2022, 2, 1), date(2026, 11, 1)
STATEMENTS = Path(__file__).with_name("fill.sql")
EACH = "-- once for each piece, from here on"
PIECE = 200_000
"""Features; reports hold ten, and none is in two pieces."""


def fill(url: str, features: int) -> None:
    """In pieces, each a transaction of its own; the indexes of features are made at the end, which is faster."""
    engine = create_engine(url)
    with engine.begin() as connection:
        make(connection, list(listed(*MONTHS)))
        for index in feature.indexes:
            index.drop(connection)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "CREATE TEMP TABLE bench_town"
            " (number int, id text, name text, name_uk text, lon float8, lat float8, weight float8)"
        )
        with connection.cursor().copy("COPY bench_town FROM STDIN") as copy:
            for row in _towns():
                copy.write_row(row)
        start, piece = STATEMENTS.read_text().split(EACH)
        _run(connection, start)
        for first in range(1, features + 1, PIECE):
            began, last = time.monotonic(), min(features, first + PIECE - 1)
            with connection.transaction():
                _run(connection, piece.replace(":first", str(first)).replace(":last", str(last)))
            print(f"features to {last}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    with engine.begin() as connection:
        for index in feature.indexes:
            index.create(connection)
    engine.dispose()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


def _run(connection: psycopg.Connection, text: str) -> None:
    for statement in text.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _towns() -> list[tuple[object, ...]]:
    """The towns and what lies around them, each with how often it is reported of."""
    with (GEODATA / "settlements.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    weights: dict[str, float] = {}
    for town in (row for row in rows if row["name_en"] in TOWNS):
        near = {row["id"]: km for row in rows if (km := _km(town, row)) < AROUND_KM}
        share = {place: math.exp(-km / FALLING_KM) for place, km in near.items()}
        whole = sum(share.values())
        for place, part in share.items():
            weights[place] = weights.get(place, 0) + TOWNS[town["name_en"]] * part / whole
    return [
        (number, row["id"], row["name_en"], row["name_uk"], row["lon"], row["lat"], weights[row["id"]])
        for number, row in enumerate(row for row in rows if row["id"] in weights)
    ]


def _km(one: dict[str, str], other: dict[str, str]) -> float:
    """Kilometres, by a flat map of the front: close enough for weights."""
    east, north = (float(one[axis]) - float(other[axis]) for axis in ("lon", "lat"))
    return math.hypot(east * 73.8, north * 110.6)


def main() -> None:
    settings = Settings()
    url = sys.argv[2] if len(sys.argv) > 2 else settings.database_url or embedded.up(settings.cluster_dir)
    began = time.monotonic()
    fill(url, int(sys.argv[1]))
    print(f"{sys.argv[1]} features in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
