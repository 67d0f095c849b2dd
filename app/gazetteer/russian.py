"""How is a Ukrainian settlement's name spelt in Russian where nobody wrote it down? By rules, the likelier first."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.gazetteer.layers.regions import rows
from app.gazetteer.spelling import APOSTROPHES

_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_PLAIN = str.maketrans({"ї": "и", "є": "е", "ґ": "г", "'": "ъ"})
_MOST = 12


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    replacements: tuple[str, ...]
    group: str
    """whole word, root or suffix"""

    def touches(self, words: Sequence[str]) -> bool:
        """Whether any of the words changes: one pass over all, since most rules leave most words alone."""
        return self.pattern.search("\n".join(words)) is not None

    def apply(self, word: str) -> list[str]:
        if not self.pattern.search(word):
            return [word]
        return [self.pattern.sub(replacement, word) for replacement in self.replacements]


class RussianSpellings:
    def __init__(self, rules: Sequence[Rule]) -> None:
        self._whole = [r for r in rules if r.group == "whole word"]
        self._roots = [r for r in rules if r.group == "root"]
        self._suffixes = [r for r in rules if r.group == "suffix"]

    def of(self, name_uk: str) -> list[str]:
        """Russian spellings of a Ukrainian name, likeliest first, at most twelve; capitals as in the name.

        The last is the bare letters with a Russian ending («Схидное»), which is how some write any name.
        """
        name = name_uk.translate(_APOSTROPHE)
        return list(dict.fromkeys((*_joined(name, self._word)[: _MOST - 1], *_joined(name, self._literal)[:1])))

    def _word(self, word: str) -> list[str]:
        whole = next((r for r in self._whole if r.pattern.search(word.lower())), None)
        if whole:
            return _spelt(word, whole.apply(word.lower()))
        return _spelt(word, _applied((*self._roots, *self._suffixes), word.lower()))

    def _literal(self, word: str) -> list[str]:
        return _spelt(word, _applied(self._suffixes, word.lower()))


def _joined(name: str, spellings: Callable[[str], list[str]]) -> list[str]:
    """The spellings of a whole name from those of its words."""
    spelt = [""]
    for part in re.split(r"([\s-])", name):
        choices = [part] if part in {" ", "-"} else spellings(part)
        spelt = [s + c for s in spelt for c in choices][:_MOST]
    return spelt


def _applied(rules: Sequence[Rule], word: str) -> list[str]:
    drafts = [word]
    for rule in rules:
        if rule.touches(drafts):
            drafts = [d for draft in drafts for d in rule.apply(draft)][:_MOST]
    return drafts


def _spelt(word: str, drafts: Sequence[str]) -> list[str]:
    found = dict.fromkeys(_finish(draft, letters) for letters in _REMAINING for draft in drafts)
    return [w[0].upper() + w[1:] if word[0].isupper() else w for w in found if w][:_MOST]


# What no rule has dealt with: і mostly stays и, but may stand for о or е in a closed syllable; и may stand for ы.
_REMAINING = tuple(str.maketrans(letters) for letters in ({"і": "и"}, {"і": "о"}, {"і": "е"}, {"і": "и", "и": "ы"}))


def _finish(word: str, letters: Mapping[int, str]) -> str:
    return _ORTHOGRAPHY.sub("и", word.translate(letters).translate(_PLAIN).lower())


# Russian writes no ы after these.
_ORTHOGRAPHY = re.compile(r"(?<=[гкхжчшщ])ы")


def load(geodata: Path) -> RussianSpellings:
    table = rows(geodata / "russian_spellings.csv")
    return RussianSpellings(
        [Rule(re.compile(r["pattern"], re.MULTILINE), tuple(r["replacement"].split("|")), r["group"]) for r in table]
    )
