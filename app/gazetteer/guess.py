"""Which known name was meant by a misspelt one? The last resort: likeness of sound, among places that reports name."""

from rapidfuzz import fuzz, process

from app.gazetteer.file import Query
from app.gazetteer.forms import SHORTEST_FOLD
from app.gazetteer.spelling import exact, fold

LIKENESS = 86.0
"""Least likeness (0–100, normalised edit distance over sounds): one letter amiss in eight."""


class Guesser:
    """The folded forms of front-line settlements, towns and regions, compared with any surface."""

    def __init__(self, query: Query) -> None:
        wanted = {str(row[0]) for row in query(_LIKELY_NAMES)}
        self._names: dict[str, str] = {}
        for key, names in query("SELECT key, names FROM folds WHERE names != ''"):
            likely = [n for n in names.split() if n in wanted]
            if likely:
                self._names[key] = " ".join(likely)
        self._keys = list(self._names)

    def closest(self, surface: str) -> str | None:
        """The name ids of the nearest form, of all that are equally near; None when none is near."""
        sound = fold(exact(surface))
        if len(sound) < SHORTEST_FOLD:
            return None
        scored = process.extract(sound, self._keys, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=8)
        same_start = [(key, score) for key, score, _ in scored if key[0] == sound[0]]
        if not same_start:
            return None
        best = max(score for _, score in same_start)
        near = [self._names[key] for key, score in same_start if score == best]
        return " ".join(dict.fromkeys(n for names in near for n in names.split()))


_LIKELY_NAMES = """
SELECT DISTINCT b.name_id FROM bearers b JOIN places p ON p.id = b.place_id
WHERE b.kind != 'adjective' AND (
    p.layers LIKE '%settlements%' OR p.layers = 'border' OR p.kind = 'oblast'
    OR (p.layers LIKE '%geonames%' AND p.country = 'UA')
)
"""
