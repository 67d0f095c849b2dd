"""Each passage as a row of tagged words: names the atlas knows, and words by what they do in a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.place import NameHit
from app.reading.lexicon import SMALL, Entry, Lexicon, Value
from app.reading.passages import Stretch
from app.reading.view import GONE, View

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|'s\b|[^\W\d_]+(?:'[^\W\d_]+)*|\S", re.IGNORECASE)
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


@dataclass(slots=True)
class Row:
    """The tokens of one passage."""

    passage: int
    tokens: list[Token] = field(default_factory=list)

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
        raw = list(_raw(view.text, stretch.start, stretch.end, inside))
        found.append(Row(number, _tagged(raw, lexicon)))
    return found


def _is_small(text: str, hit: NameHit, lexicon: Lexicon) -> bool:
    shape = lexicon.known(text[hit.start : hit.end].lower()).shape
    return shape is not None and shape.kind in SMALL


def _raw(text: str, start: int, end: int, hits: list[NameHit]) -> Iterator[Token]:
    """Single words and marks between the names, and the names."""
    for hit in (*hits, None):
        for match in _TOKEN.finditer(text, start, hit.start if hit else end):
            yield Token(match.start(), match.end(), match.group(), "")
        if hit:
            yield Token(hit.start, hit.end, text[hit.start : hit.end], "name", hit=hit)
            start = hit.end


def _tagged(raw: list[Token], lexicon: Lexicon) -> list[Token]:
    words = [token.word.lower() if not token.hit else _last_word(token.word) for token in raw]
    known = [lexicon.known(word) for word in words]
    opens = [word.alone for word in known]
    closes = [word.alone for word in known]
    names = [token.hit is not None for token in raw]
    best: list[Entry | None] = [None if name else word.shape for name, word in zip(names, known, strict=True)]
    for index in [number for number, word in enumerate(known) if word.longer]:
        for entry in reversed(list(lexicon.all_at(words, index))):
            last = index + len(entry.parts) - 1
            if last > index:
                opens[index] |= {entry.kind}
                closes[last] |= {entry.kind}
                if entry.shapes and not any(names[index : last + 1]):
                    best[index] = entry
    tokens: list[Token] = []
    index = 0
    while index < len(raw):
        shape = best[index]
        size = len(shape.parts) if shape else 1
        token = raw[index]
        token.end = raw[index + size - 1].end
        token.opens, token.closes = opens[index], closes[index + size - 1]
        if token.hit and " " in token.word:
            token.opens = _among(token.word, lexicon)
        if shape:
            token.kind, token.value = shape.kind, shape.value
        elif not token.hit:
            token.kind = _plain_kind(raw, index)
        tokens.append(token)
        index += size
    return tokens


def _among(name: str, lexicon: Lexicon) -> frozenset[str]:
    """Of a name of several words, whether it is that of a self-styled republic."""
    words = name.lower().split()
    kinds = {entry.kind for index in range(len(words)) for entry in lexicon.all_at(words, index)}
    return frozenset({"statelet"}) & kinds


def _last_word(name: str) -> str:
    """Of a name of several words, the generic one that may close it."""
    return name.lower().rsplit(" ", 1)[-1]


def _plain_kind(raw: list[Token], index: int) -> str:
    word = raw[index].word
    if word[0].isdigit():
        return "digits"
    mark = _MARKS.get(word.lower())
    if mark == "stop" and word == "." and index + 1 < len(raw) and not _may_begin(raw[index + 1].word):
        return "dot"
    if mark:
        return mark
    if not word[0].isalpha():
        return "other"
    return "cap" if word[0].isupper() else "word"


def _may_begin(word: str) -> bool:
    return not word[0].islower() and word[0] not in ",;:)"
