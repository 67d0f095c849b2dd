"""What is followed: the register of feeds, what they have named, and when each host may be asked again."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    false,
    func,
    text,
)

from app.domain.vocabulary import DateBasis, FeedKind, Language, SpeakerSide
from app.store.tables.columns import words
from app.store.tables.jobs import metadata

feed = Table(
    "feed",
    metadata,
    Column("name", Text, primary_key=True),
    Column("address", Text, nullable=False, unique=True),
    Column("kind", words(FeedKind), nullable=False),
    Column("publisher", Text, nullable=False),
    Column("side", words(SpeakerSide), nullable=False),
    Column("lang", words(Language)),
    Column("zone", Text, nullable=False, comment="IANA name; days of publication are the publisher's"),
    Column("licence", Text, nullable=False),
    Column("quoting", Text, nullable=False, comment="on which terms a sentence may be quoted"),
    Column("republishable", Boolean, nullable=False, comment="whether the whole text may be shown"),
    Column("every", Integer, nullable=False, comment="seconds from poll to poll"),
    Column("pause", Double, nullable=False, comment="seconds between two requests to its host"),
    Column("permalink", Text, comment="of one message, with {id} in it"),
    Column("added", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("url", Text, comment="that answered last, after redirects"),
    Column("etag", Text),
    Column("modified", Text),
    Column("digest", Text, comment="of the content"),
    Column("polled", DateTime(timezone=True), comment="when it was asked last, whatever it answered"),
    Column("answered", DateTime(timezone=True), comment="when it answered last"),
    Column("next_poll", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("failures", Integer, nullable=False, server_default="0", comment="in a row"),
    CheckConstraint("every >= 60", name="every"),
    CheckConstraint("pause >= 0", name="pause"),
    Index(None, "next_poll"),
)

item = Table(
    "item",
    metadata,
    Column("address", Text, primary_key=True, comment="where it is fetched; of a text, what it is known by"),
    Column("feed", Text, ForeignKey("feed.name", ondelete="CASCADE")),
    Column("text", Text, comment="of an item that came whole, until it is read"),
    Column("whole", Boolean, nullable=False, server_default=false(), comment="the feed carries the text itself"),
    Column("permalink", Text),
    Column("published", Date),
    Column("basis", words(DateBasis)),
    Column("publisher", Text, comment="where it is another than the feed's"),
    Column("lang", words(Language)),
    Column("title", Text),
    Column("changed", DateTime(timezone=True), comment="as the feed says"),
    Column("url", Text, comment="that answered last, after redirects"),
    Column("etag", Text),
    Column("modified", Text),
    Column("digest", Text),
    Column("found", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("taken", DateTime(timezone=True), comment="when it was last fetched and read"),
    Column("next_take", DateTime(timezone=True), comment="none: it is not asked for again"),
    Column("failures", Integer, nullable=False, server_default="0", comment="in a row"),
    CheckConstraint("whole OR text IS NULL", name="text"),
    Index(None, "next_take", postgresql_where=text("next_take IS NOT NULL")),
    Index(None, "feed"),
)

host = Table(
    "host",
    metadata,
    Column("name", Text, primary_key=True),
    Column("free", DateTime(timezone=True), nullable=False, comment="when the next request may go out"),
)
