"""A page of features, or of entries of another list, as a table for people, with fields to ask for others."""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from app.api.answer.links import Link
from app.api.pages import markup
from app.api.pages.markup import day, link, outside, words
from app.store.read.pages import Page

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WORD = re.compile(r"[a-z]+(?:_[a-z]+)+", re.ASCII)
"""Of a vocabulary."""
_TIMES = {"start", "published", "valid_from"}
"""Of these a list has one if its entries have a time."""
_PLACE_IN_THE_LIST = {"after", "offset"}
FIELDS = (
    ("direction", "Where", "south of Bakhmut", "Show what is there"),
    ("datetime", "When", "2023-07-01/2023-07-31", "Show these days"),
)
"""What every list is narrowed by: its name, what it is called, an example, and what its button says."""


def page(  # noqa: PLR0917
    found: Page, links: Sequence[Link], title: str, columns: Mapping[str, str], home: str, entries: str
) -> str:
    """HTML with a row for each entry, which unfolds to all that it holds, and the page's links. `columns` are the heads
    of the table by property, `entries` the address under which each entry is."""
    rows = "".join(_row(json.loads(body), columns, entries, home) for body in found.bodies)
    heads = "".join(f'<th scope="col">{head}</th>' for head in (*columns.values(), "More"))
    onward = "".join(link(each["href"], "Next page →") for each in links if each["rel"] == "next")
    also = ", ".join(link(each["href"], each.get("title", "")) for each in links if each["rel"] == "alternate")
    address = next(each["href"] for each in links if each["rel"] == "self")
    shown = (
        f'<table class="entries"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table><p>{onward}</p>'
        if rows
        else "<p>Nothing that is stored here matches. That is no proof that nothing happened: "
        f"{link(f'{home}coverage?f=html', 'what was read, and what could not be')}.</p>"
    )
    return markup.page(
        title,
        f"{_fields(address, columns)}<p>{found.returned} of {'many' if found.matched is None else found.matched}."
        f" Also as {also}; {link(address, 'this page')}.</p>{shown}",
        home,
    )


def _fields(address: str, columns: Mapping[str, str]) -> str:
    """A form for each field that keeps all else that is asked for; one for all would send empty ones along."""
    parts = urlsplit(address)
    asked = {name: value for name, value in parse_qsl(parts.query) if name not in _PLACE_IN_THE_LIST}
    asked = {**asked, "f": "html"}
    fields = [each for each in FIELDS if each[0] != "datetime" or not _TIMES.isdisjoint(columns)]
    return f'<div class="fields">{"".join(_field(parts.path, asked, *each) for each in fields)}</div>'


def _field(path: str, asked: Mapping[str, str], name: str, title: str, example: str, button: str) -> str:  # noqa: PLR0917
    kept = markup.hidden((other, value) for other, value in asked.items() if other != name)
    given = f'value="{escape(asked.get(name, ""))}" placeholder="{example}" size="28" maxlength="300" required'
    field = f'<label>{title} <input name="{name}" {given}></label>'
    return f'<form action="{escape(path)}">{field}{kept}<button>{button}</button></form>'


def _row(feature: dict[str, Any], columns: Mapping[str, str], entries: str, home: str) -> str:
    told = feature["properties"]
    cells = "".join(
        f'<td class="{name}" data-head="{escape(head)}">{_cell(name, told)}</td>' for name, head in columns.items()
    )
    whole = f"<details><summary>all</summary>{markup.told(feature)}</details>"
    claim = link(f"{home}claims/{told['claim_id']}?f=html", "claim") if "claim_id" in told else ""
    alone = link(f"{entries}/{feature['id']}?f=html", "page")
    more = f'<td data-head="More">{claim} {alone} {whole}</td>'
    return f'<tr id="{escape(feature["id"])}">{cells}{more}</tr>'


def _cell(name: str, told: dict[str, Any]) -> str:
    value = "" if told[name] is None else str(told[name])
    if name == "citation":
        return outside(told.get("report_url") or told.get("url") or "", value)
    if name == "uncertainty_m" and value:
        return f"{told[name] / 1000:.1f} km"
    if _WORD.fullmatch(value):
        return words(value)
    return day(value) if _DAY.fullmatch(value) else escape(value)
