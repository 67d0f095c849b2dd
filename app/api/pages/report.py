"""A report as a page for people: its text with every claim marked in it, the claims, and the names not settled."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from app.api.answer.responses import Json
from app.api.pages.claim import when, who
from app.api.pages.markup import facts, link, outside, part, table, words
from app.api.pages.sketch import sketch

WITHHELD = "<p>Its publisher lets nobody show the whole text. What is quoted of it stands above.</p>"
Marks = Sequence[tuple[int, int, str]]
"""Where a claim's sentence begins and ends in the text, and the claim's id."""


def report_page(told: Json, drawn: Sequence[Json], home: str) -> tuple[str, str]:
    """Title and body, with links below `home`; `drawn` are its features."""
    marks = sorted((*each["span"], each["id"]) for each in told["claims"])
    text = "".join(_passage(each, marks, home) for each in told["passages"]) if told["whole_text"] else WITHHELD
    body = (
        facts(_about(told, home))
        + part("Claims", _claims(told["claims"], home) or "<p>It was read, and holds no claim.</p>")
        + part("Where", sketch([each["geometry"] for each in drawn], {}))
        + part("Text", text)
        + part("Names that are not settled", _unsettled(told["mentions"]))
    )
    return told["title"] or told["citation"], body


def _about(told: Json, home: str) -> dict[str, str]:
    newer = told["superseded_by"]
    others = [each for each in told["versions"] if each["id"] != told["id"]]
    return {
        "Published": escape(f"{told['published']}, by {told['publisher']}"),
        "Source": outside(told["url"], told["citation"]),
        "Stored": escape(told["recorded"]),
        "Language": words(told["lang"]),
        "Edited since": link(f"{home.rstrip('/')}{newer}?f=html", "the newest state of this page") if newer else "",
        "Other states": ", ".join(link(f"{home}reports/{each['id']}?f=html", each["recorded"]) for each in others),
    }


def _claims(claims: Sequence[Json], home: str) -> str:
    rows = [
        (link(f"{home}claims/{each['id']}?f=html", each["quote"]), words(each["event"]), words(each["actor"]),
         words(each["claim_status"]), who(each), when(each))
        for each in claims
    ]  # fmt: skip
    return table(("Claim", "Event", "Done by", "Status", "Said by", "Of"), rows) if rows else ""


def _passage(told: Json, marks: Marks, home: str) -> str:
    start, end = told["span"]
    text = "".join(_marked(told["text"], start, [each for each in marks if start <= each[0] < end], home))
    return f"<h3>{text}</h3>" if told["kind"] == "heading" else f"<blockquote>{text}</blockquote>"


def _marked(text: str, start: int, marks: Marks, home: str) -> Iterator[str]:
    """Of several claims of one sentence, the text leads to the first; the table of claims has them all."""
    done = 0
    for first, last, claim in marks:
        if first - start < done:
            continue
        yield escape(text[done : first - start])
        done = last - start
        yield f"<mark>{link(f'{home}claims/{claim}?f=html', text[first - start : done])}</mark>"
    yield escape(text[done:])


def _unsettled(mentions: Sequence[dict[str, Any]]) -> str:
    open_ones = [each for each in mentions if each["outcome"] in ("ambiguous", "unknown") and each["use"] == "literal"]
    rows = [
        (escape(each["surface"]), words(each["outcome"]), escape(", ".join(c["name"] for c in each["candidates"])))
        for each in open_ones
    ]
    return table(("Name", "Why", "It may be"), rows) if rows else ""
