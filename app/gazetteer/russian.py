"""How is a Ukrainian settlement's name spelt in Russian where nobody wrote it down? By rules, the likelier first."""

import re
from collections.abc import Mapping, Sequence
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
    whole: bool

    def touches(self, words: Sequence[str]) -> bool:
        """Whether any of the words changes: one pass over all, since most rules leave most words alone."""
        return self.pattern.search("\n".join(words)) is not None

    def apply(self, word: str) -> list[str]:
        if not self.pattern.search(word):
            return [word]
        return [self.pattern.sub(replacement, word) for replacement in self.replacements]


class RussianSpellings:
    def __init__(self, rules: Sequence[Rule]) -> None:
        self._whole = [r for r in rules if r.whole]
        self._rules = [r for r in rules if not r.whole]

    def of(self, name_uk: str) -> list[str]:
        """Russian spellings of a Ukrainian name, likeliest first, at most twelve; capitals as in the name."""
        spelt = [""]
        for part in re.split(r"([\s-])", name_uk.translate(_APOSTROPHE)):
            choices = [part] if part in {" ", "-"} else self._word(part)
            spelt = [s + c for s in spelt for c in choices][:_MOST]
        return spelt

    def _word(self, word: str) -> list[str]:
        whole = next((r for r in self._whole if r.pattern.search(word.lower())), None)
        drafts = whole.apply(word.lower()) if whole else [word.lower()]
        for rule in () if whole else self._rules:
            if rule.touches(drafts):
                drafts = [d for draft in drafts for d in rule.apply(draft)][:_MOST]
        found = dict.fromkeys(f for letters in _REMAINING for d in drafts for f in (_finish(d, letters),))
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
        [
            Rule(re.compile(r["pattern"], re.MULTILINE), tuple(r["replacement"].split("|")), r["group"] == "whole word")
            for r in table
        ]
    )
