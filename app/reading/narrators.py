"""In whose voice a report speaks where it quotes nobody."""

import re
from collections import Counter
from collections.abc import Iterable

from app.domain.reading import Speaker
from app.domain.report import Report
from app.domain.vocabulary import Language, SpeakerSide
from app.reading.parsing import Sentence
from app.reading.terms import publishers

_TELLS = 1
"""Own or enemy words outside quotes that make an unknown publisher a party."""
_WORD = re.compile(r"[\w'’.-]+")


def narrator(report: Report, lang: Language, sentences: Iterable[Sentence]) -> Speaker:
    """The publisher with the side it is known for, or that its words tell; else a medium."""
    known = publisher_side(report.publisher)
    if known is not None:
        return Speaker(report.publisher, known)
    told = _told_side(lang, sentences)
    return Speaker(report.publisher, told or SpeakerSide.MEDIA)


def publisher_side(publisher: str) -> SpeakerSide | None:
    name = f" {' '.join(_WORD.findall(publisher.lower()))} "
    return next((side for words, side in publishers() if f" {words}" in name), None)


def _told_side(lang: Language, sentences: Iterable[Sentence]) -> SpeakerSide | None:
    """The side whose own words for "us" and "them" a text uses outside quotes."""
    tells: Counter[SpeakerSide] = Counter()
    partisan = 0
    for sentence in sentences:
        if any(hit.term.kind in ("verb", "phrase", "denial") for hit in sentence.says):
            continue  # its words may be those of whom it quotes
        quoted = False
        marks = {i for i, w in enumerate(sentence.words) if w.norm in '"«»“”„'}
        for hit in sentence.sides:
            quoted = sum(1 for m in marks if m < hit.first) % 2 == 1
            if quoted or hit.term.weak:
                continue
            if hit.term.side in ("enemy", "own"):
                partisan += 1
            word = sentence.words[hit.first].norm
            if word.startswith(_UA_WORDS):
                tells[SpeakerSide.UA] += 2
            elif word.startswith(_RU_WORDS):
                tells[SpeakerSide.RU] += 2
            elif hit.term.side in ("enemy", "own") and lang is Language.UK:
                tells[SpeakerSide.UA] += 1
            elif hit.term.side in ("enemy", "own") and lang is Language.RU and _side_of_enemy(sentence):
                tells[_side_of_enemy(sentence) or SpeakerSide.RU] += 1
    if not tells or (partisan < _TELLS and max(tells.values()) < 2):
        return None
    return max(tells, key=lambda side: tells[side])


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
