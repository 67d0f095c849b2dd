"""Which known name was meant by a misspelt one? The last resort: likeness of sound, among places that reports name.

A slip is the likelier to be one the fewer other words it could have led to. A name of n sounds has about n neighbours
that lack a sound or have two changed about, a few dozen with another vowel or a sound's twin, and several hundred with
a consonant too many or another one: among those are other words. Endings tell names and words apart that have all else
in common (Медведев, Медведеве). The longer a name, the fewer words are near it; and of what is like a word, what
everyone knows is the likelier to be meant.
"""

import re
from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.gazetteer.file import Query
from app.gazetteer.forms import SHORTEST_FOLD
from app.gazetteer.spelling import exact, fold

_MISSED, _MISHEARD, _OTHER, _AT_END = 3, 4, 5, 9
_ALLOWED = ((6, _MISSED), (7, _MISHEARD), (9, _OTHER), (12, _MISHEARD + _MISHEARD))
"""From how many sounds on a name may be misspelt how badly. Settled on 1,500 words each of English, Ukrainian and
Russian prose, which are to find nothing, and on misspelt names: one sound less lets twice as many words through."""
_GREAT_PEOPLE = 10_000
"""The name of a town of so many people, or of an oblast, counts as one sound longer."""
_FARTHEST = 2
"""Letters of any kind that may be amiss."""
# Adjectives that are made from no name: by sound, «главный» is Главани and «хороший» Хороше.
_QUALITY = re.compile(r"(?<!ск)(?<!цк)(?<![сц]ьк)(?:[иыо]й|[ая]я|[оеыи]е|[ое]го|[ое]му|[иы]ми|[иы]х|ої)$")
# Words that are made as no name is: English nouns and adverbs, and who comes from a place (краматорцы, маріупольці).
_WORD = re.compile(
    r"(?:tion|sion|lion|ment|ness|ity|tary|nary|rary|ing|ous|ful|less|ance|ence|ism|able|ible|ship|wards?)$"
    r"|[рлж]ь?ц(?:ы|ев|ам|ами|ах|і|ів|ям|ями|ях)$"
)
_VOWELS = frozenset("aiou")
_TWINS = tuple(map(frozenset, ("gχk", "dt", "bp", "vf", "szc", "šžč", "sšc", "zž", "cč")))
"""Sounds that are mistaken for one another, or written with the same letters by some."""


class Guesser:
    """The folded forms of front-line settlements, towns and regions, compared with any surface."""

    def __init__(self, query: Query) -> None:
        great = {str(name): bool(is_great) for name, is_great in query(_LIKELY_NAMES, (_GREAT_PEOPLE,))}
        self._names: dict[str, str] = {}
        self._great: set[str] = set()
        self._keys: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for key, names in query("SELECT key, names FROM folds WHERE names != ''"):
            likely = [n for n in names.split() if n in great]
            if likely:
                self._names[key] = " ".join(likely)
                self._keys[key[0], len(key)].append(key)
                if any(great[n] for n in likely):
                    self._great.add(key)

    def closest(self, surface: str) -> str | None:
        """The name ids of the nearest form, of all that are equally near; None when none is near."""
        key = exact(surface)
        said = fold(key)
        if len(said) < SHORTEST_FOLD or _QUALITY.search(key) or _WORD.search(key):
            return None
        lengths = range(len(said) - _FARTHEST, len(said) + _FARTHEST + 1)
        same_start = [key for length in lengths for key in self._keys.get((said[0], length), ())]
        near = process.extract(said, same_start, scorer=OSA.distance, score_cutoff=_FARTHEST, limit=None)
        meant = {key: bad for key, _, _ in near if (bad := slips(said, key)) <= self._allowed(said, key)}
        if not meant:
            return None
        least = min(meant.values())
        names = (name for key, bad in meant.items() if bad == least for name in self._names[key].split())
        return " ".join(dict.fromkeys(names))

    def _allowed(self, said: str, key: str) -> int:
        sounds = min(len(said), len(key)) + (key in self._great)
        return max((badness for least, badness in _ALLOWED if sounds >= least), default=-1)


def slips(said: str, name: str) -> int:
    """How badly a name is misspelt, both as sounds: the least sum of slips that lead from one to the other."""
    before: list[int] = []
    last = [0] * (len(name) + 1)
    for j in range(1, len(name) + 1):
        last[j] = last[j - 1] + _left_out(name, j)
    for i, sound in enumerate(said, start=1):
        row = [last[0] + _too_many(said, i)]
        for j, meant in enumerate(name, start=1):
            least = min(last[j] + _too_many(said, i), row[j - 1] + _left_out(name, j))
            changed = last[j - 1] + (0 if sound == meant else _instead(sound, meant, i == len(said) and j == len(name)))
            if i > 1 and j > 1 and said[i - 2] == meant and sound == name[j - 2]:
                changed = min(changed, before[j - 2] + _MISSED)
            row.append(min(least, changed))
        before, last = last, row
    return last[-1]


def _left_out(name: str, place: int) -> int:
    return _MISSED if place < len(name) else _AT_END


def _too_many(said: str, place: int) -> int:
    if place == len(said):
        return _AT_END
    return _MISHEARD if said[place - 1] in _VOWELS else _OTHER


def _instead(sound: str, meant: str, at_end: bool) -> int:
    if at_end:
        return _AT_END
    vowels = sound in _VOWELS and meant in _VOWELS
    return _MISHEARD if vowels or any(sound in twins and meant in twins for twins in _TWINS) else _OTHER


_LIKELY_NAMES = """
SELECT b.name_id, MAX(p.kind = 'oblast' OR COALESCE(p.population, 0) >= ?)
FROM bearers b JOIN places p ON p.id = b.place_id
WHERE b.kind != 'adjective' AND (
    p.layers LIKE '%settlements%' OR p.layers = 'border' OR p.kind = 'oblast'
    OR (p.layers LIKE '%geonames%' AND p.country = 'UA')
)
GROUP BY b.name_id
"""
