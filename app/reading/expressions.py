"""Which phrases of a report place something, relative to which of its mentions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.place import Atlas
from app.domain.reading import Mention, SpatialExpression
from app.domain.report import Report
from app.domain.vocabulary import Compass, PlaceKind, Relation, Use
from app.reading.grammar import RULES, SYMBOLS, USED, Rule
from app.reading.tagging import Row, Token
from app.reading.view import View


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the rules look at besides the row itself."""

    report: Report
    view: View
    mentions: tuple[Mention, ...]
    atlas: Atlas


def expressions(
    report: Report, view: View, rows: Sequence[Row], mentions: tuple[Mention, ...], atlas: Atlas
) -> tuple[SpatialExpression, ...]:
    """In order of appearance. Every literal mention that places an event is in one of them at least."""
    scene = _Scene(report, view, mentions, atlas)
    found = [expression for row in rows for expression in _of_row(row, scene)]
    return tuple(sorted(found, key=lambda e: (e.span, e.anchors)))


def _of_row(row: Row, scene: _Scene) -> list[SpatialExpression]:
    symbols = [SYMBOLS[token.kind] for token in row.tokens]
    found: list[SpatialExpression] = []
    if not any(token.mention is not None for token in row.tokens):
        return found
    for rule in RULES:
        for match in rule.pattern.finditer("".join(symbols)):
            made = list(_made(rule, match, row, scene))
            if made:
                found += made
                symbols[match.start() : match.end()] = [SYMBOLS[USED]] * (match.end() - match.start())
    return found


def _made(rule: Rule, match: re.Match[str], row: Row, scene: _Scene) -> Iterable[SpatialExpression]:
    anchors = _anchors(match, row, scene)
    if not anchors:
        return
    first, last = row.tokens[match.start()], row.tokens[match.end() - 1]
    expression = SpatialExpression(
        span=scene.view.span(first.start, last.end),
        relation=rule.relation,
        anchors=tuple(anchors),
        passage=row.passage,
        compass=_winds(match, row),
        distance_km=_distance(match, row),
        part=_part(match, row),
        gloss_of=_glossed(match.start(), row),
    )
    yield expression


def _anchors(match: re.Match[str], row: Row, scene: _Scene) -> list[int]:
    groups = match.groupdict()
    if groups.get("list"):
        return _listed(row, *match.span("list"))
    before = match.start("back") if groups.get("back") else match.start()
    referred = _referred(row, before, scene)
    return [] if referred is None else [referred]


def _listed(row: Row, start: int, end: int) -> list[int]:
    """The mentions of a list, without glosses in brackets and without the oblast a village is said to lie in."""
    anchors: list[int] = []
    depth = 0
    previous = -9
    for index in range(start, end):
        token = row.tokens[index]
        depth += (token.kind == "open") - (token.kind == "close")
        if token.mention is None or depth > 0:
            continue
        if token.kind == "expanse" and row.tokens[previous].kind == "place" and _contains(row, previous, index):
            previous = index
            continue
        anchors.append(token.mention)
        previous = index
    return anchors


def _contains(row: Row, place: int, expanse: int) -> bool:
    """«Степового Донецької області», "Bakhmut, Donetsk Oblast": but "X in the Y region" places in both."""
    between = {row.kind(index) for index in range(place + 1, expanse)}
    return not between & {"in", "and"}


def _referred(row: Row, before: int, scene: _Scene) -> int | None:
    """The settlement last spoken of before a token: in this passage, else in an earlier one."""
    start = row.tokens[before].start if before < len(row.tokens) else 0
    position = scene.view.span(start, start + 1).start
    for number in range(len(scene.mentions) - 1, -1, -1):
        mention = scene.mentions[number]
        if mention.span.start < position and mention.use is Use.LITERAL and _is_settlement(mention, scene.atlas):
            return number
    return None


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
    value = row.tokens[match.start("part")].value
    return None if value is None else str(value)


def _glossed(start: int, row: Row) -> int | None:
    """The mention that a phrase in brackets explains."""
    for index in range(start - 1, max(-1, start - 5), -1):
        if row.kind(index) == "open":
            return row.tokens[index - 1].mention if index else None
        if row.kind(index) in ("close", "stop"):
            return None
    return None
