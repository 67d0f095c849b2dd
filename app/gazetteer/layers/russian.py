"""Russian spellings for the register's settlements: written down where known, else by rule, the likeliest first."""

from pathlib import Path

from app.domain.vocabulary import Language, NameKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.romanise import from_russian
from app.gazetteer.russian import load

MOST = 4


def add(draft: Draft, geodata: Path) -> None:
    """The first spelling by rule counts as the Russian name; the others are variants, and so is their romanisation."""
    spellings = load(geodata)
    by_name: dict[str, list[Name]] = {}
    for place in draft.places.values():
        if not place.is_settlement or place.country != "UA" or not place.name_uk:
            continue
        if place.name_uk not in by_name:
            spelt = spellings.of(place.name_uk)
            by_name[place.name_uk] = _names([*spelt[:-1][:MOST], spelt[-1]])
        draft.name(place.id, by_name[place.name_uk])


def _names(spelt: list[str]) -> list[Name]:
    names = [
        Name(text, Language.RU, NameKind.VARIANT if i else NameKind.RUSSIAN, inflect=i < 2)
        for i, text in enumerate(spelt)
    ]
    for text in spelt[:2]:
        names += [Name(latin, Language.EN, NameKind.VARIANT) for latin in sorted(from_russian(text))]
    return names
