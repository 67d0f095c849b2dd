"""A claim as a page for people: its sentence in its passage, who says so, where, and what others say of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from app.api.answer.responses import Json
from app.api.pages.markup import day, facts, link, outside, part, table, words
from app.api.pages.sketch import sketch

LINKS = {
    "contradicts": "Says otherwise",
    "corroborates": "Says the same, independently",
    "reasserts": "Said the same before, by the same side",
    "reasserted_by": "Said again later",
    "copies": "The same words, told over",
}


def claim_page(told: Json, drawn: Sequence[Json], home: str) -> tuple[str, str]:
    """Title and body, with links below `home`; `drawn` are its features."""
    where = ", ".join(each["phrase"] for each in told["expressions"]) or "nowhere that could be drawn"
    title = f"{told['event'].replace('_', ' ').capitalize()}: {where}"
    body = (
        _context(told["context"])
        + facts(_who(told, home))
        + part("Where", sketch(*_shapes(drawn)) + _features(drawn, home) + _places(told["expressions"], home))
        + part("Other claims", _linked(told["linked"], home))
        + part("Copies of the same words", _others(told["copies"], home))
    )
    return title, body


def when(told: Mapping[str, Any]) -> str:
    """The days that a claim is of, as HTML."""
    start, end = told["start"], told["end"]
    return day(start) if start == end else f"{day(start)} to {day(end)}"


def who(told: Mapping[str, Any]) -> str:
    """Speaker and side, as HTML."""
    return f"{escape(told['speaker'])} <small>({words(told['speaker_side'])})</small>"


def _context(told: Mapping[str, Any]) -> str:
    """The passage with the quote marked; offsets are of code points."""
    text, (start, end) = told["passage"], told["quote"]
    heading = f"<p class=quiet>Under the heading “{escape(told['heading'])}”</p>" if told["heading"] else ""
    marked = f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
    return f"{heading}<blockquote>{marked}</blockquote>"


def _who(told: Json, home: str) -> dict[str, str]:
    report = told["report"]
    basis = " <small>(as of the statement)</small>" if told["time_basis"] == "as_of" else ""
    unverified = "; the report says that it could not be verified" if told["unverified"] else ""
    return {
        "Said by": who(told),
        "When it happened": f"{when(told)}{basis}",
        "Said on": escape(told["as_of"]),
        "Done by": words(told["actor"]),
        "Outcome": words(told["outcome"]),
        "The report’s stand": words(told["claim_status"]) + unverified,
        "Independent voices": escape(str(told["independent_sources"])),
        "Report": link(f"{home}reports/{report['id']}?f=html", report["title"] or report["publisher"]),
        "Source": outside(report["url"], report["citation"]),
    }


def _places(expressions: Iterable[Json], home: str) -> str:
    return "".join(_expression(each, home) for each in expressions)


def _expression(told: Json, home: str) -> str:
    said = f"<h3>“{escape(told['phrase'])}” <small>{words(told['relation'])}</small></h3>"
    missing = "".join(f"<p>Not drawn: {escape(reason)}</p>" for reason in told["not_drawn"])
    return said + missing + "".join(_anchor(each, home) for each in told["anchors"])


def _anchor(told: Json, home: str) -> str:
    outcome = f"<p>“{escape(told['surface'])}”: {words(told['outcome'])}.</p>"
    return outcome + candidates(told["candidates"], [told["place_id"]], home)


def candidates(told: Sequence[Mapping[str, Any]], chosen: Collection[str | None], home: str) -> str:
    """The places considered for a name with the reasons for and against each, best first: those chosen are shown, the
    others unfold; all are shown where none was chosen."""
    settled = [each for each in told if each["id"] in chosen]
    others = [each for each in told if each["id"] not in chosen]
    if not settled or not others:
        return _candidates(told, home) if told else ""
    folded = f"<summary>{len(others)} more considered</summary>{_candidates(others, home)}"
    return f"{_candidates(settled, home)}<details>{folded}</details>"


def _candidates(told: Sequence[Mapping[str, Any]], home: str) -> str:
    rows = (
        (place(each, home), words(each["kind"]), escape(str(each["score"])), escape("; ".join(each["reasons"])))
        for each in told
    )
    return table(("Places considered", "Kind", "Doubt", "Why"), rows)


def place(told: Mapping[str, Any], home: str) -> str:
    name = f"{told['name']} ({told['name_uk']})" if told.get("name_uk") else str(told["name"])
    return link(f"{home}collections/places/items/{quote(str(told['id']))}?f=html", name)


def _shapes(drawn: Sequence[Json]) -> tuple[list[Json], dict[str, tuple[float, float]]]:
    told = [each["properties"] for each in drawn]
    names = {each["place_name"]: (each["anchor_lon"], each["anchor_lat"]) for each in told if each["anchor_lon"]}
    return [each["geometry"] for each in drawn], names


def _features(drawn: Iterable[Json], home: str) -> str:
    rows = (
        (
            link(f"{home}features/{each['id']}?f=html", str(each["properties"]["phrase"])),
            words(each["properties"]["kind"]),
            words(each["properties"]["method"]),
            f"{each['properties']['uncertainty_m'] / 1000:.1f} km",
        )
        for each in drawn
    )
    return table(("Drawn", "As", "By the rule", "Uncertainty"), rows) if drawn else "<p>Nothing was drawn.</p>"


def _linked(linked: Sequence[Json], home: str) -> str:
    rows = [
        (f"{escape(LINKS[each['kind']])}<br><small>{escape(each['reason'])}</small>",
         *_other(each["claim"], home))
        for each in linked
    ]  # fmt: skip
    return table(("How", "Claim", "Said by", "Of", "In"), rows) if rows else ""


def _others(others: Sequence[Json], home: str) -> str:
    return table(("Claim", "Said by", "Of", "In"), [_other(each, home) for each in others]) if others else ""


def _other(told: Json, home: str) -> tuple[str, ...]:
    report = link(f"{home}reports/{told['report_id']}?f=html", told["publisher"])
    return link(f"{home}claims/{told['id']}?f=html", told["quote"]), who(told), when(told), report
