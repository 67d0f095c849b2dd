"""Russian spellings for what the register names: written down where known, else by rule, the likeliest first."""

from dataclasses import replace
from pathlib import Path

from app.domain.vocabulary import Language, NameKind, PlaceKind
from app.gazetteer.entry import Draft, Name
from app.gazetteer.inflection import Paradigms
from app.gazetteer.inflection import load as load_paradigms
from app.gazetteer.layers.regions import rows, russian_raion_names
from app.gazetteer.romanise import from_russian
from app.gazetteer.russian import RussianSpellings, load

MOST = 4
_RAION = " район"


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
    _add_raions(draft, spellings, load_paradigms(geodata, Language.RU))


def _add_raions(draft: Draft, spellings: RussianSpellings, paradigms: Paradigms) -> None:
    """«Шевченковский район»: the likeliest spelling by rule. In lists districts of cities are told by the adjective
    alone; of other raions it is no name: «Бердянском» is the town's own."""
    for place in list(draft.places.values()):
        if place.kind is PlaceKind.RAION and place.name_uk:
            adjective = spellings.of(place.name_uk.removesuffix(_RAION))[0]
            draft.places[place.id] = replace(place, name_ru=f"{adjective}{_RAION}")
            draft.name(place.id, russian_raion_names(adjective, paradigms))
            if place.raion_id:
                draft.name(place.id, [Name(adjective, Language.RU, NameKind.ADJECTIVE)])


def _names(spelt: list[str]) -> list[Name]:
    names = [
        Name(text, Language.RU, NameKind.VARIANT if i else NameKind.RUSSIAN, inflect=i < 2)
        for i, text in enumerate(spelt)
    ]
    for text in spelt[:2]:
        names += [Name(latin, Language.EN, NameKind.VARIANT) for latin in sorted(from_russian(text))]
    return names
