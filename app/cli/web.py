"""What commands may fetch."""

from collections.abc import Iterable
from contextlib import suppress

from app.domain.errors import FetchError
from app.settings import Settings
from app.sources.address import Reach
from app.sources.fetch import Fetcher, Limits
from app.sources.open import is_address
from app.sources.pace import Turn


def fetcher(typed: Iterable[str] = (), turn: Turn | None = None) -> Fetcher:
    """Within the limits of the settings."""
    settings = Settings()
    limits = Limits(settings.fetch_max_bytes, settings.fetch_seconds)
    return Fetcher(reach=reach(typed), limits=limits, contact=settings.fetch_contact, turn=turn)


def reach(typed: Iterable[str] = ()) -> Reach:
    """The public web, what the settings allow, and the hosts of the addresses that were typed."""
    allowed = Reach(Settings().allowed_networks)
    for target in filter(is_address, typed):
        with suppress(FetchError):  # told when it is fetched
            allowed = allowed.typing(target)
    return allowed
