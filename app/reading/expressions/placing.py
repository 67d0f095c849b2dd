"""Whether a place named without any relation is where something happens, or only what is talked about."""

from app.reading.expressions.scene import Phrase, Scene
from app.reading.mentions.name import LOCATING
from app.reading.text.tagging import Row

_ACTED_ON = frozenset({"suffer", "hit", "including"})
_FILL = frozenset({"det", "dem", "windy", "this", "town", "of", "quote", "admin", "dot", "facility"})
_LOOSE = _FILL | {"word", "digits", "number", "from", "about", "and"}
"""What may stand between a verb and its place: "shelled from mortars the town of X"."""
_OPENINGS = frozenset({"edge", "stop", "other", "colon", "semicolon", "gone", "digits"})
_CLOSINGS = frozenset({"stop", "edge", "colon", "open", "other", "semicolon"})
_TIMES = frozenset({"det", "word", "cap", "digits"})
_LAPSE = 4
_REACH = 5
"""Words that a verb may stand away from its place."""


def tells_where(phrase: Phrase, scene: Scene) -> bool:
    """For a preposition with a place, or a place or list of places alone."""
    if scene.asked:
        return True
    row = phrase.row
    listed = phrase.stretch("list")
    if phrase.line.years[listed.start] < scene.report.published.year - 1:
        return False  # a look back
    if phrase.has("back"):
        return is_acted_on(row, phrase.start, phrase.end)
    if phrase.start < listed.start:
        return "past" not in row.closes(phrase.start - 1)
    first = next(index for index in listed if row.tokens[index].mention is not None)
    return _is_governed(phrase, first) or is_acted_on(row, first, phrase.end) or _stands_alone(row, first, phrase.end)


def moves(index: int, row: Row) -> bool:
    """Whether something is said to move, shortly before a token."""
    return any("motion" in row.closes(near) for near in range(index - 4, index))


def _governor(row: Row, first: int) -> int:
    """Index of what stands before a place, past articles and generic words."""
    index = first - 1
    while index > first - 12 and row.kind(index) in _FILL and "hit" not in row.closes(index):
        index -= 1
    return index


def _is_governed(phrase: Phrase, first: int) -> bool:
    row = phrase.row
    index = _governor(row, first)
    before = row.kind(index)
    if before in ("and", "comma") and _goes_on(phrase, index - 1):
        return True  # goes on with the places of the phrase before
    if row.closes(index) & _ACTED_ON or row.tokens[first].kind in ("stream", "site"):
        return True
    if before == "to":
        return moves(index, row)
    return before in LOCATING and "past" not in row.closes(index - 1)


def _goes_on(phrase: Phrase, index: int) -> bool:
    """Whether a place stands right before, or a short lapse of time after one: "captured A on Saturday and B …"."""
    line, row = phrase.line, phrase.row
    if line.is_used(index):
        return True
    start = next((at for at in range(index, index - _LAPSE, -1) if row.kind(at) in ("in", "on")), None)
    between = range(start + 1, index + 1) if start is not None else range(0)
    said = [row.kind(at) for at in between]
    return start is not None and bool(said) and set(said) <= _TIMES and line.is_used(start - 1)


def is_acted_on(row: Row, first: int, end: int) -> bool:
    """Whether a verb a few words before or behind says what was done to the place: "shelled X", "X had been taken"."""
    if "onto" in row.closes(first - 1):
        return True
    for index in range(first - 1, first - 1 - _REACH, -1):
        if row.closes(index) & _ACTED_ON:
            return True
        if row.kind(index) not in _LOOSE and not _is_abbreviation(row, index):
            break
    if (
        row.kind(end - 1) == "poss"
        and row.kind(first) == "place"
        and "territory" in row.opens(end) | row.opens(end + 1)
    ):
        return True
    start = end + (row.kind(end) == "comma")  # its second city, Kharkiv, has been bombed
    for index in range(start, start + _REACH - 1):
        if row.opens(index) & {"suffer", "hit"}:
            return True
        says = "say" in row.opens(index) and row.kind(first) != "tract"  # no district says or does anything
        if says or row.kind(index) not in ("word", "about"):
            break
    return False


def _is_abbreviation(row: Row, index: int) -> bool:
    """«обстріляв із РСЗВ Нікополь»: what it was done with."""
    return row.kind(index) == "cap" and row.tokens[index].word.isupper() and len(row.tokens[index].word) > 1


def _stands_alone(row: Row, first: int, end: int) -> bool:
    """A label, or a bare item of a list: "Airstrikes: A, B", "Kupiansk – no change"."""
    index = _governor(row, first)
    if row.kind(index) == "colon" and sum(token.mention is not None for token in row.tokens[first:end]) > 1:
        return True
    opened = row.kind(index) in _OPENINGS or _is_spaced_dash(row, index)
    return opened and (row.kind(end) in _CLOSINGS or _is_spaced_dash(row, end))


def _is_spaced_dash(row: Row, index: int) -> bool:
    return row.kind(index) == "dash" and not row.touching(index)
