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
LEADING = "leading"
"""The class of words that decline as adjectives before a noun: «Часів» in «Часів Яр», «Біла» in «Біла Гора»."""
_VOWELS = frozenset("аеєиіїоуюяыэё")
_TO_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


@dataclass(frozen=True, slots=True)
class Class:
    """One row of the table: names that end so have these forms, the likelier first."""

    written: str
    """The ending as the table has it."""
    ending: re.Pattern[str]
    kind: str
    forms: Mapping[str, tuple[str, ...]]


class Paradigms:
    """The suffix classes of one language, in the order in which they are tried."""

    def __init__(self, classes: list[Class]) -> None:
        self._final = [c for c in classes if c.kind != LEADING]
        self._leading = classes
        self._class_of = lru_cache(maxsize=50_000)(self._look_up)

    def forms(self, name: str, case: str) -> tuple[str, ...]:
        """Forms of a whole name in one case, lower-case, likeliest first, with the name's own spaces and hyphens."""
        words = re.split(r"([\s-])", name.casefold().translate(_TO_ONE_APOSTROPHE))
        # АЕС, НПЗ: an abbreviation has no cases.
        is_abbreviation = len(words[-1]) > 1 and name[-len(words[-1]) :].isupper()
        choices = [(words[-1],) if is_abbreviation else self._word_forms(words[-1], case, leading=False)]
        for word, separator in zip(words[-3::-2], words[-2::-2], strict=True):
            choices.insert(0, (separator,))
            choices.insert(0, self._leading_forms(word, separator, case))
        return tuple(dict.fromkeys("".join(chosen) for chosen in product(*choices)))

    def _leading_forms(self, word: str, separator: str, case: str) -> tuple[str, ...]:
        """Before a space a word agrees with what follows; before a hyphen it may stay as it is, and in -о it does.

        «Рави-Руської» but «Комиш-Зорі»: after a consonant it stays more often than not.
        """
        if separator != "-":
            return self._word_forms(word, case, leading=True)
        if word.endswith("о"):
            return (word,)
        forms = self._word_forms(word, case, leading=False)
        return (*forms, word) if word[-1:] in _VOWELS else (word, *forms)

    def _word_forms(self, word: str, case: str, *, leading: bool) -> tuple[str, ...]:
        found = self._class_of(word, leading)
        if found is None:
            return (word,)
        row, match = found
        return tuple(word[: match.start()] + _filled(form, match) for form in row.forms[case])

    def _look_up(self, word: str, leading: bool) -> tuple[Class, re.Match[str]] | None:
        rows = self._leading if leading else self._final
        return next(((row, match) for row in rows if (match := row.ending.search(word))), None)

    def ending_of(self, word: str) -> str | None:
        """The ending, as the table writes it, of the class a word falls into; None when it falls into none."""
        found = self._class_of(word, False)
        return found[0].written if found else None

    def all_forms(self, name: str) -> Iterator[str]:
        """The name itself and every case form, each once."""
        seen = {name.casefold().translate(_TO_ONE_APOSTROPHE)}
        yield from seen
        for case in CASES:
            for form in self.forms(name, case):
                if form not in seen:
                    seen.add(form)
                    yield form


def _filled(form: str, match: re.Match[str]) -> str:
    """The form with the groups of the ending in it; `Match.expand` does the same in four times the time."""
    for number, letters in enumerate(match.groups(""), start=1):
        form = form.replace(f"\\{number}", letters)
    return form


def load(geodata: Path, language: Language) -> Paradigms:
    with (geodata / f"paradigms_{language}.csv").open(encoding="utf-8", newline="") as lines:
        classes = [_class(row) for row in csv.DictReader(lines)]
    return Paradigms(classes)


def _class(row: dict[str, str]) -> Class:
    forms = {case: tuple(row[case].split("|")) for case in CASES}
    return Class(row["ending"], re.compile(f"(?:{row['ending']})$"), row["class"], forms)
