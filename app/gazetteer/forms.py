"""By which keys is each name found in a text? Case forms become keys; first words tell how long a name may be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.vocabulary import Language, NameKind
from app.gazetteer.entry import Name
from app.gazetteer.inflection import Paradigms
from app.gazetteer.spelling import exact, fold

CAPITALS = "="
"""Prefix of the key of a name that is written in capitals only (США, UK): "us" in other writing is no name."""
SHORTEST = 2
SHORTEST_FOLD = 5
LONGEST = 6
# Written apart or with a hyphen by some: Novo-Mykolaivka, Старо Михайловка.
_PREFIX = re.compile(r"^(novo|staro|ново|старо)(?=[^\W\d_]{4})")


@dataclass(slots=True)
class Index:
    """Key → the ids of the names it may stand for, and the number of words of the longest name it opens."""

    names: dict[str, dict[int, None]] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)

    def add(self, key: str, name_id: int) -> None:
        self.names.setdefault(key, {})[name_id] = None
        first, _, rest = key.partition(" ")
        self.words[first] = max(self.words.get(first, 0), key.count(" ") + 1 if rest else 1)

    def rows(self) -> Iterator[tuple[str, str, int]]:
        for key in sorted(self.names.keys() | self.words.keys()):
            yield key, " ".join(map(str, self.names.get(key, ()))), self.words.get(key, 1)


def index(names: Iterable[tuple[int, Name]], paradigms: Mapping[Language, Paradigms]) -> tuple[Index, Index]:
    """The exact index and the folded one, of all case forms of all names."""
    forms, folds = Index(), Index()
    for name_id, name in names:
        for key in keys(name, paradigms):
            forms.add(key, name_id)
            folded = fold(key)
            if not key.startswith(CAPITALS) and len(folded) >= SHORTEST_FOLD:
                folds.add(folded, name_id)
    return forms, folds


def keys(name: Name, paradigms: Mapping[Language, Paradigms]) -> list[str]:
    """Exact keys of a name's forms; none for a name too short or too long to be one."""
    letters = [c for c in name.text if c.isalpha()]
    if len(letters) < SHORTEST or len(name.text.split()) > LONGEST:
        return []
    if len(letters) <= SHORTEST + 3 and all(c.isupper() for c in letters):
        return [CAPITALS + exact(name.text.replace(".", ""))]
    spelt = [name.text]
    if name.inflect and name.lang is not Language.EN:
        spelt += paradigms[name.lang].all_forms(name.text)
    found = dict.fromkeys(exact(s) for s in spelt)
    apart = (_PREFIX.sub(r"\1 ", key) for key in found)
    least = SHORTEST if name.kind is NameKind.OFFICIAL else SHORTEST + 1
    return [key for key in dict.fromkeys((*found, *apart)) if len(key) >= least]
