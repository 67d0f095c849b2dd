"""The parameter `filter`: what it says as an expression tree, in CQL2 text or CQL2 JSON (OGC 21-065r2)."""

import json
import re
from enum import StrEnum
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken, v_args

from app.domain.errors import BadParameter
from app.store.cql.times import RELATIONS
from app.store.cql.tree import DEPTH_MAX

LENGTH_MAX = 8_000
"""Letters of a filter; a polygon of two hundred points has half as many."""
_QUOTED = re.compile(r"'(?:''|[^'])*'")
RIGHT = "CQL2, such as event = 'assault' AND start >= DATE('2023-07-01')"
_AS_WRITTEN = {name.lower(): name for name in RELATIONS}
"""Text may have any capitals, JSON only these."""


class FilterLang(StrEnum):
    TEXT = "cql2-text"
    JSON = "cql2-json"


def expression(name: str, text: str, lang: FilterLang) -> Any:
    """The tree as CQL2 JSON has it. BadParameter for what is neither, saying where it goes wrong."""
    if len(text) > LENGTH_MAX:
        raise BadParameter(name, f"it has {len(text)} letters", f"{LENGTH_MAX} letters at most")
    return _from_text(name, text) if lang is FilterLang.TEXT else _from_json(name, text)


def _from_json(name: str, text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise BadParameter(name, "it is nested too deep", RIGHT) from error
    except ValueError as error:
        raise BadParameter(
            "filter", f"it is no JSON: {error}", '{"op": "=", "args": [{"property": "event"}, "clash"]}'
        ) from error


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _from_text(name: str, text: str) -> Any:
    if _brackets(text) > DEPTH_MAX:
        raise BadParameter(name, f"it is nested deeper than {DEPTH_MAX}", RIGHT)
    try:
        return _parser().parse(text)
    except UnexpectedInput as error:
        hint = f"{RIGHT}; with filter-lang={FilterLang.JSON} also as JSON" if text.lstrip().startswith("{") else RIGHT
        raise BadParameter(name, f"it cannot be read {_where(error, text)}", hint) from error


def _brackets(text: str) -> int:
    """How deep they are nested, outside of quotes. The tree does not tell, since brackets around one thing vanish."""
    steps = ({"(": 1, ")": -1}.get(letter, 0) for letter in _QUOTED.sub("", text))
    return max(accumulate(steps, initial=0))


def _where(error: UnexpectedInput, text: str) -> str:
    match error:
        case UnexpectedToken(token=Token(type="$END")) | UnexpectedEOF():
            return "to its end: something is missing there"
        case UnexpectedToken() | UnexpectedCharacters() if error.pos_in_stream is not None:
            return f"from letter {error.pos_in_stream + 1} on: “{text[error.pos_in_stream :][:20]}”"
    return "at all"


@cache
def _parser() -> Lark:
    return Lark(Path(__file__).with_suffix(".lark").read_text("utf-8"), parser="lalr", transformer=_Tree())


def _op(op: str, *args: Any) -> dict[str, Any]:
    return {"op": op, "args": list(args)}


def _shape(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


@v_args(inline=True)
class _Tree(Transformer[Token, Any]):
    """Each rule of the grammar as the object that CQL2 JSON has for it; called while the text is read."""

    def or_(self, *args: Any) -> Any:
        return _op("or", *args)

    def and_(self, *args: Any) -> Any:
        return _op("and", *args)

    def not_(self, arg: Any) -> Any:
        return _op("not", arg)

    def compare(self, left: Any, op: Token, right: Any) -> Any:
        return _op(str(op), left, right)

    def like(self, *args: Any) -> Any:
        return _op("like", *args)

    def not_like(self, *args: Any) -> Any:
        return _op("not", _op("like", *args))

    def between(self, *args: Any) -> Any:
        return _op("between", *args)

    def not_between(self, *args: Any) -> Any:
        return _op("not", _op("between", *args))

    def within(self, told: Any, *values: Any) -> Any:
        return _op("in", told, list(values))

    def not_within(self, told: Any, *values: Any) -> Any:
        return _op("not", _op("in", told, list(values)))

    def is_null(self, told: Any) -> Any:
        return _op("isNull", told)

    def is_not_null(self, told: Any) -> Any:
        return _op("not", _op("isNull", told))

    def text(self, token: Token) -> str:
        return str(token[1:-1]).replace("\\'", "'").replace("''", "'")

    def number(self, token: Token) -> float:
        return float(token)

    def true(self) -> bool:
        return True

    def false(self) -> bool:
        return False

    def property(self, token: Token) -> Any:
        return {"property": str(token)}

    def quoted(self, token: Token) -> Any:
        return {"property": str(token[1:-1])}

    def function(self, name: Token, *args: Any) -> Any:
        lower = str(name).lower()
        return _op(_AS_WRITTEN.get(lower, lower), *args)

    def date(self, token: Token) -> Any:
        return {"date": self.text(token)}

    def timestamp(self, token: Token) -> Any:
        return {"timestamp": self.text(token)}

    def interval(self, start: Any, end: Any) -> Any:
        return {"interval": [start, end]}

    def bbox(self, *numbers: Token) -> Any:
        return {"bbox": [float(each) for each in numbers]}

    def position(self, *numbers: Token) -> Any:
        return [float(each) for each in numbers if each is not None]

    def positions(self, *positions: Any) -> Any:
        return list(positions)

    rings = positions

    def point(self, position: Any) -> Any:
        return _shape("Point", position)

    def line(self, positions: Any) -> Any:
        return _shape("LineString", positions)

    def polygon(self, rings: Any) -> Any:
        return _shape("Polygon", rings)

    def multipoint(self, *positions: Any) -> Any:
        return _shape("MultiPoint", list(positions))

    def multiline(self, lines: Any) -> Any:
        return _shape("MultiLineString", lines)

    def multipolygon(self, *polygons: Any) -> Any:
        return _shape("MultiPolygon", list(polygons))

    def collection(self, *shapes: Any) -> Any:
        return {"type": "GeometryCollection", "geometries": list(shapes)}
