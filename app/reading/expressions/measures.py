"""Which bearings, distance and part a phrase states, and which mention it explains."""

from app.domain.vocabulary import Compass
from app.reading.expressions.scene import Phrase
from app.reading.text.tagging import Token


def winds(phrase: Phrase) -> tuple[Compass, ...]:
    """From the anchor to what is meant, in the order said; empty where the phrase states none."""
    tokens = phrase.tokens("winds")
    if not tokens:
        return ()
    return tuple(
        dict.fromkeys([Compass[str(token.value)] for token in tokens if token.kind in ("compass", "windy", "bearing")])
    )


def distance_km(phrase: Phrase) -> float | None:
    """In km; the middle of a range; None for a depth of advance, which is no location."""
    if not phrase.has("dist"):
        return None
    first = phrase.match.start("dist")
    if any("advance" in phrase.row.closes(index) for index in range(first - 2, first)):
        return None
    numbers: list[float] = []
    for token in phrase.tokens("dist"):
        if token.kind == "unit":
            return sum(numbers) / len(numbers) * float(token.value or 1)
        if token.kind in ("digits", "number"):
            numbers.append(_number(token))
    return None


def _number(token: Token) -> float:
    """1,450 is a thousand and more, 1,5 one and a half."""
    if token.kind == "number":
        return float(token.value or 0)
    whole, *rest = token.word.replace(".", ",").split(",")
    if not rest:
        return float(whole)
    grouped = "," in token.word and all(len(part) == 3 for part in rest) and whole != "0"
    return float("".join((whole, *rest))) if grouped or len(rest) > 1 else float(f"{whole}.{rest[0]}")


def part(phrase: Phrase) -> str | None:
    """ "left_bank", "central", "line" …"""
    tokens = phrase.tokens("part")
    return str(tokens[0].value or tokens[0].kind) if tokens else None


_RELATING = frozenset({"of", "from", "off", "bearing"})
_CLAUSE = 3
"""Words between a comma and the measure: "X, which lies some 12 km south of Y"."""


def glossed(phrase: Phrase) -> int | None:
    """The mention that the phrase explains: in brackets behind it, or with a distance behind a comma."""
    row = phrase.row
    for index in range(phrase.start - 1, max(-1, phrase.start - 5), -1):
        if row.kind(index) == "open":
            return row.tokens[index - 1].mention if index else None
        if row.kind(index) == "comma" and phrase.start - index <= _CLAUSE:
            return _measured(phrase, index)
        if row.kind(index) in ("close", "stop"):
            return None
    return None


def _measured(phrase: Phrase, comma: int) -> int | None:
    """In "X, about 12 km southwest of Y" what stands before the comma, unless something is measured from it too."""
    row = phrase.row
    if comma < 1 or distance_km(phrase) is None or row.kind(comma - 2) in _RELATING:
        return None
    return row.tokens[comma - 1].mention if row.kind(comma - 1) == "place" else None
