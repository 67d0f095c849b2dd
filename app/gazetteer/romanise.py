"""How is a Ukrainian or Russian name written in Latin letters? KMU 55 first, then the other habits."""

import re
from functools import lru_cache

from translitua import (
    RussianICAO,
    RussianInternationalPassport1997,
    RussianInternationalPassport1997Reduced,
    UkrainianBGN,
    UkrainianKMU,
    UkrainianNational1996,
    translit,
)

from app.gazetteer.spelling import APOSTROPHES

_NO_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES))
_STANDARD_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "’"))
_SKYI = re.compile(r"(?<=[sz]k)(yi|yy|iy|ii|yj)\b")


@lru_cache(maxsize=100_000)
def english(name_uk: str) -> str:
    """The Cabinet of Ministers' romanisation of 2010 (Resolution 55)."""
    return str(translit(name_uk.translate(_STANDARD_APOSTROPHE), UkrainianKMU))


def from_ukrainian(name_uk: str) -> set[str]:
    """Other Latin spellings of a Ukrainian name: BGN/PCGN 1965, the 1996 system, -sky for -skyi."""
    standard = name_uk.translate(_STANDARD_APOSTROPHE)
    spellings = {_plain(translit(standard, table)) for table in (UkrainianBGN, UkrainianNational1996)}
    spellings.add(_SKYI.sub("y", english(name_uk)))
    return spellings - {english(name_uk)}


def from_russian(name_ru: str) -> set[str]:
    """Latin spellings of a Russian name: passport systems, ICAO, BGN's ye after vowels, yo for ё."""
    tables = (RussianInternationalPassport1997Reduced, RussianInternationalPassport1997, RussianICAO)
    spellings = {_plain(translit(name_ru, table)) for table in tables}
    spellings |= {_plain(translit(name_ru.replace("ё", "йо"), RussianInternationalPassport1997Reduced))}
    bgn = re.sub(r"(?<=[аеёиоуыэюяьъАЕЁИОУЫЭЮЯ])е|\bЕ", lambda m: "йе" if m.group() == "е" else "Йе", name_ru)
    return spellings | {_plain(translit(bgn, RussianInternationalPassport1997Reduced))}


def _plain(latin: str) -> str:
    return str(latin).translate(_NO_APOSTROPHES)
