"""Which phrases of a report place something, relative to which of its mentions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.place import Atlas
from app.domain.reading import Mention, SpatialExpression
from app.domain.report import Report
from app.domain.vocabulary import Compass, PlaceKind, Relation, Use
from app.reading.grammar import RULES, SYMBOLS, USED, Rule
from app.reading.lexicon import Lexicon
from app.reading.mentions_use import LOCATING
from app.reading.tagging import Row
from app.reading.view import View


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the rules look at besides the row itself."""

    report: Report
    view: View
    mentions: tuple[Mention, ...]
    atlas: Atlas
    lexicon: Lexicon
    asked: bool


def expressions(
    report: Report,
    view: View,
    rows: Sequence[Row],
    mentions: tuple[Mention, ...],
    atlas: Atlas,
    lexicon: Lexicon,
    *,
    asked: bool = False,
) -> tuple[SpatialExpression, ...]:
    """In order of appearance. Every literal mention that places an event is in one of them at least.

    In a phrase that someone asks with, every name counts, and an oblast beside a settlement tells which is meant.
    """
    scene = _Scene(report, view, mentions, atlas, lexicon, asked)
    found = [expression for row in rows for expression in _of_row(row, scene)]
    return tuple(sorted(found, key=lambda e: (e.span, e.anchors)))


def _of_row(row: Row, scene: _Scene) -> list[SpatialExpression]:
    symbols = [SYMBOLS[token.kind] for token in row.tokens]
    found: list[SpatialExpression] = []
    if not any(token.mention is not None for token in row.tokens):
        return found
    present = set(symbols)
    said = "".join(symbols)
    for rule in RULES:
        if present.isdisjoint(rule.needs):
            continue
        for match in rule.pattern.finditer(said):
            made = list(_made(rule, match, row, scene, symbols))
            if made:
                found += made
                if rule.leaves:
                    continue
                symbols[match.start() : match.end()] = [SYMBOLS[USED]] * (match.end() - match.start())
        said = "".join(symbols)
    return found


def _made(
    rule: Rule, match: re.Match[str], row: Row, scene: _Scene, symbols: list[str]
) -> Iterable[SpatialExpression]:
    anchors = _anchors(rule, match, row, scene, symbols)
    if not anchors:
        return
    first, last = row.tokens[match.start()], row.tokens[match.end() - 1]
    if rule.name in ("in", "list") and not _tells_where(match, row, scene, symbols):
        return
    for some in _pairs(match, row, anchors) if rule.relation is Relation.AXIS else [anchors]:
        yield SpatialExpression(
            span=scene.view.span(first.start, last.end),
            relation=_settled(rule, some, scene, dashed=_is_dashed(match, row)),
            anchors=tuple(some),
            passage=row.passage,
            compass=_winds(match, row),
            distance_km=_distance(match, row),
            part=_part(match, row),
            gloss_of=_glossed(match.start(), row),
        )


def _settled(rule: Rule, anchors: list[int], scene: _Scene, *, dashed: bool) -> Relation:
    """What the words leave open: "in the direction of X" is a stretch of the front where X names one, else a movement."""
    if rule.name in ("direction of", "direction name"):
        named = any(
            scene.atlas.directions(reference.place_id, scene.report.published)
            for anchor in anchors
            for reference in scene.mentions[anchor].references
        )
        return Relation.OPERATIONAL_DIRECTION if named or _are_towns(anchors, scene) else Relation.TOWARD
    if scene.asked and rule.relation is Relation.AT and len(anchors) == 2 and dashed:
        return Relation.AXIS
    if rule.relation is Relation.AT and all(_is_river(scene.mentions[anchor], scene.atlas) for anchor in anchors):
        return Relation.ALONG
    return rule.relation


def _is_dashed(match: re.Match[str], row: Row) -> bool:
    return any(token.kind == "dash" for token in row.tokens[match.start() : match.end()])


def _are_towns(anchors: list[int], scene: _Scene) -> bool:
    """Whether stretches of the front are named after such places: towns, but no capital."""
    return all(
        not scene.lexicon.is_seat(scene.mentions[anchor].surface)
        and any(scene.atlas.place(r.place_id).kind is PlaceKind.CITY for r in scene.mentions[anchor].references)
        for anchor in anchors
    )


def _pairs(match: re.Match[str], row: Row, anchors: list[int]) -> Iterable[list[int]]:
    """"A – B and C – D" are two axes; "A – B – C" is one."""
    chains: list[list[int]] = []
    previous = -9
    for index in range(*match.span("list")):
        mention = row.tokens[index].mention
        if mention not in anchors:
            continue
        if chains and not {row.kind(i) for i in range(previous + 1, index)} & {"and", "comma", "semicolon", "slash"}:
            chains[-1].append(mention)
        else:
            chains.append([mention])
        previous = index
    whole = [chain for chain in chains if len(chain) > 1]
    return whole if len(whole) == len(chains) else [anchors]


def _tells_where(match: re.Match[str], row: Row, scene: _Scene, symbols: list[str]) -> bool:
    """Whether a place named without a relation is where something happens, not what is talked about."""
    if scene.asked:
        return True
    start, end = match.span("list")
    if _is_past(row, start, scene.report.published.year):
        return False
    if match.start() < start:
        governor = row.closes(match.start() - 1)
        return "past" not in governor
    first = next(index for index in range(start, end) if row.tokens[index].mention is not None)
    index = first - 1
    while index >= 0 and row.kind(index) in _FILL and "hit" not in row.closes(index):
        index -= 1
    before = row.kind(index)
    if before in ("and", "comma") and index and symbols[index - 1] == SYMBOLS[USED]:
        return True
    if before == "to":
        return any("motion" in row.closes(near) for near in range(index - 4, index))
    if before in LOCATING or row.tokens[first].kind in ("stream", "site") or row.closes(index) & {"hit", "suffer", "including"}:
        return True
    if _is_acted_on(row, first, end):
        return True
    alone = row.kind(end) in ("stop", "edge", "colon", "open", "other", "semicolon") or (row.kind(end) == "dash" and not row.touching(end))
    if before in ("edge", "stop", "other", "colon", "semicolon", "gone", "digits") or (before == "dash" and not row.touching(index)):
        return alone
    return False


def _is_acted_on(row: Row, first: int, end: int) -> bool:
    """Whether a verb a few words before or behind says what was done to the place: "shelled from mortars X", "X was taken"."""
    for index in range(first - 1, max(first - 6, -1), -1):
        if row.closes(index) & {"suffer", "hit", "including"}:
            return True
        if row.kind(index) not in _LOOSE:
            break
    if "onto" in row.closes(first - 1):
        return True
    if row.kind(end - 1) == "poss" and row.tokens[first].kind == "place" and "territory" in row.opens(end) | row.opens(end + 1):
        return True
    for index in range(end, end + 4):
        if row.opens(index) & {"suffer", "hit"}:
            return True
        if "say" in row.opens(index):
            break
        if row.kind(index) != "word":
            break
    return False


_LOOSE = frozenset({"word", "det", "dem", "windy", "town", "digits", "from", "about", "number", "of", "quote", "admin"})


_FILL = frozenset({"det", "dem", "windy", "this", "town", "of", "quote", "admin", "dot"})


def _is_past(row: Row, index: int, year: int) -> bool:
    """Whether the sentence names an earlier year, as a look back does."""
    for step in (1, -1):
        place = index
        while row.kind(place) not in ("stop", "edge"):
            token = row.tokens[place]
            if token.kind == "digits" and len(token.word) == 4 and token.word.isdigit() and 1900 < int(token.word) < year:
                return True
            place += step
    return False


def _is_river(mention: Mention, atlas: Atlas) -> bool:
    kinds = mention.kinds or {atlas.place(r.place_id).kind for r in mention.references}
    return PlaceKind.RIVER in kinds and kinds <= {PlaceKind.RIVER, PlaceKind.SEA}


def _anchors(rule: Rule, match: re.Match[str], row: Row, scene: _Scene, symbols: list[str]) -> list[int]:
    groups = match.groupdict()
    listed = _listed(row, *match.span("list"), symbols) if groups.get("list") else []
    if listed and (scene.asked or rule.relation in (Relation.OUTSKIRTS, Relation.PART, Relation.BEARING)):
        listed = _without_containers(listed, row, match.start("list"))
    if listed and not groups.get("back"):
        return listed
    before = match.start("back") if groups.get("back") else match.start()
    words = row.tokens[before : match.end("back")] if groups.get("back") else []
    referred = _referred(row, before, {token.kind for token in words}, scene)
    return listed if referred is None else [*listed, referred]


def _listed(row: Row, start: int, end: int, symbols: list[str]) -> list[int]:
    """The mentions of a list, without glosses in brackets and without the oblast a village is said to lie in."""
    anchors: list[int] = []
    depth = 0
    previous = -9
    for index in range(start, end):
        token = row.tokens[index]
        depth += (token.kind == "open") - (token.kind == "close")
        if row.kind(index + 1) == "poss" and row.kind(index + 2) in ("place", "expanse", "tract"):
            continue
        if token.mention is None or depth > 0 or symbols[index] == SYMBOLS[USED]:
            continue
        if token.kind == "expanse" and previous >= 0 and row.tokens[previous].kind in ("place", "site", "tract") and _contains(row, previous, index):
            previous = index
            continue
        anchors.append(token.mention)
        previous = index
    return anchors


def _without_containers(anchors: list[int], row: Row, start: int) -> list[int]:
    """The outskirts of a town "in Donetsk Oblast" are not those of the oblast."""
    kinds = {token.mention: token.kind for token in row.tokens[start:] if token.mention in anchors}
    towns = [anchor for anchor in anchors if kinds[anchor] == "place"]
    return towns or anchors


def _contains(row: Row, place: int, expanse: int) -> bool:
    """«Степового Донецької області», "Bakhmut, Donetsk Oblast": but "X in the Y region" places in both."""
    between = {row.kind(index) for index in range(place + 1, expanse)}
    return not between & {"in", "and"}


def _referred(row: Row, before: int, words: set[str], scene: _Scene) -> int | None:
    """What "the city", "that region", "the capital" refer to: what was last spoken of before a token, here or earlier."""
    start = row.tokens[before].start if before < len(row.tokens) else 0
    position = scene.view.span(start, start + 1).start
    for number in range(len(scene.mentions) - 1, -1, -1):
        mention = scene.mentions[number]
        if mention.span.start < position and _may_be_meant(mention, words, scene):
            return number
    return None


def _may_be_meant(mention: Mention, words: set[str], scene: _Scene) -> bool:
    if "capital" in words:
        return scene.lexicon.is_seat(mention.surface)
    if "admin" in words:
        return bool({scene.atlas.place(r.place_id).kind for r in mention.references} & {PlaceKind.OBLAST})
    if mention.use is not Use.LITERAL:
        return False
    if "district" in words:
        return PlaceKind.RAION in mention.kinds
    return _is_settlement(mention, scene.atlas)


def _is_settlement(mention: Mention, atlas: Atlas) -> bool:
    if mention.kinds:
        return bool(mention.kinds & {PlaceKind.SETTLEMENT, PlaceKind.CITY})
    return any(atlas.place(r.place_id).is_settlement for r in mention.references) or not mention.references


def _winds(match: re.Match[str], row: Row) -> tuple[Compass, ...]:
    if not match.groupdict().get("winds"):
        return ()
    start, end = match.span("winds")
    found = [Compass(str(t.value)) for t in row.tokens[start:end] if t.kind in ("compass", "windy", "bearing")]
    return tuple(dict.fromkeys(found))


def _distance(match: re.Match[str], row: Row) -> float | None:
    """In km; the middle of a range; None for a depth of advance, which is no location."""
    if not match.groupdict().get("dist"):
        return None
    start, end = match.span("dist")
    if any("advance" in row.closes(index) for index in range(start - 2, start)):
        return None
    numbers: list[float] = []
    for token in row.tokens[start:end]:
        if token.kind == "digits":
            numbers.append(_number(token.word))
        elif token.kind == "number":
            numbers.append(float(token.value or 0))
        elif token.kind == "unit":
            return sum(numbers) / len(numbers) * float(token.value or 1) if numbers else None
    return None


def _number(word: str) -> float:
    """1,450 is a thousand and more, 1,5 one and a half."""
    whole, _, rest = word.replace(".", ",").partition(",")
    if "," in word and len(rest) == 3 and "," not in rest and whole != "0":
        return float(whole + rest)
    try:
        return float(f"{whole}.{rest or 0}")
    except ValueError:
        return float(whole)


def _part(match: re.Match[str], row: Row) -> str | None:
    if not match.groupdict().get("part"):
        return None
    index = match.start("part")
    return str(row.tokens[index].value or row.kind(index))


def _glossed(start: int, row: Row) -> int | None:
    """The mention that a phrase in brackets explains."""
    for index in range(start - 1, max(-1, start - 5), -1):
        if row.kind(index) == "open":
            return row.tokens[index - 1].mention if index else None
        if row.kind(index) in ("close", "stop"):
            return None
    return None
