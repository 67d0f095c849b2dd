"""A page of features as a table for people."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from app.api import markup
from app.api.links import Link
from app.api.markup import day, link, outside
from app.store.pages import Page

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def page(  # noqa: PLR0917
    found: Page, links: Sequence[Link], title: str, columns: Mapping[str, str], home: str, entries: str
) -> str:
    """HTML with a row for each entry, which unfolds to all that it holds, and the page's links. `columns` are the heads
    of the table by property, `entries` the address under which each entry is."""
    rows = "".join(_row(json.loads(body), columns, entries) for body in found.bodies)
    heads = "".join(f'<th scope="col">{head}</th>' for head in (*columns.values(), "More"))
    onward = "".join(link(each["href"], "Next page →") for each in links if each["rel"] == "next")
    also = ", ".join(link(each["href"], each.get("title", "")) for each in links if each["rel"] == "alternate")
    here = "".join(link(each["href"], "this page") for each in links if each["rel"] == "self")
    return markup.page(
        title,
        f"<p>{found.returned} of {'many' if found.matched is None else found.matched}. Also as {also}; {here}.</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table><p>{onward}</p>",
        home,
    )


def _row(feature: dict[str, Any], columns: Iterable[str], entries: str) -> str:
    told = feature["properties"]
    cells = "".join(f"<td>{_cell(name, told)}</td>" for name in columns)
    whole = f"<details><summary>all</summary>{markup.told(feature)}</details>"
    alone = link(f"{entries}/{feature['id']}?f=html", "page")
    more = f"<td>{alone} {whole}</td>"
    return f'<tr id="{escape(feature["id"])}">{cells}{more}</tr>'


def _cell(name: str, told: dict[str, Any]) -> str:
    value = "" if told[name] is None else str(told[name])
    address = told.get("report_url") or told.get("url") or ""
    if name == "citation":
        return outside(address, value)
    return day(value) if _DAY.fullmatch(value) else escape(value)
