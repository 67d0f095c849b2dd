"""Who is quoted in a sentence, and for which of its words."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.domain.reading import Speaker
from app.domain.vocabulary import ClaimStatus, Language
from app.reading.speakers.beside import THAT, beside
from app.reading.speakers.speaker import Memory, Source, named
from app.reading.text.parsing import Sentence
from app.reading.words.patterns import Hit
from app.reading.words.terms import Say, role_words
from app.reading.words.tokens import QUOTES


class Frame(NamedTuple):
    """Words `first` to `last` name `speaker`; what they said is words `begin` to `end`."""

    speaker: Speaker
    first: int
    last: int
    begin: int
    end: int
    status: ClaimStatus | None
    whole: bool
    """Said of the whole sentence ("according to"), so that following sentences may go on in the same mouth."""
    denies_before: bool = False
    """"Denied this": what was told before is denied; what the sentence itself tells is said."""

    office: bool = False
    """No person, but an office itself spoke."""

    def covers(self, word: int) -> bool:
        return self.begin <= word <= self.end


def frames(sentence: Sentence, memory: Memory) -> list[Frame]:
    """The attributions of a sentence, in order; `memory` learns who spoke."""
    found: list[Frame] = list(_label(sentence, memory))
    begin = found[0].last + 1 if found else 0
    for hit in sentence.says:
        if hit.term.kind in ("vague", "pronoun") or any(f.first <= hit.first <= f.last for f in found):
            continue
        if _no_verb(sentence, hit):
            continue
        source = beside(sentence, hit, begin, memory) or _going_on(sentence, hit, found)
        if source is None:
            continue
        first, last = min(hit.first, source.first), max(hit.last, source.last)
        back = hit.term.kind == "denial" and _of_this(sentence, hit)
        scope = (
            (last + 1, last) if back and _told_before(sentence, first) else _scope(sentence, hit, first, last, begin)
        )
        speaker = memory.keep(source)
        status = None if back else hit.term.status
        whole = hit.term.kind == "phrase"
        found.append(Frame(speaker, first, last, *scope, status, whole, back, office=not source.person))
        begin = last + 1
    return _closed(found or list(_signature(sentence, memory)))


_AND = frozenset(["and", "but", "і", "й", "та", "але", "а", "и", "но"])


def _going_on(sentence: Sentence, hit: Hit[Say], found: list[Frame]) -> Source | None:
    """As in "denied the loss and said that …": a verb of saying joined to one before has its speaker."""
    if not found or hit.first == 0 or sentence.words[hit.first - 1] not in _AND:
        return None
    return Source(found[-1].speaker.name, found[-1].speaker.side, hit.first, hit.last)


_LABEL = 12
_LONG_LABEL = 24
"""Words before a colon behind which a quotation opens: «Name, commander, on the Kupiansk direction: "…"»."""
_SIGNATURE = 10
_DASHES = frozenset("–—-")
_ARTICLES = frozenset(
    [
        "this",
        "that",
        "the",
        "a",
        "an",
        "any",
        "these",
        "those",
        "such",
        "of",
        "no",
        "its",
        "their",
        "his",
        "her",
        "some",
    ]
)


def _label(sentence: Sentence, memory: Memory) -> Iterator[Frame]:
    """As in "Governor Gladkov: …": a name before a colon speaks what follows."""
    colon = sentence.words.index(":", 0, _LONG_LABEL) if ":" in sentence.words[:_LONG_LABEL] else 0
    if colon >= _LABEL and QUOTES.isdisjoint(sentence.words[colon + 1 : colon + 2]):
        return
    if not colon or any(e.first < colon for e in sentence.events) or any(s.first < colon for s in sentence.says):
        return
    if any(h.last < colon for h in sentence.offices):
        source = named(sentence, 0, colon, memory, before_verb=True)
        if source:
            yield Frame(memory.keep(source), 0, colon, colon + 1, len(sentence.words) - 1, None, True)


def _signature(sentence: Sentence, memory: Memory) -> Iterator[Frame]:
    """As in «…, – Генштаб.»: a name behind the last dash has said what stands before."""
    end = len(sentence.words)
    if not sentence.offices or _DASHES.isdisjoint(sentence.words[-_SIGNATURE:]):
        return
    dash = next((i for i in range(end - 1, max(0, end - _SIGNATURE), -1) if sentence.words[i] in _DASHES), None)
    if not dash or any(e.last > dash for e in sentence.events) or not any(e.last < dash for e in sentence.events):
        return
    if any(h.first in (dash + 1, dash + 2) for h in sentence.offices):
        source = named(sentence, dash + 1, end, memory, before_verb=True)
        if source:
            yield Frame(memory.keep(source), dash, end - 1, 0, dash - 1, None, True)


def _no_verb(sentence: Sentence, hit: Hit[Say]) -> bool:
    """As in "this claim", "made confirmed advances", "accused each other": a noun, part of an event, said by both."""
    if any(e.first < hit.first <= e.last for e in sentence.events):
        return True
    if any(m.term.kind == "mutual" and m.first <= hit.first <= m.last for m in sentence.modifiers):
        return True
    before = sentence.words[hit.first - 1] if hit.first else ""
    return sentence.lang is Language.EN and hit.term.kind == "verb" and before in _ARTICLES


_THIS = role_words("this")
_CLAIM = frozenset(["claim", "allegation", "assertion"])
_CLAIM_WITHIN = 6
"""Words between "a claim" and the denial: "…, a claim that Kyiv quickly denied"."""


def _told_before(sentence: Sentence, first: int) -> bool:
    return any(e.first < first for e in sentence.events)


def _of_this(sentence: Sentence, hit: Hit[Say]) -> bool:
    """As in "denied this", «это опроверг»; not "denied the claim that …", which tells what is denied."""
    beside = [*range(hit.last + 1, hit.last + 3), hit.first - 1]
    if not _CLAIM.isdisjoint(sentence.words[max(0, hit.first - _CLAIM_WITHIN) : hit.first]):
        return True
    words = {at: sentence.words[at] for at in beside if 0 <= at < len(sentence.words)}
    after = {sentence.words[at + 1] for at in words if at > hit.last and at + 1 < len(sentence.words)}
    return any(word in _THIS for word in words.values()) and after.isdisjoint(THAT)


def _closed(found: list[Frame]) -> list[Frame]:
    """A frame that opens ends where the next one's own words begin."""
    if len(found) < 2:
        return found
    closed = list(found)
    for index, frame in enumerate(closed[:-1]):
        following = closed[index + 1]
        if frame.begin <= following.first <= frame.end and following.begin > following.first:
            closed[index] = frame._replace(end=following.first - 1)
    return closed


def _scope(sentence: Sentence, hit: Hit[Say], first: int, last: int, begin: int) -> tuple[int, int]:
    """What was said: before the attribution, after it, or both."""
    end = len(sentence.words) - 1
    if hit.term.kind == "phrase":
        return (begin, end)
    before = any(begin <= e.first < first for e in sentence.events)
    after = any(e.first > last for e in sentence.events)
    if before and not (after and _goes_on_with_that(sentence, last)) and _closes(sentence, first):
        return (begin, end) if _quote_goes_on(sentence, last) or not after else (begin, last)
    if hit.term.kind == "denial":
        begin = max([begin, *(i + 1 for i in range(begin, first) if sentence.words[i] == ";")])
    if before and not after:
        return (begin, last)
    return (last + 1, end) if last < end else (begin, last)


def _goes_on_with_that(sentence: Sentence, last: int) -> bool:
    return next((w for w in sentence.words[last + 1 : last + 3] if w != ","), "") in THAT


_MODIFIERS = 5
_CLOSERS = frozenset([",", "–", "—", "-", *QUOTES])


def _closes(sentence: Sentence, first: int) -> bool:
    """Whether an attribution ends what it says: ", the army said", not ", while the army said …"."""
    opening = {join.first for join in sentence.joins if join.term.kind in ("apart", "turn", "plain")}
    start = first
    while first > 0 and start - first < _MODIFIERS and sentence.words[first - 1] not in _CLOSERS:
        first -= 1
        if any(e.first <= first <= e.last for e in sentence.events) or first in opening:
            return False
    return first > 0 and sentence.words[first - 1] in _CLOSERS


def _quote_goes_on(sentence: Sentence, last: int) -> bool:
    return not QUOTES.isdisjoint(sentence.words[last + 1 : last + 5])


def innermost(found: Iterable[Frame], word: int) -> Frame | None:
    """The attribution that governs a word: of several, the one that begins last."""
    covering = [f for f in found if f.covers(word) and not f.first <= word <= f.last]
    return max(covering, key=lambda f: f.first) if covering else None
