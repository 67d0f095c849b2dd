"""A page of features as a table for people."""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from app.api.links import Link
from app.store.read import Page

COLUMNS = {
    "start": "From",
    "end": "To",
    "event": "Event",
    "outcome": "Outcome",
    "actor": "Who",
    "phrase": "Where, as told",
    "place_name": "Place",
    "uncertainty_m": "Uncertainty, m",
    "speaker": "Speaker",
    "claim_status": "Status",
    "quote": "Quote",
    "citation": "Source",
}
STYLE = (
    "body{font:15px/1.4 system-ui,sans-serif;margin:1.5rem}table{border-collapse:collapse}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}"
)


TITLE = "What was reported"


def page(found: Page, links: Sequence[Link]) -> str:
    """HTML with a row for each feature, and the page's links above and below."""
    rows = "".join(_row(json.loads(body)) for body in found.bodies)
    heads = "".join(f'<th scope="col">{head}</th>' for head in COLUMNS.values())
    onward = "".join(_link(each["href"], "Next page →") for each in links if each["rel"] == "next")
    also = ", ".join(_link(each["href"], each.get("title", "")) for each in links if each["rel"] == "alternate")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{TITLE}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style><h1>{TITLE}</h1>'
        f"<p>{len(found.bodies)} of {found.matched}, the latest first. Also as {also}.</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table><p>{onward}</p></html>"
    )


def _row(feature: dict[str, Any]) -> str:
    told = feature["properties"]
    cells = "".join(f"<td>{_cell(name, told)}</td>" for name in COLUMNS)
    return f'<tr id="{escape(feature["id"])}">{cells}</tr>'


def _cell(name: str, told: dict[str, Any]) -> str:
    value = "" if told[name] is None else str(told[name])
    address = told["report_url"] or ""
    # Whatever a report gave as its address, only one that a browser fetches becomes a link.
    if name == "citation" and address.startswith(("https://", "http://")):
        return _link(address, value)
    return escape(value)


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'
