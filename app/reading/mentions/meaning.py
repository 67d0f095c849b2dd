"""Whether a known name means the place, stands for a government or in another name, or is no name at all here.

Each rule looks at the words around one name and answers, or leaves the question to the next rule.
"""

from collections.abc import Callable

from app.reading.mentions.name import Meaning, Name
from app.reading.mentions.organisations import hyphenated, organisation_after, organisation_before, possessive
from app.reading.mentions.other_names import (
    adjective_alone,
    alias,
    byline,
    dateline,
    ordinary_word,
    person,
    quoted,
    street,
)
from app.reading.mentions.powers import metonymy, place_of_power

_RULES: tuple[Callable[[Name], Meaning | None], ...] = (
    person,
    alias,
    ordinary_word,
    dateline,
    byline,
    street,
    quoted,
    hyphenated,
    organisation_after,
    adjective_alone,
    organisation_before,
    possessive,
    place_of_power,
    metonymy,
)


def meaning_of(name: Name) -> Meaning:
    for rule in _RULES:
        meaning = rule(name)
        if meaning is not None:
            return meaning
    return Meaning.LITERAL
