"""Which stretches of a report name a place, and how each is meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.domain.place import Atlas, NameReference
from app.domain.reading import Mention
from app.domain.report import Report
from app.domain.vocabulary import SETTLEMENTS, WATERS, PlaceKind, Use
from app.reading.mentions.meaning import meaning_of
from app.reading.mentions.name import Meaning, Standing, is_adjectival, name_at, standing
from app.reading.mentions.unknown import Guesses, unknown_names
from app.reading.text.tagging import Row, Token
from app.reading.text.view import View

_AREAS = frozenset({PlaceKind.OBLAST, PlaceKind.REGION, PlaceKind.COUNTRY, PlaceKind.SEA})
_BY_GENERIC: dict[str, frozenset[PlaceKind]] = {
    "admin": frozenset({PlaceKind.OBLAST, PlaceKind.REGION, PlaceKind.COUNTRY}),
    "district": frozenset({PlaceKind.RAION}),
    "water": WATERS,
    "facility": frozenset({PlaceKind.FACILITY}),
    "works": frozenset({PlaceKind.FACILITY}),
    "town": SETTLEMENTS,
}
_GENERIC = frozenset(_BY_GENERIC)
_RUN = re.compile(r"[\w']+")
_SMALL = re.compile(r"[^\W\d_A-ZА-ЯЁІЇЄҐ][^\W\d_]{2,30}")
_SEPARATORS = frozenset({"comma", "and", "slash"})


@dataclass(slots=True)
class _Found:
    """A name of one row: tokens `first` to `last`, and what is said of it so far."""

    first: int
    last: int
    meaning: Meaning
    references: tuple[NameReference, ...]
    kinds: frozenset[PlaceKind]
    own_kinds: frozenset[PlaceKind]
    fuzzy: bool = False


def mentions(report: Report, view: View, rows: list[Row], atlas: Atlas, *, asked: bool = False) -> tuple[Mention, ...]:
    """In order of appearance, not overlapping. In `rows`, every mention becomes one token that knows its index.

    In a phrase that someone asks with, every name is meant literally.
    """
    lower = frozenset(map(_small_word, set(_RUN.findall(view.text))))
    guesses = Guesses(atlas)
    mentioned: list[Mention] = []
    for row in rows:
        found = _without_overlaps([*_unknown(row, atlas, guesses, asked), *_known(row, atlas, lower, asked)])
        if not found:
            continue
        _share_generics(row, found)
        kept = [name for name in found if name.meaning is not Meaning.NOTHING]
        for name in kept:
            span = view.span(row.starts[name.first], row.ends[name.last])
            use = Use.LITERAL if name.meaning is Meaning.LITERAL else Use.ASSOCIATIVE
            mentioned.append(
                Mention(span, span.of(report.text), use, name.references, row.passage, name.kinds, name.fuzzy)
            )
        row.merge(_marked(row, found, len(mentioned) - len(kept)))
    return tuple(mentioned)


@lru_cache(maxsize=20_000)
def _small_word(run: str) -> str:
    """The word in small letters that a run of letters and apostrophes begins with; empty where there is none."""
    small = _SMALL.match(run)
    return small.group() if small else ""


def _without_overlaps(found: list[_Found]) -> list[_Found]:
    """In order; of two that share a word, the one that begins first."""
    kept: list[_Found] = []
    for name in sorted(found, key=lambda name: name.first):
        if not kept or name.first > kept[-1].last:
            kept.append(name)
    return kept


def _known(row: Row, atlas: Atlas, lower: frozenset[str], asked: bool) -> list[_Found]:
    found = []
    for index, token in enumerate(row.tokens):
        if token.hit is None:
            continue
        borne = standing(token.hit.references, atlas)
        last, demanded = _with_generic(row, index, borne)
        meaning = Meaning.LITERAL if asked else meaning_of(name_at(row, index, last, borne, lower))
        found.append(_Found(index, last, meaning, token.hit.references, demanded, borne.kinds))
    return found


def _unknown(row: Row, atlas: Atlas, guesses: Guesses, asked: bool) -> list[_Found]:
    return [
        _Found(
            u.first,
            u.last,
            Meaning.LITERAL,
            u.references,
            _BY_GENERIC.get(u.generic, frozenset()),
            frozenset(),
            u.fuzzy,
        )
        for u in unknown_names(row, atlas, guesses, asked)
    ]


def _with_generic(row: Row, index: int, borne: Standing) -> tuple[int, frozenset[PlaceKind]]:
    """The last token of the name, a generic word that belongs to it included, and the kinds its neighbours demand."""
    kinds = borne.kinds
    following = row.opens(index + 1)
    if _GENERIC.isdisjoint(following):
        return index, _demanded_before(row, index, kinds)
    token = row.tokens[index]
    adjectival = borne.adjectival or is_adjectival(token.word)
    latin = token.word[0] < "\u0250"
    may_own = {
        "town": latin and row.tokens[index + 1].word == "City" and bool(kinds & SETTLEMENTS),
        "works": True,
        "admin": adjectival or (latin and bool(kinds & {*_AREAS, PlaceKind.CITY})),
        "district": adjectival or latin,
        "water": (adjectival or latin) and bool(kinds & _BY_GENERIC["water"]),
        "facility": adjectival and not latin and "common" not in token.opens,
    }
    for generic, owned in may_own.items():
        if owned and generic in following:
            return index + 1, _BY_GENERIC[generic]
    return index, _demanded_before(row, index, kinds)


def _demanded_before(row: Row, index: int, kinds: frozenset[PlaceKind]) -> frozenset[PlaceKind]:
    previous = row.kind(index - 1)
    if previous == "of":
        previous = row.kind(index - 2)
    if previous in ("town", "water") and kinds & _BY_GENERIC[previous] and PlaceKind.OBLAST not in kinds:
        return _BY_GENERIC[previous]
    if previous in ("bank", "along") and PlaceKind.RIVER in kinds:
        return _BY_GENERIC["water"]
    article = previous == "det" and row.tokens[index - 1].word.lower() == "the"
    if article and PlaceKind.RIVER in kinds and row.kind(index + 1) not in ("area", "dir", "line", "town"):
        return _BY_GENERIC["water"]
    return frozenset()


def _share_generics(row: Row, found: list[_Found]) -> None:
    """In "Kharkiv and Sumy oblasts", "сіл А, Б та В" the generic word counts for the whole list."""
    at = {name.first: name for name in found}
    ends = {name.last: name for name in found}
    for name in found:
        plural = _is_plural(row, name)
        if plural and not name.kinds:
            name.kinds = name.own_kinds
        if name.kinds and (name.last > name.first or plural):
            _spread(row, name, ends, -1)
    for name in found:
        previous = row.kind(name.first - 1)
        generic = row.kind(name.first - 2) if previous == "of" else previous
        named_so = row.tokens[name.first - 1].kind == "of" and name.last == name.first and not name.own_kinds <= _AREAS
        if generic in ("admin", "district") and named_so:
            name.kinds = _BY_GENERIC[generic]
        if generic in ("town", "admin", "district") and name.kinds:
            _spread(row, name, at, 1)


def _is_plural(row: Row, name: _Found) -> bool:
    """Whether the atlas knows the name with its generic word, which stands in the plural: "Sumy oblasts"."""
    word = row.tokens[name.first].word
    belongs = " " in word and bool(row.closes(name.first) & {"admin", "district"})
    return name.first == name.last and belongs and (word.endswith("s") or _PLURAL.match(word) is not None)


_PLURAL = re.compile(r".+(?:[іо]в|[аяи]х|[аи]ми|ей|ам)$")


def _overrules(row: Row, name: _Found, step: int) -> bool:
    """«населені пункти Чугуївського, Харківського районів»: a plural behind a list tells more than a noun before it."""
    generic = row.tokens[name.last].word.split()[-1]
    return step < 0 and _PLURAL.match(generic) is not None


def _spread(row: Row, name: _Found, neighbours: dict[int, _Found], step: int) -> None:
    edge = name.first if step < 0 else name.last
    while row.kind(edge + step) in _SEPARATORS:
        edge += step
        while row.kind(edge + step) in ("and", "det"):
            edge += step
        beside = neighbours.get(edge + step)
        if beside is None or beside.last > beside.first or (beside.kinds and not _overrules(row, name, step)):
            return
        if (
            not beside.own_kinds & name.kinds
            and PlaceKind.OBLAST not in name.kinds
            and PlaceKind.RAION not in name.kinds
        ):
            return
        if step > 0 and PlaceKind.OBLAST in name.kinds and not beside.own_kinds & {*_AREAS, PlaceKind.CITY}:
            return
        beside.kinds = name.kinds
        if beside.meaning is Meaning.NOTHING:
            beside.meaning = Meaning.LITERAL
        edge = beside.first if step < 0 else beside.last


def _marked(row: Row, found: list[_Found], number: int) -> Iterator[tuple[int, int, Token]]:
    """One token a mention, numbered from `number` on; a name that is none, or not the place itself, becomes an ordinary
    capitalised word."""
    for name in found:
        token = row.tokens[name.first]
        if name.meaning is Meaning.NOTHING:
            yield name.first, name.first, token.as_kind("cap")
        else:
            kind = _shape(name) if name.meaning is Meaning.LITERAL else "cap"
            yield name.first, name.last, token.as_mention(number, kind, row.tokens[name.last].closes)
            number += 1


def _shape(name: _Found) -> str:
    """The class of the mention for the grammar of expressions."""
    kinds = name.kinds or name.own_kinds
    if kinds and kinds <= _AREAS:
        return "expanse"
    if kinds == {PlaceKind.FACILITY}:
        return "site"
    if PlaceKind.RAION in kinds and kinds <= {PlaceKind.RAION}:
        return "tract"
    if kinds and kinds <= WATERS:
        return "stream" if PlaceKind.RIVER in name.own_kinds or not name.own_kinds else "expanse"
    return "place"
