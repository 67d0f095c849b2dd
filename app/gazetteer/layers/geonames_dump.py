"""Layer 4: a GeoNames country dump (`UA.txt`), tab-separated, as its download site gives it out."""

import csv
from collections.abc import Iterator
from pathlib import Path

from app.domain.errors import GazetteerError
from app.gazetteer.layers.geonames import Town

_COLUMNS = 19
_POPULATED = "P"
LEAST_ROWS = 5_000


def read(path: Path) -> list[Town]:
    """Populated places of the dump. Raises GazetteerError when it is broken, cut short, or not of this kind."""
    try:
        towns = list(_towns(path))
    except (OSError, ValueError, IndexError) as error:
        raise GazetteerError(f"it cannot be read as a GeoNames dump: {error}") from error
    if len(towns) < LEAST_ROWS:
        raise GazetteerError(f"it holds {len(towns)} populated places only; Ukraine's dump has about 37,000.")
    return towns


def _towns(path: Path) -> Iterator[Town]:
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if len(row) != _COLUMNS:
                raise ValueError(f"line {number} has {len(row)} columns, not {_COLUMNS}")
            if row[6] == _POPULATED:
                yield _town(row)


def _town(row: list[str]) -> Town:
    return Town(
        id=f"geonames:{row[0]}",
        name=row[1],
        lat=float(row[4]),
        lon=float(row[5]),
        country=row[8],
        admin1=row[10],
        population=int(row[14] or 0),
        spellings=tuple(row[3].split(",")),
    )
