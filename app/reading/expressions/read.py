"""Which phrases of a report place something, relative to which of its mentions."""

from collections.abc import Iterator, Sequence

from app.domain.reading import Mention, SpatialExpression
from app.domain.vocabulary import WATERS, PlaceKind, Relation
from app.reading.expressions.anchors import anchors_of, chains
from app.reading.expressions.grammar import NEEDED, SYMBOLS, USED, rules_for
from app.reading.expressions.measures import distance_km, glossed, part, winds
from app.reading.expressions.placing import is_acted_on, moves, tells_where
from app.reading.expressions.scene import Line, Phrase, Scene
from app.reading.mentions.name import is_adjectival
from app.reading.text.tagging import Row

_TOWN = 10_000
_BARE = frozenset(["город", "село", "посёлок", "поселок", "деревня", "місто", "селище"])
"""As a subject; in English an article stands before it."""


def expressions(scene: Scene, rows: Sequence[Row]) -> tuple[SpatialExpression, ...]:
    """In order of appearance. Every literal mention that places an event is in one of them at least.

    In a phrase that someone asks with, every name counts, and an oblast beside a settlement tells which is meant.
    """
    found = [expression for row in rows for expression in _of_row(row, scene)]
    return tuple(sorted(found, key=lambda e: (e.span.start, e.span.end, e.anchors)))


def _of_row(row: Row, scene: Scene) -> Iterator[SpatialExpression]:
    if all(token.mention is None for token in row.tokens):
        return
    line = Line(row, [SYMBOLS[token.kind] for token in row.tokens])
    symbols = "".join(line.symbols)
    for rule in rules_for(NEEDED.intersection(symbols)):
        taken = False
        for match in rule.pattern.finditer(symbols):
            made = list(_made(Phrase(rule, match, line, row, *match.span()), scene))
            yield from made
            if made and not rule.leaves:
                line.symbols[match.start() : match.end()] = [SYMBOLS[USED]] * (match.end() - match.start())
                taken = True
        if taken:
            symbols = "".join(line.symbols)


def _made(phrase: Phrase, scene: Scene) -> Iterator[SpatialExpression]:
    anchors = anchors_of(phrase, scene)
    if not anchors or not _holds(phrase, scene):
        return
    for some in chains(phrase, anchors) if phrase.rule.relation is Relation.AXIS else [anchors]:
        yield SpatialExpression(
            span=scene.view.span(*phrase.span),
            relation=_settled(phrase, some, scene),
            anchors=tuple(some),
            passage=phrase.row.passage,
            compass=winds(phrase),
            distance_km=distance_km(phrase),
            part=part(phrase),
            gloss_of=glossed(phrase),
        )


def _holds(phrase: Phrase, scene: Scene) -> bool:
    """What a rule asks besides the order of words."""
    match phrase.rule.name:
        case "moving from to":
            return moves(phrase.start, phrase.row)
        case "in the":
            return phrase.line.is_placeless(phrase.start)
        case "the town":
            return is_acted_on(phrase.row, phrase.start, phrase.end)
        case "bare town":
            said = phrase.row.tokens[phrase.start].word.lower() in _BARE
            return said and phrase.line.is_placeless(phrase.start) and is_acted_on(phrase.row, phrase.start, phrase.end)
        case "in" | "list" | "capital and":
            return tells_where(phrase, scene)
        case _:
            return True


def _settled(phrase: Phrase, anchors: list[int], scene: Scene) -> Relation:
    """What the words leave open: "the direction of X" is of the front or of a movement, "X–Y" two places or an axis."""
    rule = phrase.rule
    if rule.name in ("direction of", "direction name"):
        return Relation.OPERATIONAL_DIRECTION if _names_direction(anchors, scene) else Relation.TOWARD
    if rule.relation is Relation.AT and scene.asked and len(anchors) == 2 and _is_dashed(phrase):
        return Relation.AXIS
    if rule.name == "in" and _is_elliptic(phrase, anchors, scene):
        return Relation.OPERATIONAL_DIRECTION
    if rule.relation is Relation.AT and all(_is_river(scene.mentions[anchor], scene) for anchor in anchors):
        return Relation.ALONG
    return rule.relation


def _is_elliptic(phrase: Phrase, anchors: list[int], scene: Scene) -> bool:
    """«На Лиманському напрямку 5 атак, на Сіверському – 3»."""
    row = phrase.row
    if row.kind(phrase.start) != "on" or not row.opened_before("dir", phrase.start):
        return False
    mentions = [scene.mentions[anchor] for anchor in anchors]
    return all(is_adjectival(mention.surface) and scene.names_direction(mention) for mention in mentions)


def _names_direction(anchors: list[int], scene: Scene) -> bool:
    """Whether a stretch of the front is named after an anchor, or may be: after a town, but no capital."""
    mentions = [scene.mentions[anchor] for anchor in anchors]
    if any(scene.names_direction(mention) for mention in mentions):
        return True
    return all(_is_town(mention, scene) and not scene.lexicon.is_seat(mention.surface) for mention in mentions)


def _is_town(mention: Mention, scene: Scene) -> bool:
    places = (scene.atlas.place(reference.place_id) for reference in mention.references)
    return any(place.country == "UA" and (place.population or 0) >= _TOWN for place in places)


def _is_dashed(phrase: Phrase) -> bool:
    return any(token.kind == "dash" for token in phrase.tokens("list"))


def _is_river(mention: Mention, scene: Scene) -> bool:
    kinds = scene.kinds(mention)
    return PlaceKind.RIVER in kinds and kinds <= WATERS
