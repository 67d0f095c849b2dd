"""Which mentions a phrase is anchored on: those it lists, or what "the city" or "that region" refers back to."""

import re
from collections.abc import Iterable

from app.domain.reading import Mention
from app.domain.vocabulary import SETTLEMENTS, PlaceKind, Relation, Use
from app.reading.expressions.scene import Phrase, Scene
from app.reading.mentions.name import is_adjectival
from app.reading.text.tagging import Row

_PLACES = ("place", "expanse", "tract")
_APART = frozenset({"and", "comma", "semicolon", "slash"})
_BOUNDED = (Relation.OUTSKIRTS, Relation.PART, Relation.BEARING)
"""Relations to one bounded place: the outskirts of a town "in Donetsk Oblast" are not those of the oblast."""


def anchors_of(phrase: Phrase, scene: Scene) -> list[int]:
    """Indexes into the mentions, in the order said."""
    anchors = _listed(phrase) if phrase.has("list") else []
    if scene.asked or phrase.rule.relation in _BOUNDED:
        anchors = _without_containers(anchors, phrase)
    if anchors and not phrase.has("back"):
        return anchors
    before = phrase.match.start("back") if phrase.has("back") else phrase.start
    words = {token.kind for token in phrase.tokens("back")}
    if any(_CITY.match(token.word) for token in phrase.tokens("back")):
        words.add("city")
    referred = _referred(phrase.row, before, words, scene)
    return anchors if referred is None else [*anchors, referred]


def chains(phrase: Phrase, anchors: list[int]) -> Iterable[list[int]]:
    """The anchors of an axis: "A – B and C – D" are two axes, "A – B – C" is one."""
    found: list[list[int]] = []
    previous = -1
    for index in phrase.stretch("list"):
        mention = phrase.row.tokens[index].mention
        if mention is None or mention not in anchors:
            continue
        if found and not {phrase.row.kind(i) for i in range(previous + 1, index)} & _APART:
            found[-1].append(mention)
        else:
            found.append([mention])
        previous = index
    return found if all(len(chain) > 1 for chain in found) else [anchors]


def _listed(phrase: Phrase) -> list[int]:
    """The mentions of a list, without glosses in brackets and without the oblast a village is said to lie in."""
    anchors: list[int] = []
    row = phrase.row
    depth = 0
    previous = -1
    for index in phrase.stretch("list"):
        token = row.tokens[index]
        depth += (token.kind == "open") - (token.kind == "close")
        if token.mention is None or phrase.line.is_used(index) or _owns_next(row, index):
            continue
        if depth > 0:
            if token.kind != "expanse" and row.kind(previous) == "expanse":
                anchors.append(token.mention)  # Poltava Oblast (Myrhorod)
            continue
        if previous < 0 or not (_contains(row, previous, index) or _is_of_city(row, previous, index)):
            anchors.append(token.mention)
        previous = index
    return anchors


_QUALIFYING = frozenset({"windy", "dem", "word", "border", "coast"})


def _owns_next(row: Row, index: int) -> bool:
    """In "Ukraine's southern Kherson region", "the Donetsk region town of Toretsk" the second name is the place."""
    after = index + 1
    owned = row.kind(after) == "poss"
    after += owned
    after += row.kind(after) in _QUALIFYING
    if row.kind(after) == "town":
        after += 1 + (row.kind(after + 1) == "of")
    elif not owned:
        return False
    return row.kind(after) in _PLACES or (owned and row.kind(after) == "stream")


_OF_CITY = frozenset({"of", "town", "det"})


def _is_of_city(row: Row, part: int, city: int) -> bool:
    """«Шевченківському районі Харкова», "the Kanal microdistrict of Chasiv Yar": the city says whose part it is."""
    between = {row.kind(index) for index in range(part + 1, city)}
    latin = row.tokens[city].word[0] < "\u0250"
    joined = "of" in between if latin else True
    return row.kind(part) in ("tract", "site") and row.kind(city) == "place" and joined and between <= _OF_CITY


def _contains(row: Row, place: int, expanse: int) -> bool:
    """«Степового Донецької області», "Bakhmut, Donetsk Oblast": but "X in the Y region" places in both."""
    between = {row.kind(index) for index in range(place + 1, expanse)}
    if between == {"comma"} and is_adjectival(row.tokens[place].word):
        return False  # «Запорізька, Київська та Сумська області»
    if row.kind(expanse) == "tract":  # «Октябрьский Белгородского района»
        return row.kind(place) == "place" and not between
    if row.kind(expanse) != "expanse":
        return False
    return row.kind(place) in ("place", "site", "tract") and not between & {"in", "and"}


def _without_containers(anchors: list[int], phrase: Phrase) -> list[int]:
    kinds = {token.mention: token.kind for token in phrase.tokens("list")}
    towns = [anchor for anchor in anchors if kinds[anchor] == "place"]
    return towns or anchors


_CITY = re.compile(r"(?:city|город|міст)", re.IGNORECASE)


def _referred(row: Row, before: int, words: set[str], scene: Scene) -> int | None:
    """What "the city", "that region", "the capital" refer to: what was last spoken of before a token."""
    nearby = row.tokens[max(0, before - _MEMORY) : before]
    known = [token.mention for token in nearby if token.mention is not None]
    last = known[-1] if known else _last_before(row, scene)
    for number in range(last, max(-1, last - _MEMORY), -1):
        if _may_be_meant(scene.mentions[number], words, scene):
            return number
    return None


_MEMORY = 200
"""Words, or names, that a reader still has in mind."""


def _last_before(row: Row, scene: Scene) -> int:
    """Index of the last mention of an earlier passage, -1 where there is none."""
    low, high = 0, len(scene.mentions)
    while low < high:
        middle = (low + high) // 2
        if scene.mentions[middle].passage < row.passage:
            low = middle + 1
        else:
            high = middle
    return low - 1


def _may_be_meant(mention: Mention, words: set[str], scene: Scene) -> bool:
    if "capital" in words:
        return scene.lexicon.is_seat(mention.surface)
    if "admin" in words:
        return PlaceKind.OBLAST in scene.kinds(mention)
    if mention.use is not Use.LITERAL:
        return False
    if "dir" in words:
        return scene.names_direction(mention)
    if "district" in words:
        return PlaceKind.RAION in mention.kinds
    may_be = {PlaceKind.CITY} if "city" in words else SETTLEMENTS
    return not mention.references or bool(scene.kinds(mention) & may_be)
