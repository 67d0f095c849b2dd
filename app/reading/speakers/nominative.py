"""What is a person called whom "according to" names in the genitive? Told only where the form leaves no doubt."""

import re

from app.domain.vocabulary import Language
from app.reading.words.lists import word_list

Endings = tuple[tuple[re.Pattern[str], str], ...]

_ADJECTIVAL: Endings = ((re.compile(r"(?<=[сц]ьк)ого$|(?<=[сц]к)ого$"), "ий"),)
"""Those that tell a man without his given name."""
_MAN: Endings = ((re.compile(r"(?<=ен)ка$"), "ко"), (re.compile(r"(?<=[оеєё]в|[иіїы]н|[уюаяиі]к)а$"), ""))
_FAMILY: dict[tuple[str, Language], Endings] = {
    ("man", Language.UK): ((re.compile(r"ого$"), "ий"), *_MAN),
    ("man", Language.RU): (*_ADJECTIVAL, *_MAN),  # elsewhere -ого may be -ый or -ой
    ("woman", Language.UK): ((re.compile(r"(?:(?<=[оеє]в)|(?<=[іи]н)|(?<=[сц]ьк))ої$"), "а"),),
    ("woman", Language.RU): ((re.compile(r"(?<=ов|ев|ин)ой$"), "а"), (re.compile(r"(?<=[сц]к)ой$"), "ая")),
}
"""Genitive endings of family names, and what stands for them in the nominative."""
_ALIKE = {
    ("man", Language.RU): re.compile(r"(?:ко|у)$"),
    ("woman", Language.UK): re.compile(r"[бвгґджзйклмнпрстфхцчшщоь]$"),
    ("woman", Language.RU): re.compile(r"[бвгджзйклмнпрстфхцчшщоьу]$"),
}
"""Family names that are the same in all cases."""


def nominative(name: str, lang: Language) -> str:
    """The name of a person that stands in the genitive; as it is where that is not certain."""
    match name.split():
        case [family]:
            return _changed(family, _ADJECTIVAL) or name
        case [given, family]:
            genders: dict[str, dict[str, str]] = word_list("given_names").get(lang, {})  # genitive → nominative
            for gender, known in genders.items():
                if given in known and (said := _family(family, (gender, lang))):
                    return f"{known[given]} {said}"
    return name


def _family(family: str, whose: tuple[str, Language]) -> str | None:
    alike = _ALIKE.get(whose)
    return _changed(family, _FAMILY[whose]) or (family if alike and alike.search(family) else None)


def _changed(family: str, endings: Endings) -> str | None:
    return next((ending.sub(other, family) for ending, other in endings if ending.search(family)), None)
