"""Whether a site lets its pages be fetched by programs (robots.txt, RFC 9309), and how slowly."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from app.domain.errors import FetchError
from app.domain.vocabulary import FailureReason

KEPT = 3600.0
"""Seconds for which what a site said holds."""
MAX_BYTES = 512_000
"""The rest is not read; RFC 9309 asks for 500 KiB."""
SLOWEST = 30.0
"""Seconds between requests: who asks for more is asked this slowly."""


@dataclass(frozen=True, slots=True)
class _Said:
    rules: Protego | None
    """None: everything is allowed."""
    until: float


class Robots:
    """What sites said, remembered. `ask` fetches a robots.txt: its text, or None where the site has none."""

    def __init__(
        self, ask: Callable[[httpx.URL], str | None], agent: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = ask
        self._agent = agent
        self._clock = clock
        self._said: dict[str, _Said] = {}

    def pause(self, url: httpx.URL) -> float:
        """Seconds that the site wants between requests; 0 where it does not say.

        Raises FetchError where it wants `url` left alone, or where its wish cannot be known (RFC 9309, section
        2.3.1.4: then nothing may be fetched).
        """
        rules = self._rules(url)
        if rules is None:
            return 0
        if not rules.can_fetch(str(url), self._agent):
            raise FetchError(
                f"{url} is not to be fetched by programs, as the site's robots.txt says", FailureReason.ROBOTS
            )
        delay = rules.crawl_delay(self._agent) or 0
        return min(max(delay, 0), SLOWEST)

    def _rules(self, url: httpx.URL) -> Protego | None:
        key = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        said = self._said.get(key)
        if said is None or said.until < self._clock():
            text = self._ask(httpx.URL(key))
            said = _Said(None if text is None else Protego.parse(text), self._clock() + KEPT)
            self._said[key] = said
        return said.rules
