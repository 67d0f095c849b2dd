"""Which event words of a clause tell something that happened, and which only deny, plan, try or describe."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.vocabulary import Language
from app.reading.text.parsing import Sentence
from app.reading.words.patterns import Hit
from app.reading.words.terms import EventWord

_NEAR_NOT = {Language.EN: 4, Language.UK: 2, Language.RU: 2}
_NEAR_UNREAL = 10
_NEAR_ATTEMPT = 7
_NEAR_FORETOLD = 7
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "of", "from", "this", "his", "newly", "those", "these"})


class Trigger(NamedTuple):
    """An event word in its sentence. `real` is False where it is denied, planned, feared or mere description."""

    hit: Hit[EventWord]
    real: bool
    attempt: bool
    clause: tuple[int, int]
    """First and last word of its clause."""

    @property
    def first(self) -> int:
        return self.hit.first


def triggers_of(sentence: Sentence, first: int, last: int, join: str, before: Sequence[Trigger]) -> tuple[Trigger, ...]:
    """The event words of a clause; what is tried or planned goes on in the next one: "to storm A and seize B"."""
    hits = [hit for hit in sentence.events if first <= hit.first <= last and not _describes(sentence, hit)]
    triggers = tuple([_trigger(sentence, hit, first, last) for hit in hits])
    governed = before[-1] if before and join in ("plain", "under", "backdrop") else None
    if governed and triggers and _hangs(sentence, triggers[0].hit, governed):
        head = triggers[0]._replace(
            real=triggers[0].real and governed.real,
            attempt=triggers[0].attempt or governed.attempt,
        )
        return (head, *triggers[1:])
    return triggers


def _hangs(sentence: Sentence, hit: Hit[EventWord], governed: Trigger) -> bool:
    """Whether a verb shares the trying or planning of the one before: "intend to seize A before advancing to B"."""
    word = sentence.words[hit.first]
    return _infinitive(sentence, hit) or (not governed.real and sentence.lang is Language.EN and word.endswith("ing"))


def _infinitive(sentence: Sentence, hit: Hit[EventWord]) -> bool:
    word = sentence.words[hit.first]
    if sentence.lang is Language.EN:
        return hit.term.voice == "active" and not word.endswith(("ed", "ing", "s"))
    return word.endswith(("ти", "ть", "ться", "тися", "тись"))


def _trigger(sentence: Sentence, hit: Hit[EventWord], first: int, last: int) -> Trigger:
    real, attempt = True, False
    for modifier in sentence.modifiers:
        if not first <= modifier.first <= last:
            continue
        if hit.first <= modifier.first and modifier.last < hit.last:
            continue  # «не допустили прориву»: the negation is part of the event word
        distance = hit.first - modifier.last
        kind = modifier.term.kind
        if kind == "not" and _of_another_thought(sentence, hit, modifier.first):
            continue
        if kind == "not" and (modifier.term.reach == "clause" or distance <= _NEAR_NOT[sentence.lang]):
            real = real and modifier.term.reach != "clause" and distance < 0 and hit.last < modifier.first
        elif kind == "unreal" and (
            (modifier.first < hit.first and distance <= _NEAR_UNREAL) or _foretold(sentence, hit, modifier.first, last)
        ):
            real = False
        elif kind == "attempt" and 0 <= distance <= _NEAR_ATTEMPT:
            attempt = True
    if sentence.lang is Language.EN:
        real = real and not _purpose(sentence, hit, first)
    return Trigger(hit, real, attempt, (first, last))


def _of_another_thought(sentence: Sentence, hit: Hit[EventWord], at: int) -> bool:
    """As in «россияне продвинулись, но техники у них нет»: a negation beyond a comma or a "but" behind a verb."""
    if hit.term.voice != "active" or at < hit.last:
        return False
    turned = any(j.term.kind in _TURNS and hit.last < j.first < at for j in sentence.joins)
    return turned or "," in sentence.words[hit.last + 1 : at]


_TURNS = ("turn", "apart")
_PARTED = frozenset(":;")


def _foretold(sentence: Sentence, hit: Hit[EventWord], at: int, last: int) -> bool:
    """As in "An offensive on Kupiansk is expected": a noun, and no verb of an event before the word of doubt."""
    if hit.term.voice != "noun" or not 0 < at - hit.last <= _NEAR_FORETOLD:
        return False
    if not _PARTED.isdisjoint(sentence.words[hit.last + 1 : at]):
        return False
    return not any(e.term.voice != "noun" and hit.last < e.first <= last for e in sentence.events)


def _describes(sentence: Sentence, hit: Hit[EventWord]) -> bool:
    """As in "the recently captured village": a participle between article and noun tells nothing new."""
    if sentence.lang is not Language.EN or hit.term.voice != "active" or hit.first != hit.last:
        return False
    if not sentence.words[hit.first].endswith("ed"):
        return False
    if hit.term.event == "attack_repelled" and any(e.first == hit.last + 1 for e in sentence.events):
        return False  # "spoke of repelled attacks"
    before = hit.first - 1
    while before >= 0 and (
        sentence.words[before].endswith("ly")
        or any(m.first == before and m.term.kind == "background" for m in sentence.modifiers)
    ):
        before -= 1
    return before >= 0 and sentence.words[before] in _DETERMINERS


def _purpose(sentence: Sentence, hit: Hit[EventWord], first: int) -> bool:
    """An infinitive of purpose ("… to cut off Kherson"), unless a word of trying or managing governs it."""
    to = hit.first - 1
    if hit.term.voice != "active" or to < first or sentence.words[to] != "to":
        return False
    governed = any(
        (m.last in (to, to - 1) and m.term.kind in ("success", "ongoing", "fail"))
        or (m.term.kind == "attempt" and first <= m.first and 0 <= to - m.last <= _NEAR_ATTEMPT)
        for m in sentence.modifiers
    )
    return not governed and any(e.last < to and e.first >= first for e in sentence.events)
