"""Each passage as a row of tagged words: names the atlas knows, and words by what they do in a sentence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate

from app.domain.place import NameHit
from app.reading.text.passages import Stretch
from app.reading.text.view import GONE, View
from app.reading.words.lexicon import SMALL, Entry, Lexicon, Longer, Value

_TOKEN = re.compile(r"(\d+(?:[.,]\d+)*|'[sS]\b|[^\W\d_]+(?:'[^\W\d_]+)*|\S)")
_MARKS = {
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
    "(": "open",
    ")": "close",
    "[": "open",
    "]": "close",
    "/": "slash",
    "-": "dash",
    "–": "dash",
    "'s": "poss",
    GONE: "gone",
    **dict.fromkeys('«»"“”„‟', "quote"),
    **dict.fromkeys(".!?…", "stop"),
}
_MARKS_IN_A_ROW = 6
_REMEMBERED = 20_000
_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class Token:
    """A word, number, mark, phrase of the lexicon or name. Equal words share a token: it is replaced, never changed."""

    word: str
    """As in the view; of a phrase, its first word."""
    key: str
    """As the lexicon knows it: in small letters, and of a name of several words the last."""
    kind: str
    """The class that the grammar of expressions sees."""
    opens: frozenset[str]
    """Classes of all phrases that begin here."""
    closes: frozenset[str]
    """Classes of all phrases that end here."""
    longer: Longer | None
    """Phrases of several words that may begin here."""
    value: Value = None
    hit: NameHit | None = None
    mention: int | None = None

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()

    def as_name(self, hit: NameHit) -> "Token":
        return Token(self.word, self.key, self.kind, self.opens, self.closes, self.longer, None, hit)

    def among(self, opens: frozenset[str], closes: frozenset[str]) -> "Token":
        return Token(self.word, self.key, self.kind, opens, closes, self.longer, self.value, self.hit)

    def as_kind(self, kind: str, value: Value = None) -> "Token":
        return Token(self.word, self.key, kind, self.opens, self.closes, self.longer, value, self.hit)

    def as_mention(self, mention: int, kind: str, closes: frozenset[str]) -> "Token":
        return Token(self.word, self.key, kind, self.opens, closes, self.longer, None, self.hit, mention)


class _PlainTokens(dict[str, Token]):
    """The tokens of single words, by what is written; remembered from text to text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, word: str) -> Token:
        key = word.lower()
        known = self._lexicon.known(key)
        kind, value = (known.shape.kind, known.shape.value) if known.shape else (_plain_kind(word), None)
        if len(self) >= _REMEMBERED:
            self.clear()
        token = self[word] = Token(word, key, kind, known.alone, known.alone, known.longer, value)
        return token


_plain_tokens = cache(_PlainTokens)


@dataclass(slots=True)
class Row:
    """The tokens of one passage, and where each of them stands in the view."""

    passage: int
    tokens: list[Token]
    starts: list[int]
    ends: list[int]
    classes: frozenset[str] = _NONE
    """Classes of all phrases that begin in it: most rules need not look at a row that has none of theirs."""
    _first: dict[str, int] = field(default_factory=dict)
    """Where the first phrase of a class begins, as far as it was asked."""

    def merge(self, stretches: Iterable[tuple[int, int, Token]]) -> None:
        """One token each in place of tokens `first` to `last`; the stretches in order, not overlapping."""
        wider: list[tuple[int, int]] = []
        for first, last, token in stretches:
            self.tokens[first] = token
            self.ends[first] = self.ends[last]
            if last > first:
                wider.append((first, last))
        if wider:
            self._leave_out(wider)
        self._first.clear()

    def _leave_out(self, stretches: list[tuple[int, int]]) -> None:
        """All tokens of each stretch but its first."""
        kept: list[int] = []
        done = 0
        for first, last in stretches:
            kept += range(done, first + 1)
            done = last + 1
        kept += range(done, len(self.tokens))
        self.tokens = [self.tokens[index] for index in kept]
        self.starts = [self.starts[index] for index in kept]
        self.ends = [self.ends[index] for index in kept]

    def kind(self, index: int) -> str:
        """ "edge" beyond either end."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else "edge"

    def opens(self, index: int) -> frozenset[str]:
        return self.tokens[index].opens if 0 <= index < len(self.tokens) else _NONE

    def closes(self, index: int) -> frozenset[str]:
        return self.tokens[index].closes if 0 <= index < len(self.tokens) else _NONE

    def opened_before(self, kind: str, index: int) -> bool:
        """Whether a phrase of a class begins anywhere before `index`."""
        if kind not in self.classes:
            return False
        if kind not in self._first:
            self._first[kind] = next(
                (i for i, token in enumerate(self.tokens) if kind in token.opens), len(self.tokens)
            )
        return self._first[kind] < index

    def begins_sentence(self, index: int) -> bool:
        """Whether a capital at `index` may be there for its place in the sentence only."""
        for _ in range(_MARKS_IN_A_ROW):
            if index == 0 or self.tokens[index - 1].kind not in ("quote", "open", "dash", "other"):
                break
            index -= 1
        return index == 0 or self.tokens[index - 1].kind in ("stop", "colon", "gone")

    def all_large(self, index: int) -> bool:
        """Whether a sentence is in capitals throughout, or there is none."""
        words = [token.word for token in self.tokens[index : index + 6] if token.word[0].isalpha()]
        return all(word.isupper() for word in words)

    def is_alone(self, first: int, last: int) -> bool:
        """Whether the tokens are all of a sentence, or its label."""
        return self.begins_sentence(first) and self.kind(last + 1) in ("edge", "stop", "colon")

    def touching(self, index: int) -> bool:
        """Whether the token and the one before stand without a space between."""
        inside = 0 < index < len(self.tokens)
        return inside and self.ends[index - 1] == self.starts[index]


def rows(view: View, stretches: Sequence[Stretch], hits: Sequence[NameHit], lexicon: Lexicon) -> list[Row]:
    found = []
    upcoming = iter((*hits, None))
    hit = next(upcoming)
    for number, stretch in enumerate(stretches):
        inside: list[NameHit] = []
        while hit is not None and hit.start < stretch.end:
            if (
                hit.start >= stretch.start
                and hit.end <= stretch.end
                and not _is_small(view.text[hit.start : hit.end], lexicon)
            ):
                inside.append(hit)
            hit = next(upcoming)
        row = _row(number, view.text, stretch, inside, lexicon)
        _mark_dots(row)
        _join_phrases(row)
        row.classes = _NONE.union(*{token.opens for token in row.tokens})
        found.append(row)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _is_small(name: str, lexicon: Lexicon) -> bool:
    shape = lexicon.known(name.lower()).shape
    return shape is not None and shape.kind in SMALL


def _row(number: int, text: str, stretch: Stretch, hits: list[NameHit], lexicon: Lexicon) -> Row:
    """Single words and marks between the names, and the names."""
    plain = _plain_tokens(lexicon)
    tokens: list[Token] = []
    starts: list[int] = []
    begin = stretch.start
    for hit in (*hits, None):
        pieces = _TOKEN.split(text[begin : hit.start if hit else stretch.end])
        tokens += map(plain.__getitem__, pieces[1::2])
        starts += list(accumulate(map(len, pieces[:-1]), initial=begin))[1::2]
        if hit:
            tokens.append(_name(text[hit.start : hit.end], lexicon).as_name(hit))
            starts.append(hit.start)
            begin = hit.end
    ends = [start + len(token.word) for start, token in zip(starts, tokens, strict=True)]
    return Row(number, tokens, starts, ends)


@lru_cache(maxsize=_REMEMBERED)
def _name(said: str, lexicon: Lexicon) -> Token:
    key = _last_word(said)
    known = lexicon.known(key)
    opens = _among(said, lexicon) if " " in said else known.alone
    return Token(said, key, "name", opens, known.alone, known.longer)


def _among(name: str, lexicon: Lexicon) -> frozenset[str]:
    """Of a name of several words, whether it is that of a self-styled republic."""
    words = name.lower().split()
    known = lexicon.all_known(words)
    longer = {
        entry.kind for index, word in enumerate(known) if word.longer for entry in word.longer.phrases(words, index)
    }
    return frozenset({"statelet"}) & longer.union(*(word.alone for word in known))


def _last_word(name: str) -> str:
    """Of a name of several words, the generic one that may close it."""
    return name.lower().rsplit(" ", 1)[-1]


def _mark_dots(row: Row) -> None:
    """A full stop that ends no sentence, since the next word begins none."""
    tokens = row.tokens
    for index in [i for i, token in enumerate(tokens) if token.word == "." and token.kind == "stop"]:
        if index + 1 < len(tokens) and not _may_begin(tokens[index + 1].word):
            tokens[index] = tokens[index].as_kind("dot")


def _join_phrases(row: Row) -> None:
    """Tells words which phrases begin and end with them, and joins those that the grammar is built on."""
    tokens = row.tokens
    keys = [token.key for token in tokens]
    opens: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    closes: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    shapes: dict[int, Entry] = {}
    for index, longer in [(i, token.longer) for i, token in enumerate(tokens) if token.longer]:
        for entry in longer.phrases(keys, index):
            last = index + len(entry.parts) - 1
            opens[index] |= {entry.kind}
            closes[last] |= {entry.kind}
            better = index not in shapes or entry.rank < shapes[index].rank
            if entry.shapes and better and not any(token.hit for token in tokens[index : last + 1]):
                shapes[index] = entry
    for index in {*opens, *closes}:
        token = tokens[index]
        opened = token.opens if token.hit and " " in token.word else token.opens | opens[index]
        tokens[index] = token.among(opened, token.closes | closes[index])
    if shapes:
        row.merge(_joined(tokens, shapes))


def _joined(tokens: list[Token], shapes: dict[int, Entry]) -> Iterator[tuple[int, int, Token]]:
    """Of phrases that share a word, the one that begins first."""
    free = 0
    for first, entry in sorted(shapes.items()):
        if first >= free:
            last = first + len(entry.parts) - 1
            token = tokens[first].among(tokens[first].opens, tokens[last].closes)
            yield first, last, token.as_kind(entry.kind, entry.value)
            free = last + 1


def _plain_kind(word: str) -> str:
    """The class of a word that the grammar has no other for."""
    if word[0].isdigit():
        return "digits"
    mark = _MARKS.get(word.lower())
    if mark:
        return mark
    if not word[0].isalpha():
        return "other"
    return "cap" if word[0].isupper() else "word"


def _may_begin(word: str) -> bool:
    return not word[0].islower() and word[0] not in ",;:)"
