"""Russian spellings for the register's settlements: written down where known, else by rule, the likeliest first."""

from dataclasses import replace
from pathlib import Path

from app.domain.vocabulary import Language, NameKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.layers.regions import rows
from app.gazetteer.romanise import from_russian
from app.gazetteer.russian import load

MOST = 4


def add(draft: Draft, geodata: Path) -> None:
    """A name that is written down is the Russian one; else the first by rule. The others, and their romanisation, are
    variants."""
    spellings = load(geodata)
    known = {row["place_id"]: row["name_ru"] for row in rows(geodata / "russian_names.csv")}
    by_name: dict[tuple[str, str | None], list[Name]] = {}
    for place in list(draft.places.values()):
        if not place.is_settlement or place.country != "UA" or not place.name_uk:
            continue
        name_ru = known.get(place.id)
        if name_ru:
            draft.places[place.id] = replace(place, name_ru=name_ru)
        if (place.name_uk, name_ru) not in by_name:
            spelt = spellings.of(place.name_uk)
            written = [name_ru] if name_ru else []
            by_name[place.name_uk, name_ru] = _names(list(dict.fromkeys((*written, *spelt[:-1][:MOST], spelt[-1]))))
        draft.name(place.id, by_name[place.name_uk, name_ru])


def _names(spelt: list[str]) -> list[Name]:
    names = [
        Name(text, Language.RU, NameKind.VARIANT if i else NameKind.RUSSIAN, inflect=i < 2)
        for i, text in enumerate(spelt)
    ]
    for text in spelt[:2]:
        names += [Name(latin, Language.EN, NameKind.VARIANT) for latin in sorted(from_russian(text))]
    return names
