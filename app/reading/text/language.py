"""Which of the three languages a text is written in."""

import re
from functools import lru_cache

from app.domain.report import Report
from app.domain.vocabulary import Language

_LETTERS = re.compile(r"[A-Za-zА-Яа-яЁёІіЇїЄєҐґ]+")
_UKRAINIAN = re.compile(
    r"[іїєґІЇЄҐ]|\b(?:та|що|від|або|під|із|зі|це|ще|вже|ворог\w*|напрям\w*)\b|(?:ють|ться)\b", re.IGNORECASE
)
_RUSSIAN = re.compile(
    r"[ыэъёЫЭЪЁ]|\b(?:и|что|от|или|под|из|со|это|еще|уже|направлени\w*"
    r"|российск\w*|украинск\w*|войск\w*|вчера|сообщил\w*|год[ау])\b|(?:ют|тся|ие|ия|ии|ию)\b",
    re.IGNORECASE,
)
_ENOUGH = 20_000
"""Characters that settle the question."""


def language(report: Report) -> Language:
    """The stated language, else the one whose letters and small words prevail; English where there are none."""
    if report.lang is not None:
        return report.lang
    return language_of(report.text[:_ENOUGH])


def language_of(text: str) -> Language:
    words = _LETTERS.findall(text)
    cyrillic = sum(1 for word in words if word[0] > "\u03ff")
    if cyrillic * 3 < len(words) or not cyrillic:
        return Language.EN
    return Language.UK if sum(map(_leaning, words)) > 0 else Language.RU


@lru_cache(maxsize=20_000)
def _leaning(word: str) -> int:
    """How much more Ukrainian than Russian a word looks."""
    return len(_UKRAINIAN.findall(word)) - len(_RUSSIAN.findall(word))
