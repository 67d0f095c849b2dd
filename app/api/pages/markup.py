"""Any document as a page for people: all that its JSON says, and its links to click on."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

STYLE = (
    "body{font:15px/1.4 system-ui,sans-serif;margin:1.5rem;max-width:100ch}table{border-collapse:collapse}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}"
    "dt{font-weight:600}dd{margin:0 0 .4rem 1.5rem;overflow-wrap:anywhere}nav{margin-bottom:1rem}"
    "nav a{margin-right:1rem;display:inline-block}time{white-space:nowrap}"
    "h2{margin:1.6rem 0 .4rem}small,.quiet{color:#555}"
    "dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dl.facts dd{margin:0}"
    "blockquote{margin:.8rem 0;padding:.4rem 1rem;border-left:4px solid #999;background:#f6f6f6;"
    "white-space:pre-wrap;overflow-wrap:anywhere}mark{background:#ffe08a;padding:.1em 0}"
    "svg{max-width:100%;height:auto;border:1px solid #ccc;background:#fafafa}form{margin:1rem 0}"
    "input,button{font:inherit;padding:.3rem .5rem;margin-right:.4rem}input{max-width:100%;box-sizing:border-box}"
    "li,p{overflow-wrap:anywhere}.entries{font-size:.87rem}"
    "body:has(table.entries){max-width:none}.entries .quote,.entries .citation{min-width:18rem}"
    ".fields{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem}.fields form{margin:.4rem 0}"
    "@media(max-width:50rem){body{margin:1rem}table{display:block;overflow-x:auto}.entries thead{display:none}"
    ".entries tr,.entries td{display:block;border:0;padding:.1rem 0}"
    ".entries tr{border-bottom:2px solid #999;padding:.6rem 0}"
    ".entries td:not(:empty)::before{content:attr(data-head) ': ';color:#555}}"
    ".bar{display:inline-block;height:.8em;background:#b5482a;vertical-align:baseline}"
)
DOORS = {
    "": ("Front-line map API", "this page"),
    "map": ("Map", "every claim where it was said to be, with both sides abreast"),
    "features?f=html": ("What was reported", "the claims as a table, the latest first, and as a spreadsheet"),
    "collections/reports/items?f=html": ("Reports", "what was read, and what was found in it"),
    "timeline?per=month&f=html": ("Timeline", "how much was reported of each month"),
    "coverage?f=html": (
        "Coverage",
        "what was received and read on each day, and what could not be: silence is no quiet",
    ),
    "places?q=Bakhmut&f=html": ("Places", "the gazetteer, in three languages"),
    "resolve?direction=south+of+Bakhmut&f=html": ("Phrases", "which area words like “south of Bakhmut” are taken for"),
    "docs": ("For programs", "every address with its parameters, to read and to try"),
}
"""What every page links to, below the address of the API: what it is called, and what is there."""
LONG = 400
"""Letters of a list of numbers that is folded away."""


def page(title: str, body: str, home: str) -> str:
    """A whole document of HTML 5 around `body`, which is HTML already."""
    doors = "".join(link(home + path, name) for path, (name, _) in DOORS.items())
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f"<nav>{doors}</nav><h1>{escape(title)}</h1>{body}</html>"
    )


def hidden(asked: Iterable[tuple[str, str]]) -> str:
    """What a form sends along, besides what is filled in."""
    return "".join(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in asked)


def told(value: Any) -> str:
    """What a value of JSON says, as HTML. Its links come first."""
    match value:
        case {"links": [*links], **rest}:
            return _links(links) + _members(rest)
        case dict():
            return _members(value)
        case [dict(), *_]:
            return f"<ol>{''.join(f'<li>{told(each)}</li>' for each in value)}</ol>"
        case list():
            return _list(value)
        case str() if value.startswith(("http://", "https://")) and " " not in value:
            return link(value, value)
    return _scalar(value)


def _scalar(value: str | float | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else escape(str(value))


def _members(value: Mapping[Any, Any]) -> str:
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{told(each)}</dd>' for name, each in value.items())}</dl>"


def link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def outside(address: str | None, text: str) -> str:
    """A link to what a report gave as its address, if a browser fetches it; else the text alone."""
    return link(address, text) if address and address.startswith(("https://", "http://")) else escape(text)


def facts(rows: Mapping[str, str]) -> str:
    """A list of names with what is said of each, which is HTML already; nothing is said of what is empty."""
    told = "".join(f"<dt>{escape(name)}</dt><dd>{said}</dd>" for name, said in rows.items() if said)
    return f'<dl class="facts">{told}</dl>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML already."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def part(title: str, body: str) -> str:
    """A section, unless there is nothing in it."""
    return f"<h2>{escape(title)}</h2>{body}" if body else ""


def day(text: str) -> str:
    """A day that is not broken at the end of a line."""
    return f"<time>{escape(text)}</time>"


def words(text: object) -> str:
    """A word of a vocabulary as people write it."""
    return escape(str(text).replace("_", " "))


def _links(links: Sequence[Mapping[str, str]]) -> str:
    rows = "".join(
        f"<li>{link(each['href'], each.get('title') or each['rel'])} ({escape(each['type'])})</li>" for each in links
    )
    return f"<ul>{rows}</ul>"


def _list(values: Sequence[Any]) -> str:
    said = escape(", ".join(str(each) for each in values))
    if all(isinstance(each, str) for each in values):
        return "<br>".join(told(each) for each in values)
    return f"<details><summary>{said[:60]} …</summary>{said}</details>" if len(said) > LONG else said
