"""How is a Ukrainian settlement's name spelt in Russian where nobody wrote it down? By rules, the likelier first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.gazetteer.layers.regions import rows
from app.gazetteer.spelling import APOSTROPHES

_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_LETTERS = str.maketrans({"и": "\0", "і": "и", "ї": "и", "є": "е", "ґ": "г", "'": "ъ"})
_MOST = 12


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    replacements: tuple[str, ...]


class RussianSpellings:
    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules

    def of(self, name_uk: str) -> list[str]:
        """Russian spellings of a Ukrainian name, likeliest first, at most twelve; capitals as in the name."""
        spelt = [""]
        for part in re.split(r"([\s-])", name_uk.translate(_APOSTROPHE)):
            choices = [part] if part in {" ", "-"} else self._word(part)
            spelt = [s + c for s in spelt for c in choices][:_MOST]
        return spelt

    def _word(self, word: str) -> list[str]:
        drafts = [word.lower()]
        for rule in self._rules:
            drafts = [d for draft in drafts for d in self._apply(rule, draft)][:_MOST]
        found = list(dict.fromkeys(_finish(d) for d in drafts))
        return [w[0].upper() + w[1:] if word[0].isupper() else w for w in found if w]

    @staticmethod
    def _apply(rule: Rule, word: str) -> list[str]:
        if not rule.pattern.search(word):
            return [word]
        return [rule.pattern.sub(replacement, word) for replacement in rule.replacements]


def _finish(word: str) -> str:
    """Ukrainian letters that no rule has dealt with; и stays и, since ы is left to the rules."""
    return word.translate(_LETTERS).replace("\0", "и")


def load(geodata: Path) -> RussianSpellings:
    table = rows(geodata / "russian_spellings.csv")
    return RussianSpellings([Rule(re.compile(r["pattern"]), tuple(r["replacement"].split("|"))) for r in table])
