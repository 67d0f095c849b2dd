"""Links to other answers: as members of JSON, and as a `Link` header (RFC 8288)."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict
from urllib.parse import urlencode

from fastapi import Request

BYTES_MAX = 4_000
"""Of all links of a header: nginx takes 4 or 8 kilobytes of headers from behind it."""


class Link(TypedDict):
    href: str
    rel: str
    type: str
    title: NotRequired[str]
    templated: NotRequired[bool]


def at(request: Request, path: str) -> str:
    """The address of a path of ours. The framework's own way looks through all routes for each."""
    return str(request.base_url).rstrip("/") + path


def again(request: Request, **changed: str | None) -> str:
    """The address of the request, with other values of these parameters at its end; None takes one out."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in changed]
    new = [(name, value) for name, value in changed.items() if value is not None]
    return str(request.url.replace(query=urlencode([*kept, *new])))


def header(links: Sequence[Link]) -> dict[str, str]:
    """Titles are left out: they may hold letters that a header may not; so are addresses with gaps to fill, and what
    would make the header longer than proxies and clients take it. The body has them all."""
    told, room = list[str](), BYTES_MAX
    for each in sorted(links, key=lambda link: link["rel"] == "alternate"):  # what matters least comes last
        text = f'<{each["href"]}>; rel="{each["rel"]}"; type="{each["type"]}"'
        if not each.get("templated") and len(text) + 2 <= room:
            told.append(text)
            room -= len(text) + 2
    return {"Link": ", ".join(told)} if told else {}
