"""The first page for people: what this is, a field to ask in, and where to read on; then every link for programs."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from app.api.answer.links import Link
from app.api.pages import markup
from app.api.pages.markup import DOORS, link, part

EXAMPLES = ("south of Bakhmut", "10 км на північний захід від Авдіївки", "между Белой Горой и Андреевкой")


def landing_page(description: str, links: Sequence[Link], home: str) -> str:
    """The body; `links` are what programs find."""
    tried = ", ".join(link(f"{home}features?{urlencode({'direction': each, 'f': 'html'})}", each) for each in EXAMPLES)
    doors = [f"<li>{link(home + path, name)}: {escape(about)}</li>" for path, (name, about) in DOORS.items() if path]
    read_on = f"<ul>{''.join(doors)}</ul>"
    return (
        f"<p>{escape(description)} A claim is not a fact: who says so stands beside each.</p>"
        f'<form action="{escape(home)}features"><label>What was reported <input name="direction" size="32"'
        f' placeholder="{EXAMPLES[0]}" maxlength="300" required></label>'
        f'<input type="hidden" name="f" value="html"><button>Search</button></form>'
        f"<p class=quiet>In English, Ukrainian or Russian, as one says it: {tried}.</p>"
        f"{part('To read', read_on)}"
        f"{part('For programs', markup.told({'links': list(links)}))}"
    )
