"""What case forms does a Ukrainian or Russian place name have? Suffix classes from a table, words agreeing in case."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

from app.domain.vocabulary import Language
from app.gazetteer.spelling import APOSTROPHES

CASES = ("genitive", "dative", "accusative", "instrumental", "locative")
_TO_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


@dataclass(frozen=True, slots=True)
class Class:
    """One row of the table: names that end so have these forms, the likelier first."""

    ending: re.Pattern[str]
    kind: str
    forms: Mapping[str, tuple[str, ...]]


class Paradigms:
    """The suffix classes of one language, in the order in which they are tried."""

    def __init__(self, classes: list[Class], fixed: frozenset[str]) -> None:
        self._classes = classes
        self._fixed = fixed
        self.word_forms = lru_cache(maxsize=50_000)(self._word_forms)

    def _word_forms(self, word: str, case: str) -> tuple[str, ...]:
        """Forms of one lower-case word in one case, likeliest first; the word itself when it has none of its own."""
        if word in self._fixed:
            return (word,)
        for row in self._classes:
            match = row.ending.search(word)
            if match:
                return tuple(word[: match.start()] + match.expand(f) for f in row.forms[case])
        return (word,)

    def forms(self, name: str, case: str) -> tuple[str, ...]:
        """Forms of a whole name in one case, lower-case, one space or hyphen where the name has one."""
        parts = re.split(r"([\s-])", name.casefold().translate(_TO_ONE_APOSTROPHE))
        choices = [(p,) if p in {" ", "-"} else self.word_forms(p, case) for p in parts]
        return tuple(dict.fromkeys("".join(c) for c in product(*choices)))

    def all_forms(self, name: str) -> Iterator[str]:
        """The name itself and every case form, each once."""
        seen = {name.casefold().translate(_TO_ONE_APOSTROPHE)}
        yield from seen
        for case in CASES:
            for form in self.forms(name, case):
                if form not in seen:
                    seen.add(form)
                    yield form


def load(geodata: Path, language: Language) -> Paradigms:
    with (geodata / f"paradigms_{language}.csv").open(encoding="utf-8", newline="") as lines:
        classes = [_class(row) for row in csv.DictReader(lines)]
    return Paradigms(classes, frozenset())


def _class(row: dict[str, str]) -> Class:
    forms = {case: tuple(row[case].split("|")) for case in CASES}
    return Class(re.compile(f"(?:{row['ending']})$"), row["class"], forms)
