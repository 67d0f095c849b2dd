"""Which class of word, if any, begins at a given word of a text: near, of, north, village, brigade, said …

The classes and their words are the data files in `words/`. A word of another class or of none is `OTHER`.
A report in one language quotes the others, so every lexicon knows all three; its own language comes first.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from app.domain.vocabulary import Language

Value = str | float | None
_SHORTEST_STEM = 2
_LONGEST_STEM = 24
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the lexicon. A part that ends in "*" is a stem."""

    kind: str
    value: Value
    parts: tuple[str, ...]
    shapes: bool
    """Whether the grammar of expressions is built on this class; the others only tell how a name is used."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the lexicon says of one word, whatever follows it."""

    entries: tuple[Entry, ...]
    """All that begin with the word, longest first."""
    alone: frozenset[str]
    """The classes of the word by itself."""
    shape: Entry | None
    """The entry of the word by itself that the grammar is built on."""
    longer: bool
    """Whether phrases of several words begin here."""


@dataclass(slots=True)
class Lexicon:
    _words: dict[str, list[Entry]]
    """By first word, or first stem with its "*"; longest first, then own language first."""
    _known: dict[str, Known] = field(default_factory=dict)

    def all_at(self, words: Sequence[str], position: int) -> Iterator[Entry]:
        """Every entry that begins at `words[position]`, longest first; all words in lower case."""
        for entry in self.known(words[position]).entries:
            if position + len(entry.parts) <= len(words) and _goes_on(entry, words, position):
                yield entry

    def word(self, word: str) -> Entry | None:
        """The entry of one word that stands alone."""
        return next(self.all_at((word.lower(),), 0), None)

    def is_grammar(self, name: str) -> bool:
        """Whether all words of a name are words of the grammar too, and none is written large."""
        return name.islower() and all(
            any(entry.shapes and len(entry.parts) == 1 for entry in self.all_at((word,), 0)) for word in name.split()
        )

    def is_seat(self, name: str) -> bool:
        """Whether a name is that of a capital, in any case form."""
        return any(entry.kind == "seat" for entry in self.all_at((name.lower(),), 0))

    def is_open(self, word: str) -> bool:
        """Whether no sentence or heading ends in this word: a preposition, an article, a conjunction."""
        entry = self.word(word)
        return entry is not None and entry.kind in OPEN

    def is_label(self, line: str, *, whole: bool) -> bool:
        """Whether a short line names a direction or an administrative area, as the labels of bulletins do.

        Anywhere in the line if `whole`, else at its end: before a dash, the rest of a sentence may stand.
        """
        words = line.lower().replace(":", " ").replace(" –", " ").replace(" -", " ").split()
        entries = [self.word(word) for word in (words if whole else words[-1:])]
        return any(entry is not None and entry.kind in ("dir", "admin") for entry in entries)

    def known(self, word: str) -> Known:
        """Remembered from call to call."""
        known = self._known.get(word)
        if known is None:
            stems = [word[:n] + "*" for n in range(min(len(word), _LONGEST_STEM), _SHORTEST_STEM - 1, -1)]
            found = [entry for key in (word, *stems) for entry in self._words.get(key, ())]
            entries = tuple(
                sorted(found, key=lambda entry: (-len(entry.parts), not entry.shapes, entry.parts[-1].endswith("*")))
            )
            single = [entry for entry in entries if len(entry.parts) == 1]
            shape = next((entry for entry in single if entry.shapes), None)
            alone = frozenset(entry.kind for entry in single)
            known = Known(entries, alone, shape, len(single) < len(entries))
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[word] = known
        return known


SHAPING = frozenset(
    {
        *(
            "of",
            "off",
            "and",
            "det",
            "this",
            "about",
            "away",
            "near",
            "outskirts",
            "between",
            "from",
            "to",
            "toward",
            "along",
        ),
        *(
            "coast",
            "border",
            "in",
            "on",
            "with",
            "part",
            "dir",
            "line",
            "area",
            "town",
            "admin",
            "district",
            "community",
            "water",
        ),
        *("facility", "advance", "dem", "capital", "compass", "windy", "bearing", "center", "bank", "unit", "number"),
    }
)
SMALL = frozenset(
    {
        *("of", "off", "and", "det", "this", "about", "near", "between", "from", "to", "toward", "along", "in", "on"),
        *("with", "compass", "bearing", "number", "unit"),
    }
)
"""Classes whose words are no names, though villages bear some of them: «Під», «Схід»."""
OPEN = frozenset({"in", "on", "near", "of", "off", "from", "to", "toward", "between", "and", "det", "with", "by"})


def _goes_on(entry: Entry, words: Sequence[str], position: int) -> bool:
    """Whether the words behind the first are those of the phrase. A plain loop: it runs for every word of a report."""
    for offset in range(1, len(entry.parts)):
        part, word = entry.parts[offset], words[position + offset]
        if part != word and not (part[-1] == "*" and word.startswith(part[:-1])):
            return False
    return True


@cache
def lexicon(lang: Language) -> Lexicon:
    words: dict[str, list[Entry]] = {}
    for language in (lang, *(other for other in _ALSO[lang])):
        for entry in _entries(language):
            words.setdefault(entry.parts[0], []).append(entry)
    return Lexicon(words)


_ALSO = {
    Language.EN: (Language.UK, Language.RU),
    Language.UK: (Language.RU, Language.EN),
    Language.RU: (Language.UK, Language.EN),
}


@cache
def _entries(lang: Language) -> tuple[Entry, ...]:
    """A class maps to a list of phrases, or to a table of values with a list of phrases each."""
    data = tomllib.loads(resources.files("app.reading.words").joinpath(f"{lang}.toml").read_text("utf-8"))
    found: list[Entry] = []
    for kind, phrases in data["classes"].items():
        table: dict[str, list[str]] = phrases if isinstance(phrases, dict) else {"": phrases}
        for value, listed in table.items():
            shapes = kind in SHAPING
            found += [Entry(kind, _value(value), tuple(split_words(phrase)), shapes) for phrase in listed]
    return tuple(found)


def _value(value: str) -> Value:
    try:
        return float(value)
    except ValueError:
        return value or None


def split_words(phrase: str) -> list[str]:
    """A phrase of the lexicon as the tokens a text would give."""
    for mark in "-.()":
        phrase = phrase.replace(mark, f" {mark} ")
    return phrase.split()
