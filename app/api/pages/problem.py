"""A refusal as a page for people: whatever is answered as a problem (RFC 9457), in words, to whoever browses."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.types import Message, Scope, Send

from app.api.answer.errors import PROBLEM
from app.api.answer.responses import HTML
from app.api.asked.formats import best
from app.api.pages.claim import place
from app.api.pages.markup import facts, hidden, link, page, part, table, words

FACES = {PROBLEM: (PROBLEM, "application/json", "application/geo+json"), HTML: ("text/html", "application/xhtml+xml")}
HEADINGS = {
    400: "This cannot be asked so",
    404: "There is no such thing here",
    422: "Where is that?",
    429: "Too many requests",
    500: "Something went wrong on this side",
    503: "Not now",
}
"""For those whose words in HTTP say little to whoever does not write programs."""
ASKED_AGAIN = {"/resolve": "Read a phrase", "/features": "Search there"}
"""Paths that take a phrase, and what their button says."""


def for_people(scope: Scope, send: Send) -> Send:
    """Sends problems on as pages to browsers, and all else as it is. A browser is what likes HTML better than JSON;
    programs that take anything get the problem, and so does who asks for JSON by name."""
    if not _reads(scope):
        return send
    begun: Message | None = None
    body = b""

    async def sent(message: Message) -> None:
        nonlocal begun, body
        if message["type"] == "http.response.start" and _is_problem(message):
            begun = message
            return
        if begun is None:
            await send(message)
            return
        body += message.get("body", b"")
        if message.get("more_body"):
            return
        text = problem_page(json.loads(body), scope).encode()
        others = [(name, value) for name, value in begun["headers"] if name not in _OWN]
        told = [(b"content-type", HTML.encode()), (b"content-length", str(len(text)).encode())]
        await send({**begun, "headers": [*others, *told]})
        await send({**message, "body": text})

    return sent


_OWN = (b"content-type", b"content-length")


def problem_page(told: Mapping[str, Any], scope: Scope) -> str:
    """The same as the problem says, with a way on."""
    home = f"{scope.get('root_path', '')}/"
    candidates = told.get("candidates", ())
    body = (
        f"<p>{escape(_sentence(told['detail']))}</p>"
        + facts(_facts(told))
        + _again(told, scope)
        + part("Places it may be, the likeliest first", _candidates(candidates, home))
        + f"<p class=quiet>Answered with {told['status']} ({escape(told['title'])}).</p>"
    )
    return page(HEADINGS.get(told["status"], told["title"]), body, home)


def _sentence(text: str) -> str:
    """As a sentence begins and ends; a parameter's name stays as it is written."""
    whole = text if text.partition(":")[0].islower() and ":" in text else text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."


def _facts(told: Mapping[str, Any]) -> dict[str, str]:
    understood = told.get("understood")
    return {
        "Asked for": escape(told.get("phrase", "")),
        "Understood as": escape(understood) if understood and understood != "nothing" else "",
        "What would be right": escape(str(told.get("right", ""))),
        "Number of the request": escape(str(told.get("request_id") or "")),
    }


def _again(told: Mapping[str, Any], scope: Scope) -> str:
    """A phrase to be corrected, beside all else that was asked for."""
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    if "phrase" not in told or path not in ASKED_AGAIN:
        return ""
    asked = parse_qsl(scope["query_string"].decode(), keep_blank_values=True)
    kept = hidden((name, value) for name, value in asked if name != "direction")
    field = f'<input name="direction" size="40" value="{escape(told["phrase"])}" maxlength="300" required>'
    hint = "<p class=quiet>Say more about it: “Andriivka in Bakhmut raion”, “Bakhmut direction”, “south of Lyman”.</p>"
    return (
        f'<form action="{escape(scope.get("root_path", "") + path)}">'
        f"{field}{kept}<button>{ASKED_AGAIN[path]}</button></form>{hint}"
    )


def _candidates(told: Sequence[Mapping[str, Any]], home: str) -> str:
    rows = [
        (
            place(each, home),
            words(each["kind"]),
            escape(each.get("within", "")),
            link(f"{home}features?{urlencode({'place': each['id'], 'f': 'html'})}", "what was reported of it"),
        )
        for each in told
    ]
    return table(("Place", "Kind", "In", ""), rows) if rows else ""


def _reads(scope: Scope) -> bool:
    accept = b",".join(value for name, value in scope["headers"] if name == b"accept").decode("latin-1")
    named = parse_qs(scope["query_string"][:2_000].decode("latin-1")).get("f", [""])
    try:
        return best(accept, FACES) == HTML and named[-1] not in {"json", "geojson"}
    except HTTPException:  # neither is acceptable: the problem is what every client knows
        return False


def _is_problem(message: Message) -> bool:
    return (b"content-type", PROBLEM.encode()) in message["headers"]
