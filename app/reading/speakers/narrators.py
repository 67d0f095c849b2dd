"""In whose voice a report speaks where it quotes nobody."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from app.domain.reading import Speaker
from app.domain.report import Report
from app.domain.text import Span
from app.domain.vocabulary import PARTIES, Language, SpeakerSide
from app.reading.text.parsing import Sentence, find
from app.reading.words.patterns import Hit
from app.reading.words.terms import Office, SideWord, publishers
from app.reading.words.tokens import QUOTES, tokens

_TELLS = 1
"""Own or enemy words outside quotes that make an unknown publisher a party."""
_TELLS_BESIDE_OTHERS = 3
"""The same where it also quotes the other party."""
_SPEAKS_ON = 3
"""Sentences of a paragraph after one that quotes somebody which may still be in that mouth."""
_SLUR = 2
"""What a word that only one side has for the other counts."""
_WORD = re.compile(r"[\w'’.-]+")


def narrator(report: Report, lang: Language, sentences: Iterable[Sentence]) -> Speaker:
    """The publisher with the side it is known for, or that its words tell; else a medium."""
    known = _known_side(report.publisher, lang)
    if known is not None:
        return Speaker(report.publisher, known)
    told = _told_side(lang, sentences)
    return Speaker(report.publisher, told or SpeakerSide.MEDIA)


@lru_cache(maxsize=4_096)
def _known_side(publisher: str, lang: Language) -> SpeakerSide | None:
    return publisher_side(publisher) or _person_side(publisher, lang)


def publisher_side(publisher: str) -> SpeakerSide | None:
    name = f" {' '.join(_WORD.findall(publisher.lower()))} "
    return next((side for words, side in publishers() if f" {words}" in name), None)


def _person_side(publisher: str, lang: Language) -> SpeakerSide | None:
    """The side of somebody known who publishes in person: "Governor Gladkov"."""
    if not publisher:  # a text that somebody posts without saying whose it is
        return None
    offices: Sequence[Hit[Office]] = find(tokens(publisher, Span(0, len(publisher))).words, lang).get(Office, ())
    return next((hit.term.side for hit in offices if hit.term.person), None)


def _told_side(lang: Language, sentences: Iterable[Sentence]) -> SpeakerSide | None:
    """The side whose own words for "us" and "them" a text uses outside quotes."""
    tells: Counter[SpeakerSide] = Counter()
    partisan = 0
    quoted: set[SpeakerSide] = set()
    bulletin = (-1, 0)
    for number, sentence in enumerate(sentences):
        if any(hit.term.kind in ("verb", "phrase", "denial") for hit in sentence.says):
            quoted |= {h.term.side for h in sentence.offices if h.term.side in PARTIES}
            bulletin = (sentence.passage, number + _SPEAKS_ON)
            continue  # its words may be those of whom it quotes
        for hit in _outside_quotes(sentence) if sentence.sides else ():
            side, weight = _tells(lang, sentence, hit)
            if sentence.passage == bulletin[0] and number <= bulletin[1] and weight < _SLUR:
                continue  # so may those of what follows in the paragraph
            partisan += hit.term.side in ("enemy", "own")
            if side:
                tells[side] += weight
    if not tells:
        return None
    told = max(tells, key=lambda side: tells[side])
    least = _TELLS_BESIDE_OTHERS if quoted - {told} else _TELLS
    return told if partisan >= least or tells[told] >= max(least, _SLUR) else None


def _outside_quotes(sentence: Sentence) -> Iterator[Hit[SideWord]]:
    marks = [i for i, word in enumerate(sentence.words) if word in QUOTES]
    for hit in sentence.sides:
        if not hit.term.weak and sum(mark < hit.first for mark in marks) % 2 == 0:
            yield hit


def _tells(lang: Language, sentence: Sentence, hit: Hit[SideWord]) -> tuple[SpeakerSide | None, int]:
    """The side in whose mouth a word is at home, and how much it tells."""
    word = sentence.words[hit.first]
    if word.startswith(_UA_WORDS):
        return SpeakerSide.UA, _SLUR
    if word.startswith(_RU_WORDS):
        return SpeakerSide.RU, _SLUR
    if hit.term.side in ("enemy", "own") and lang is Language.UK:
        return SpeakerSide.UA, 1
    if hit.term.side in ("enemy", "own") and lang is Language.RU:
        return _side_of_enemy(sentence), 1
    if hit.term.side == "enemy" and lang is Language.EN:
        return _side_of_english_enemy(sentence), 1
    return None, 0


_UA_WORDS = (
    "окупант",
    "рашист",
    "загарбник",
    "орк",
    "оккупант",
    "захватчик",
    "occupier",
    "invader",
    "orc",
    "rashist",
    "москал",
    "русн",
)
_RU_WORDS = (
    "укронацист",
    "нацист",
    "неонацист",
    "хохл",
    "укровояк",
    "вфу",
    "боевик",
    "националист",
    "нацик",
    "киевский",
)


def _side_of_enemy(sentence: Sentence) -> SpeakerSide | None:
    """«Наши войска» beside «ВС РФ» or «противник» beside «ВСУ» tell which side «наши» are."""
    sides = {hit.term.side for hit in sentence.sides}
    if "UA" in sides and "RU" not in sides:
        return SpeakerSide.RU
    if "RU" in sides:
        return SpeakerSide.RU
    return None


def _side_of_english_enemy(sentence: Sentence) -> SpeakerSide | None:
    """In English it is Ukraine's agencies that write of "the enemy"; beside "Russian troops" it is somebody else."""
    sides = {hit.term.side for hit in sentence.sides} & {"UA", "RU"}
    return None if sides else SpeakerSide.UA
