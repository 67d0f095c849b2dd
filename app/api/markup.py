"""Any document as a page for people: all that its JSON says, and its links to click on."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

STYLE = (
    "body{font:15px/1.4 system-ui,sans-serif;margin:1.5rem;max-width:100ch}table{border-collapse:collapse}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}"
    "dt{font-weight:600}dd{margin:0 0 .4rem 1.5rem;overflow-wrap:anywhere}nav{margin-bottom:1rem}"
)
LONG = 400
"""Letters of a list of numbers that is folded away."""


def page(title: str, body: str, home: str) -> str:
    """A whole document of HTML 5 around `body`, which is HTML already."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f"<nav>{link(home, 'Front-line map API')}</nav><h1>{escape(title)}</h1>{body}</html>"
    )


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
