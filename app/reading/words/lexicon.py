"""Which class of word, if any, begins at a given word of a text: near, of, north, village, brigade, said …

The classes and their words are the data files beside this one. A word of another class or of none is `OTHER`.
A report in one language quotes the others, so every lexicon knows all three; its own language comes first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from app.domain.vocabulary import Language
from app.reading.words.lists import word_list

Value = str | float | None
_SHORTEST_STEM = 2
_LONGEST_STEM = 24
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the lexicon. A part that ends in "*" is a stem."""

    kind: str
    value: Value
    parts: tuple[str, ...]
    shapes: bool
    """Whether the grammar of expressions is built on this class; the others only tell how a name is used."""
    rank: int = 0
    """Of several entries that fit, the lowest counts: the longest, then one of the grammar, then a whole word."""


@dataclass(slots=True)
class Branch:
    """Entries that begin alike: those that end here, and how the others go on."""

    entries: list[Entry] = field(default_factory=list)
    words: dict[str, "Branch"] = field(default_factory=dict)
    stems: dict[str, "Branch"] = field(default_factory=dict)

    def add(self, entry: Entry, depth: int = 0) -> None:
        if depth == len(entry.parts):
            self.entries.append(entry)
            return
        part = entry.parts[depth]
        following = self.stems if part[-1] == "*" else self.words
        following.setdefault(part.removesuffix("*"), Branch()).add(entry, depth + 1)

    def after(self, word: str) -> Iterator["Branch"]:
        """The branches that a word leads to, its whole form first."""
        if word in self.words:
            yield self.words[word]
        for stem, branch in self.stems.items():
            if word.startswith(stem):
                yield branch


@dataclass(frozen=True, slots=True)
class Longer:
    """Phrases of several words that begin with the same one."""

    branches: tuple[Branch, ...]
    words: frozenset[str]
    """What their second words may be…"""
    stems: tuple[str, ...]
    """…or how those may begin."""

    @staticmethod
    def of(branches: Sequence[Branch]) -> "Longer | None":
        going_on = tuple(branch for branch in branches if branch.words or branch.stems)
        words = frozenset(word for branch in going_on for word in branch.words)
        stems = tuple(stem for branch in going_on for stem in branch.stems)
        return Longer(going_on, words, stems) if going_on else None

    def phrases(self, words: Sequence[str], position: int) -> Sequence[Entry]:
        """Those that begin at `words[position]`, which is their first word; shortest first."""
        following = words[position + 1] if position + 1 < len(words) else ""
        if following not in self.words and not following.startswith(self.stems):
            return ()
        found: list[Entry] = []
        branches: Sequence[Branch] = self.branches
        while branches and (position := position + 1) < len(words):
            branches = [further for branch in branches for further in branch.after(words[position])]
            for branch in branches:
                found += branch.entries
        return found


@dataclass(frozen=True, slots=True)
class Known:
    """What the lexicon says of one word, whatever follows it."""

    best: Entry | None
    """The entry of the word by itself."""
    shape: Entry | None
    """The entry of the word by itself that the grammar is built on."""
    alone: frozenset[str]
    """The classes of the word by itself."""
    longer: Longer | None
    """Phrases of several words that begin here."""


class _KnownWords(dict[str, Known]):
    """Remembered from text to text, since few words make up most of all texts."""

    def __init__(self, root: Branch) -> None:
        self._root = root

    def __missing__(self, word: str) -> Known:
        stems = (word[:n] for n in range(min(len(word), _LONGEST_STEM), _SHORTEST_STEM - 1, -1))
        branches = [self._root.stems[stem] for stem in stems if stem in self._root.stems]
        if word in self._root.words:
            branches.insert(0, self._root.words[word])
        single = sorted((entry for branch in branches for entry in branch.entries), key=lambda entry: entry.rank)
        shape = next((entry for entry in single if entry.shapes), None)
        alone = frozenset(entry.kind for entry in single)
        known = Known(single[0] if single else None, shape, alone, Longer.of(branches))
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = known
        return known


class Lexicon:
    """All words in lower case."""

    def __init__(self, root: Branch) -> None:
        self._known = _KnownWords(root)

    def known(self, word: str) -> Known:
        return self._known[word]

    def all_known(self, words: Sequence[str]) -> list[Known]:
        return list(map(self._known.__getitem__, words))

    def is_grammar(self, name: str) -> bool:
        """Whether all words of a name are words of the grammar too, and none is written large."""
        return name.islower() and all(self._known[word].shape for word in name.split())

    def is_seat(self, name: str) -> bool:
        """Whether a name is that of a capital, in any case form."""
        return "seat" in self._known[name.lower()].alone

    def is_open(self, word: str) -> bool:
        """Whether no sentence or heading ends in this word: a preposition, an article, a conjunction."""
        best = self._known[word.lower()].best
        return best is not None and best.kind in OPEN

    def is_label(self, line: str, *, whole: bool) -> bool:
        """Whether a short line names a direction or an administrative area, as the labels of bulletins do.

        Anywhere in the line if `whole`, else at its end: before a dash, the rest of a sentence may stand.
        """
        words = line.lower().replace(":", " ").replace(" –", " ").replace(" -", " ").split()
        best = [known.best for known in self.all_known(words if whole else words[-1:])]
        return any(entry is not None and entry.kind in ("dir", "admin") for entry in best)


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


@cache
def lexicon(lang: Language) -> Lexicon:
    entries = [entry for language in (lang, *_ALSO[lang]) for entry in _entries(language)]
    root = Branch()
    for rank, entry in enumerate(sorted(entries, key=_order)):
        root.add(replace(entry, rank=rank))
    return Lexicon(root)


def _order(entry: Entry) -> tuple[int, bool, bool, bool, int]:
    """Longest first, then the grammar's, then whole words before stems; the language's own come first as it is."""
    first, last = entry.parts[0], entry.parts[-1]
    return -len(entry.parts), not entry.shapes, last.endswith("*"), first.endswith("*"), -len(first)


_ALSO = {
    Language.EN: (Language.UK, Language.RU),
    Language.UK: (Language.RU, Language.EN),
    Language.RU: (Language.UK, Language.EN),
}


@cache
def _entries(lang: Language) -> tuple[Entry, ...]:
    """A class maps to a list of phrases, or to a table of values with a list of phrases each."""
    data = word_list(lang)
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
