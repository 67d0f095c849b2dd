"""Which entries of the claim word lists stand in a sentence.

A pattern is a row of word forms: `*` stands for any ending, `(a|b)` and `x?` as in regular expressions, `/` between
whole words means "or", a whole word in brackets with a question mark may be missing, `~` alone stands for up to three
words that do not end a phrase. Patterns are matched word by word through an index of first letters, so the cost does
not grow with the lists, and no text can make it run away.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from app.reading.words.tokens import normal

T = TypeVar("T")

_LITERAL = re.compile(r"[^*(?\[|\\.+]*")
_GROUP = re.compile(r"\(([^()]*)\)(\?)?")
_STOPS = frozenset(".,;:!?—–()")
_GAP = -1
_GAP_WORDS = 3
_REMEMBERED = 200_000


class Hit(NamedTuple, Generic[T]):
    """Words `first` to `last` (inclusive) are `term`."""

    term: T
    first: int
    last: int


class _Row(NamedTuple, Generic[T]):
    """What follows the first word of a pattern; `order` decides between two that match the same words."""

    rest: tuple[int, ...]
    term: T
    kind: type
    order: int


@dataclass(frozen=True, slots=True)
class _Look(Generic[T]):
    """What a word is good for: the slots it fills, and the patterns that begin with it."""

    slots: frozenset[int]
    alone: tuple[tuple[type, T], ...]
    """What it is by itself; of each class what is listed first."""
    followed: dict[int, list[_Row[T]]]
    """By the slot of the word that has to follow; a gap stands before any word."""
    asks: frozenset[int]
    """Those slots."""
    begins: bool
    """Whether any pattern begins with it."""


Found = dict[type, list[Hit[T]]]
"""By the class of the term; those of one class in the order of the text."""


class Patterns(Generic[T]):
    """Patterns with what each stands for. Terms of one class never overlap: the longest, then the first, wins."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._slots: dict[str, int] = {}
        self._by_prefix: defaultdict[str, list[tuple[int, re.Pattern[str]]]] = defaultdict(list)
        self._by_first: defaultdict[int, list[tuple[tuple[int, ...], T]]] = defaultdict(list)
        self._looks = _Looks(self._look_up)
        self._idle: _Look[T] = _Look(frozenset({_GAP}), (), {}, frozenset(), begins=False)
        for pattern, term in entries:
            for words in _variants(pattern):
                row = [_GAP if word == "~" else self._slot(word) for word in words]
                while row[-1] == _GAP:  # before a word that may be missing
                    row.pop()
                self._by_first[row[0]].append((tuple(row[1:]), term))

    def _slot(self, word: str) -> int:
        slot = self._slots.get(word)
        if slot is None:
            slot = self._slots[word] = len(self._slots)
            for form in _split(word, "/|"):
                self._add_form(normal(form), slot)
        return slot

    def _add_form(self, form: str, slot: int) -> None:
        for branch in _branches(form):
            literal = _LITERAL.match(branch)
            prefix = literal.group() if literal else ""
            if len(prefix) < len(branch) and branch[len(prefix)] == "?":
                prefix = prefix[:-1]
            if not prefix:
                raise ValueError(f"a pattern needs a first letter: {form!r}")
            self._by_prefix[prefix[:3]].append((slot, re.compile(branch.replace("*", r"[\w'-]*"))))

    def _look_up(self, word: str) -> _Look[T]:
        slots = {
            slot
            for size in (1, 2, 3)
            if size <= len(word)
            for slot, form in self._by_prefix.get(word[:size], ())
            if form.fullmatch(word)
        }
        if not slots:
            return self._idle
        begun = [row for slot in sorted(slots) for row in self._by_first.get(slot, ())]
        rows = [_Row(rest, term, type(term), order) for order, (rest, term) in enumerate(begun)]
        followed: defaultdict[int, list[_Row[T]]] = defaultdict(list)
        for row in rows:
            if row.rest:
                followed[row.rest[0]].append(row)
        alone = {row.kind: row.term for row in reversed(rows) if not row.rest}
        return _Look(frozenset({*slots, _GAP}), tuple(alone.items()), dict(followed), frozenset(followed), bool(rows))

    def find(self, words: Sequence[str]) -> Found[T]:
        """Every entry in `words`; of overlapping terms of one class, the longest."""
        looked = list(map(self._looks.__getitem__, words))
        found: defaultdict[type, list[Hit[T]]] = defaultdict(list)
        for first in [i for i, look in enumerate(looked) if look.begins]:
            look = looked[first]
            for kind, term in look.alone:
                found[kind].append(Hit(term, first, first))
            if look.asks and first + 1 < len(looked) and not look.asks.isdisjoint(looked[first + 1].slots):
                for row, last in _followed(look, looked, words, first):
                    found[row.kind].append(Hit(row.term, first, last))
        for kind, hits in found.items():
            if _overlap(hits):
                found[kind] = _longest(hits)
        return found


class _Looks(dict[str, _Look[T]]):
    """Remembered from text to text, since few words make up most of all texts."""

    def __init__(self, look_up: Callable[[str], _Look[T]]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> _Look[T]:
        look = self._look_up(word)
        if len(self) < _REMEMBERED:
            self[word] = look
        return look


def _followed(
    look: _Look[T], looked: Sequence[_Look[T]], words: Sequence[str], first: int
) -> list[tuple[_Row[T], int]]:
    """The patterns of several words that begin with word `first`, each with its last word."""
    found = [
        (row, last)
        for slot in look.asks & looked[first + 1].slots
        for row in look.followed[slot]
        if (last := first + 1 if len(row.rest) == 1 else _match(row.rest, words, looked, first)) is not None
    ]
    if len(found) > 1:
        found.sort(key=lambda one: one[0].order)
    return found


def _variants(pattern: str) -> list[list[str]]:
    """The rows of words that a pattern stands for, with choices of several words and missing words spelled out."""
    for group in _GROUP.finditer(pattern):
        alone = _stands_alone(pattern, group)
        if " " in group.group(1) or (alone and group.group(2)):
            choices = group.group(1).split("|") + ([""] if group.group(2) else [])
            head, tail = pattern[: group.start()], pattern[group.end() :]
            return [row for choice in choices for row in _variants(f"{head}{choice}{tail}")]
    words = pattern.split()
    return [words] if words else []


def _stands_alone(pattern: str, group: re.Match[str]) -> bool:
    before, after = pattern[: group.start()], pattern[group.end() :]
    return (not before or before[-1] == " ") and (not after or after[0] == " ")


def _split(form: str, marks: str) -> list[str]:
    """`form` cut at the `marks` that stand in no brackets."""
    parts, depth = [""], 0
    for letter in form:
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and letter in marks:
            parts.append("")
        else:
            parts[-1] += letter
    if depth:
        raise ValueError(f"brackets do not close: {form!r}")
    return parts


def _branches(form: str) -> list[str]:
    """`(a|b)c` as `ac`, `bc` where the form begins with a choice, so that each has a first letter."""
    if not form.startswith("("):
        return [form]
    depth, end = 1, 0
    while depth:
        end += 1
        depth += (form[end] == "(") - (form[end] == ")")
    inner, rest = form[1:end], form[end + 1 :]
    choices = [*_split(inner, "|"), *([""] if rest.startswith("?") else [])]
    return [branch for choice in choices for branch in _branches(choice + rest.removeprefix("?"))]


def _match(rest: Sequence[int], words: Sequence[str], looked: Sequence[_Look[T]], last: int) -> int | None:
    """The last word matched by `rest` after word `last`, or None."""
    for index, slot in enumerate(rest):
        if slot == _GAP:
            return _match_gap(rest[index + 1 :], words, looked, last)
        last += 1
        if last >= len(words) or slot not in looked[last].slots:
            return None
    return last


def _match_gap(rest: Sequence[int], words: Sequence[str], looked: Sequence[_Look[T]], last: int) -> int | None:
    for index in range(last + 1, min(last + _GAP_WORDS + 2, len(words))):
        if rest[0] in looked[index].slots:
            found = _match(rest[1:], words, looked, index)
            if found is not None:
                return found
        if words[index] in _STOPS:
            return None
    return None


def _overlap(hits: Sequence[Hit[T]]) -> bool:
    """Whether any of `hits`, which are in order of their first words, share a word."""
    end = -1
    for hit in hits:
        if hit.first <= end:
            return True
        end = hit.last
    return False


def _longest(hits: list[Hit[T]]) -> list[Hit[T]]:
    """Those that do not overlap, in the order of the text; `hits` are in order of their first words."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda h: h.first - h.last):
        if hit.first not in taken and hit.last not in taken:  # none of those taken is shorter
            taken.update(range(hit.first, hit.last + 1))
            kept.append(hit)
    kept.sort(key=attrgetter("first"))
    return kept
