"""The lines above a plain text that say when, where and by whom it was published.

Title: Evening summary
Published: 2023-07-12
Publisher: The wire
Url: https://example.org/summary
Lang: en

The text begins after the blank line.
"""

import re

from app.sources.draft import Facts, parse_date, parse_language

_LINE = re.compile(r"(title|published|publisher|url|lang)\s*:\s*(.*?)\s*", re.IGNORECASE)


def split_header(text: str) -> tuple[Facts, str]:
    """The facts of the header and the text below it; no facts and the whole text where there is no header.

    A block in which any line is not one of the five is text. Raises ReportError for a wrong date or language.
    """
    block, gap, body = text.lstrip("\ufeff\n\r").replace("\r\n", "\n").partition("\n\n")
    lines = [_LINE.fullmatch(line) for line in block.split("\n")]
    said = {line.group(1).lower(): line.group(2) for line in lines if line and line.group(2)}
    if not gap or not said or None in lines:
        return Facts(), text
    return build_facts(said), body


def build_facts(said: dict[str, str]) -> Facts:
    """Facts from their words. Raises ReportError for a wrong date or language."""
    return Facts(
        published=parse_date(said["published"]) if said.get("published") else None,
        publisher=said.get("publisher"),
        title=said.get("title"),
        url=said.get("url"),
        lang=parse_language(said["lang"]) if said.get("lang") else None,
    )
