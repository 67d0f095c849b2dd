"""What is in a built gazetteer: how many places of which kind, from which layer, how precisely placed?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.vocabulary import NameKind
from app.gazetteer.entry import WEIGHT
from app.gazetteer.file import File, Query
from app.gazetteer.kept import kept_files
from app.gazetteer.open import open_atlas


@dataclass(frozen=True, slots=True)
class Info:
    """Counts of a gazetteer file; settlements are Ukraine's, told apart from all places."""

    path: Path
    digest: str
    size_bytes: int
    places: int
    kinds: Mapping[str, int]
    settlements: int
    precision: Mapping[str, int]
    """Settlements of Ukraine by what their coordinate is the coordinate of."""
    layers: Mapping[str, int]
    """Places by the layer that knew best, which is the last that touched them."""
    names: int
    forms: int
    ambiguous_forms: int
    """Forms that two or more differently named places share."""
    ambiguous_kinds: Mapping[str, int]
    """The same by what the form is to the two that it fits best: "official official" are Липки and Липок («Липок»)."""
    areas: int
    directions: int
    imports: tuple[str, ...]


def info(path: Path) -> Info:
    """Raises GazetteerError when there is no gazetteer of this version at `path`."""
    digest = open_atlas(path).digest
    query = File(path).rows
    ambiguous = _ambiguous(query)
    return Info(
        path=path,
        digest=digest,
        size_bytes=path.stat().st_size,
        places=_one(query, "SELECT count(*) FROM places"),
        kinds=_counts(query, "SELECT kind, count(*) FROM places GROUP BY kind"),
        settlements=_one(query, f"SELECT count(*) FROM places WHERE {_OURS}"),  # noqa: S608 - our own words
        precision=_counts(query, f"SELECT precision, count(*) FROM places WHERE {_OURS} GROUP BY precision"),  # noqa: S608
        layers=_layers(query),
        names=_one(query, "SELECT count(*) FROM names"),
        forms=_one(query, "SELECT count(*) FROM forms WHERE names != ''"),
        ambiguous_forms=sum(ambiguous.values()),
        ambiguous_kinds=ambiguous,
        areas=_one(query, "SELECT count(*) FROM areas"),
        directions=_one(query, "SELECT count(DISTINCT slug) FROM directions"),
        imports=tuple(sorted(kept_files(path))),
    )


_OURS = "kind IN ('settlement', 'city') AND id LIKE 'UA%'"


def _one(query: Query, statement: str) -> int:
    return int(query(statement)[0][0])


def _counts(query: Query, statement: str) -> dict[str, int]:
    return dict(sorted(query(statement), key=lambda row: -row[1]))


def _layers(query: Query) -> dict[str, int]:
    counts: dict[str, int] = {}
    for layers, number in query("SELECT layers, count(*) FROM places GROUP BY layers"):
        last = layers.split()[-1]
        counts[last] = counts.get(last, 0) + number
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def _ambiguous(query: Query) -> dict[str, int]:
    """Forms whose names belong to places of different official names, by the two weightiest kinds."""
    official: dict[str, str] = dict(query("SELECT id, coalesce(name_uk, name) FROM places"))
    bearers: dict[str, dict[str, NameKind]] = {}
    for name_id, place_id, kind in query("SELECT name_id, place_id, kind FROM bearers"):
        held = bearers.setdefault(str(name_id), {})
        held[official[place_id]] = min(
            NameKind(kind), held.get(official[place_id], NameKind(kind)), key=WEIGHT.__getitem__
        )
    counts: dict[str, int] = {}
    for (names,) in query("SELECT names FROM forms WHERE names != ''"):
        best: dict[str, NameKind] = {}
        for name in names.split():
            for bearer, kind in bearers[name].items():
                best[bearer] = min(kind, best.get(bearer, kind), key=WEIGHT.__getitem__)
        if len(best) > 1:
            pair = " ".join(sorted(best.values(), key=WEIGHT.__getitem__)[:2])
            counts[pair] = counts.get(pair, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))
