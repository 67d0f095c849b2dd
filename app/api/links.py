"""Links to other answers: as members of JSON, and as a `Link` header (RFC 8288)."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict


class Link(TypedDict):
    href: str
    rel: str
    type: str
    title: NotRequired[str]
    templated: NotRequired[bool]


def header(links: Sequence[Link]) -> dict[str, str]:
    """Titles are left out: they may hold letters that a header may not; so are addresses with gaps to fill."""
    told = [
        f'<{each["href"]}>; rel="{each["rel"]}"; type="{each["type"]}"' for each in links if not each.get("templated")
    ]
    return {"Link": ", ".join(told)}
