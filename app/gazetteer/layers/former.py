"""What were places called before? Names of other days, in all three languages, with the days they were in force."""

from collections.abc import Iterator
from pathlib import Path

from app.domain.vocabulary import Language, NameKind
from app.gazetteer import russian
from app.gazetteer.entry import Draft, Name
from app.gazetteer.layers.regions import rows
from app.gazetteer.romanise import english, from_russian, from_ukrainian
from app.gazetteer.russian import RussianSpellings

_SPELLINGS = 2


def add(draft: Draft, geodata: Path) -> None:
    """Reports go on using names for years after they were changed, so no date shuts a former name out."""
    spellings = russian.load(geodata)
    for row in rows(geodata / "former_names.csv"):
        draft.name(row["place_id"], _names(row, spellings))


def _names(row: dict[str, str], spellings: RussianSpellings) -> Iterator[Name]:
    name_uk = row["name_uk"]
    yield _name(row, name_uk, Language.UK)
    for latin in (english(name_uk), *sorted(from_ukrainian(name_uk))):
        yield _name(row, latin, Language.EN)
    for name_ru in spellings.of(name_uk)[:_SPELLINGS]:
        yield _name(row, name_ru, Language.RU)
        for latin in sorted(from_russian(name_ru)):
            yield _name(row, latin, Language.EN)


def _name(row: dict[str, str], text: str, lang: Language) -> Name:
    return Name(text, lang, NameKind.FORMER, valid_from=row["valid_from"] or None, valid_to=row["valid_to"] or None)
