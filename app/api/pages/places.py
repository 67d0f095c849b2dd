"""Names and phrases as pages for people: what was found, and which area it is."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

from app.api.answer.responses import Json
from app.api.pages.claim import candidates, place
from app.api.pages.markup import facts, link, part, table, words
from app.api.pages.sketch import sketch


def places_page(q: str, told: Json, home: str) -> tuple[str, str]:
    form = (
        f'<form action="{escape(home)}places"><input name="q" value="{escape(q)}" maxlength="100" required>'
        '<input type="hidden" name="f" value="html"><button>Find a place</button></form>'
    )
    rows = [_row(each["properties"], home) for each in told["features"]]
    found = table(("Place", "Kind", "In", "What was reported"), rows) if rows else "<p>No place is called so.</p>"
    return "Places", form + found


def _row(told: Json, home: str) -> tuple[str, ...]:
    reported = link(f"{home}features?{urlencode({'place': told['id'], 'f': 'html'})}", "of it")
    return place(told, home), words(told["kind"]), escape(told["within"]), reported


def resolve_page(told: Mapping[str, Any], datetime: str | None, home: str) -> tuple[str, str]:
    about = told["properties"]
    asked = {"direction": about["phrase"], **({"datetime": datetime} if datetime else {})}
    form = (
        f'<form action="{escape(home)}resolve"><input name="direction" size="40" value="{escape(about["phrase"])}"'
        ' maxlength="300" required><input type="hidden" name="f" value="html"><button>Read a phrase</button></form>'
    )
    # Like a name and a number that stand for nothing: a share is told where it was measured.
    share = "" if about["probability"] is None else f"{about['probability']:.0%} of true locations lie inside"
    read = facts(
        {
            "Read as": words(about["relation"]),
            "Bearing": escape(_listed(about["compass"])),
            "Distance": "" if about["distance_km"] is None else f"{about['distance_km']:g} km",
            "Part": words(about["part"]) if about["part"] else "",
            "From": ", ".join(place(each, home) for each in about["anchors"]),
            "Drawn by the rule": words(_listed(about["method"])),
            "Uncertainty": f"{about['uncertainty_m'] / 1000:.1f} km",
            "Measured": share,
        }
    )
    onward = link(f"{home}features?{urlencode({**asked, 'f': 'html'})}", "What was reported there")
    on_map = link(f"{home}map#{urlencode({'direction': about['phrase']})}", "on the map")
    names = {each["name"]: (each["lon"], each["lat"]) for each in about["anchors"] if each["lon"] is not None}
    chosen = {each["id"] for each in about["anchors"]}
    considered = part("Places considered", candidates(about["candidates"], chosen, home))
    return (
        f"“{about['phrase']}”",
        f"{form}{read}{sketch([told['geometry']], names)}<p>{onward}, {on_map}.</p>{considered}",
    )


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, Iterable) and not isinstance(value, str) else str(value or "")
