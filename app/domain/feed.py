"""A feed that is followed, what it names, and what is remembered of each address."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.vocabulary import DateBasis, FailureReason, FeedKind, FetchOutcome, Language, SpeakerSide


@dataclass(frozen=True, slots=True)
class Feed:
    """An entry of the register: where a publisher's reports are found, and on which terms."""

    name: str
    address: str
    """http(s) for feeds, pages and sitemaps; a path for folders and archives."""
    kind: FeedKind
    publisher: str
    side: SpeakerSide = SpeakerSide.MEDIA
    lang: Language | None = None
    """Where it should not be told from the text."""
    zone: str = "UTC"
    """IANA time zone: a report's day of publication is the publisher's."""
    licence: str = ""
    quoting: str = ""
    """On which terms a sentence may be quoted."""
    republishable: bool = False
    """Whether the whole text may be shown to others."""
    every: int = 900
    """Seconds from one poll to the next."""
    pause: float = 2.0
    """Seconds between two requests to its host, at least."""
    permalink: str | None = None
    """Address of one message of an archive, with {id} in it."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What an address answered last, so that it need not send the same again (RFC 9110, section 13)."""

    url: str | None = None
    """The address that answered, after redirects: it alone may be asked with them."""
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    """Of the content, for servers that know neither."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed names: an address to fetch, or the text itself."""

    address: str
    """Where it is fetched; for a text, what it is known by."""
    text: str | None = None
    url: str | None = None
    """Permalink of a text."""
    published: date | None = None
    basis: DateBasis | None = None
    publisher: str | None = None
    """Where it is another than the feed's, as in an archive of several."""
    lang: Language | None = None
    title: str | None = None
    changed: datetime | None = None
    """When the feed says that it was last edited."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of the log behind `/coverage`."""

    outcome: FetchOutcome
    target: str
    """The address or file."""
    feed: str | None = None
    publisher: str | None = None
    reason: FailureReason | None = None
    """Of a failure, and only of one."""
    detail: str | None = None
    report_id: str | None = None

    def __post_init__(self) -> None:
        if (self.reason is None) == (self.outcome is FetchOutcome.FAILED):
            raise ValueError("a failure has a reason, and nothing else has one")
