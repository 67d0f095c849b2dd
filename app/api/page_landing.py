"""The first page for people: what this is, a field to ask in, and where to read on; then every link for programs."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from app.api import markup
from app.api.links import Link
from app.api.markup import link, part

EXAMPLES = ("south of Bakhmut", "10 км на північний захід від Авдіївки", "между Белой Горой и Андреевкой")
READ_ON = {
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
"""Below the address of the API: what it is called, and what is there."""


def landing_page(description: str, links: Sequence[Link], home: str) -> str:
    """The body; `links` are what programs find."""
    tried = ", ".join(link(f"{home}features?{urlencode({'direction': each, 'f': 'html'})}", each) for each in EXAMPLES)
    read_on = "".join(f"<li>{link(home + path, name)}: {escape(about)}</li>" for path, (name, about) in READ_ON.items())
    return (
        f"<p>{escape(description)} A claim is not a fact: who says so stands beside each.</p>"
        f'<form action="{escape(home)}features"><label>What was reported <input name="direction" size="32"'
        f' placeholder="{EXAMPLES[0]}" maxlength="300" required></label>'
        f'<input type="hidden" name="f" value="html"><button>Search</button></form>'
        f"<p class=quiet>In English, Ukrainian or Russian, as one says it: {tried}.</p>"
        f"{part('To read', f'<ul>{read_on}</ul>')}"
        f"{part('For programs', markup.told({'links': list(links)}))}"
    )
