"""Which day of its publisher's a moment falls on."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

FIRST_DAY = date(1990, 1, 1)
AHEAD = timedelta(hours=26)
"""A clock that is set to the wrong zone is at most so far ahead."""


def day_of(moment: datetime | None, zone: str, now: datetime) -> date | None:
    """None for a moment to come, or long past: a clock that was never set says nothing."""
    if moment is None or moment > now + AHEAD:
        return None
    day = moment.astimezone(ZoneInfo(zone)).date()
    return day if day >= FIRST_DAY else None


def parse_moment(text: str | None, zone: str) -> datetime | None:
    """Of a W3C date or time (ISO 8601); without a zone, in the publisher's. None for anything else."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
