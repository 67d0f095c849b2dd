"""Each passage as a row of tagged words: names the atlas knows, and words by what they do in a sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.place import NameHit
from app.reading.lexicon import SMALL, Entry, Lexicon, Value
from app.reading.passages import Stretch
from app.reading.view import GONE, View

_PIECE = re.compile(r"\d+(?:[.,]\d+)*|'[sS]\b|[^\W\d_]+(?:'[^\W\d_]+)*|\s+|\S")
"""Numbers, words, marks and the white space between them: every character belongs to one piece."""
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
_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class Token:
    """A word, number, mark, phrase of the lexicon or name; `view.text[start:end]`."""

    start: int
    end: int
    word: str
    """As in the view; of a phrase, its first word."""
    kind: str
    """The class that the grammar of expressions sees."""
    value: Value = None
    hit: NameHit | None = None
    opens: frozenset[str] = _NONE
    """Classes of all phrases that begin here."""
    closes: frozenset[str] = _NONE
    """Classes of all phrases that end here."""
    mention: int | None = None

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()


_Raw = tuple[int, str, NameHit | None]
"""Where a word, mark or name begins, the word itself, and the name it is known as."""


@dataclass(slots=True)
class Row:
    """The tokens of one passage."""

    passage: int
    tokens: list[Token]
    classes: frozenset[str] = field(init=False)
    """Classes of all phrases that begin in it: most rules need not look at a row that has none of theirs."""

    def __post_init__(self) -> None:
        self.classes = _NONE.union(*(token.opens for token in self.tokens))

    def kind(self, index: int) -> str:
        """ "edge" beyond either end."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else "edge"

    def opens(self, index: int) -> frozenset[str]:
        return self.tokens[index].opens if 0 <= index < len(self.tokens) else _NONE

    def closes(self, index: int) -> frozenset[str]:
        return self.tokens[index].closes if 0 <= index < len(self.tokens) else _NONE

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
        return inside and self.tokens[index - 1].end == self.tokens[index].start


def rows(view: View, stretches: Sequence[Stretch], hits: Sequence[NameHit], lexicon: Lexicon) -> list[Row]:
    found = []
    upcoming = iter((*hits, None))
    hit = next(upcoming)
    for number, stretch in enumerate(stretches):
        inside: list[NameHit] = []
        while hit is not None and hit.start < stretch.end:
            if hit.start >= stretch.start and hit.end <= stretch.end and not _is_small(view.text, hit, lexicon):
                inside.append(hit)
            hit = next(upcoming)
        found.append(Row(number, _tagged(_raw(view.text, stretch.start, stretch.end, inside), lexicon)))
    return found


def _is_small(text: str, hit: NameHit, lexicon: Lexicon) -> bool:
    shape = lexicon.known(text[hit.start : hit.end].lower()).shape
    return shape is not None and shape.kind in SMALL


def _raw(text: str, start: int, end: int, hits: list[NameHit]) -> list[_Raw]:
    """Single words and marks between the names, and the names."""
    found: list[_Raw] = []
    for hit in (*hits, None):
        for piece in _PIECE.findall(text, start, hit.start if hit else end):
            if not piece.isspace():
                found.append((start, piece, None))
            start += len(piece)
        if hit:
            found.append((hit.start, text[hit.start : hit.end], hit))
            start = hit.end
    return found


def _tagged(raw: list[_Raw], lexicon: Lexicon) -> list[Token]:
    words = [word.lower() if hit is None else _last_word(word) for _, word, hit in raw]
    known = lexicon.all_known(words)
    opens = [word.alone for word in known]
    closes = opens.copy()
    best = [word.shape if hit is None else None for word, (_, _, hit) in zip(known, raw, strict=True)]
    for index, word in enumerate(known):
        if not word.longer:
            continue
        for entry in lexicon.phrases_at(words, index):
            last = index + len(entry.parts) - 1
            opens[index] |= {entry.kind}
            closes[last] |= {entry.kind}
            if entry.shapes and _is_better(entry, best[index]) and not any(hit for _, _, hit in raw[index : last + 1]):
                best[index] = entry
    tokens: list[Token] = []
    index = 0
    while index < len(raw):
        start, said, hit = raw[index]
        shape = best[index]
        last = index + len(shape.parts) - 1 if shape else index
        end = raw[last][0] + len(raw[last][1])
        if shape:
            token = Token(start, end, said, shape.kind, shape.value, None, opens[index], closes[last])
        elif hit:
            opened = _among(said, lexicon) if " " in said else opens[index]
            token = Token(start, end, said, "name", None, hit, opened, closes[index])
        else:
            kind = _plain_kind(said)
            if kind == "stop" and said == "." and last + 1 < len(raw) and not _may_begin(raw[last + 1][1]):
                kind = "dot"
            token = Token(start, end, said, kind, None, None, opens[index], closes[index])
        tokens.append(token)
        index = last + 1
    return tokens


def _is_better(entry: Entry, other: Entry | None) -> bool:
    return other is None or entry.rank < other.rank


def _among(name: str, lexicon: Lexicon) -> frozenset[str]:
    """Of a name of several words, whether it is that of a self-styled republic."""
    words = name.lower().split()
    kinds = {entry.kind for index in range(len(words)) for entry in lexicon.phrases_at(words, index)}
    return frozenset({"statelet"}) & kinds.union(*(known.alone for known in lexicon.all_known(words)))


def _last_word(name: str) -> str:
    """Of a name of several words, the generic one that may close it."""
    return name.lower().rsplit(" ", 1)[-1]


@lru_cache(maxsize=20_000)
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
