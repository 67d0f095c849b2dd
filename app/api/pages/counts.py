"""Counts as pages for people: how much happened when, and how much was read and missed."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

from app.api.answer.responses import Json
from app.api.pages.markup import day, link, part, table, words

BAR_EM = 20
"""Width of the longest bar, in the height of a letter."""
DAY, READ = "Day", ("reports", "without_claims", "claims", "features", "unsettled_names", "undrawn_expressions")
LISTED_MAX = 500
"""Rows of a table; the rest is told in JSON."""


def timeline_page(told: Json, asked: str, home: str) -> tuple[str, str]:
    """`asked` is the query of the request without its step, as it came."""
    given = {name: value for name, value in parse_qsl(asked) if name != "datetime"}
    most = max((each["features"] for each in told["stretches"]), default=1)
    rows = [_stretch(each, given, most, home) for each in told["stretches"]]
    steps = " · ".join(
        link(f"{home}timeline?{urlencode({**dict(parse_qsl(asked)), 'per': per, 'f': 'html'})}", f"by {per}")
        for per in ("day", "week", "month")
    )
    shown = table(("From", "To", "Points and areas", "", "Events"), rows[-LISTED_MAX:])
    left_out = f"<p>{len(rows) - LISTED_MAX} earlier rows are left out here.</p>" if len(rows) > LISTED_MAX else ""
    return "How much was reported when", f"<p>{steps}</p>{left_out}{shown if rows else '<p>Nothing is found.</p>'}"


def _stretch(told: Json, given: Mapping[str, str], most: int, home: str) -> tuple[str, ...]:
    days = {**given, "datetime": f"{told['start']}/{told['end']}", "f": "html"}
    number = link(f"{home}features?{urlencode(days)}", str(told["features"]))
    bar = f'<span class="bar" style="width:{BAR_EM * told["features"] / most:.2f}em"></span>'
    events = ", ".join(f"{words(name)} {count}" for name, count in sorted(told["events"].items(), key=_most))
    return day(told["start"]), day(told["end"]), number, bar, events


def _most(event: tuple[str, int]) -> tuple[int, str]:
    return -event[1], event[0]


def coverage_page(told: Json, home: str) -> tuple[str, str]:
    intro = (
        "<p>What was read, so that an empty map is never taken for a quiet front: a day that is not listed was not"
        " read; a day on which every report is without claims was quiet.</p>"
    )
    failures = [
        (day(each["day"]), escape(each["publisher"] or ""), escape(each["target"] or ""), words(each["reason"]),
         escape(each["detail"] or ""), str(each["times"]))
        for each in told["failures"][:LISTED_MAX]
    ]  # fmt: skip
    feeds = [
        (escape(each["name"]), escape(each["publisher"]), words(each["kind"]), escape(each["answered"] or "never"),
         str(each["failures"]))
        for each in told["feeds"]
    ]  # fmt: skip
    body = (
        part("Read", _read(told["coverage"], home))
        + part("Fetched", _counted(told["fetching"]))
        + part("Failed", table((DAY, "Publisher", "What", "Why", "Detail", "Times"), failures) if failures else "")
        + part("Followed", table(("Feed", "Publisher", "Kind", "Answered", "Failed in a row"), feeds) if feeds else "")
    )
    return "What was read, and what was missed", intro + body


def _read(rows: Sequence[Mapping[str, Any]], home: str) -> str:
    if not rows:
        return "<p>Nothing was read.</p>"
    cells = [
        (_reports(each, home), escape(each["publisher"]), *(str(each[name]) for name in READ))
        for each in rows[:LISTED_MAX]
    ]
    more = f"<p>{len(rows) - LISTED_MAX} earlier rows are left out here.</p>" if len(rows) > LISTED_MAX else ""
    return table((DAY, "Publisher", *(name.replace("_", " ").capitalize() for name in READ)), cells) + more


def _reports(row: Mapping[str, Any], home: str) -> str:
    asked = urlencode({"datetime": row["published"], "publisher": row["publisher"], "f": "html"})
    told = link(f"{home}collections/reports/items?{asked}", row["published"])
    return f"<time>{told}</time>"


def _counted(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    heads = list(rows[0])
    cells = [[escape(str("" if each[name] is None else each[name])) for name in heads] for each in rows[:LISTED_MAX]]
    return table([name.replace("_", " ").capitalize() for name in heads], cells)
