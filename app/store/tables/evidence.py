"""Evidence, append-only: reports as they were received, and what was read in them."""

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
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    func,
)

from app.domain.vocabulary import (
    Actor,
    ClaimStatus,
    DateBasis,
    Event,
    Language,
    Outcome,
    PassageKind,
    Relation,
    SpeakerSide,
    TimeBasis,
    TimePrecision,
    Use,
)
from app.store.tables.columns import Integers, Json, Texts, metadata, part_of_report, span, words

source = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    Column("publisher", Text, nullable=False),
    Column("republishable", Boolean, comment="whether its texts may be shown whole; null where no feed told"),
    UniqueConstraint("publisher"),
)

report = Table(
    "report",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, ForeignKey("source.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("url", Text),
    Column("published", Date, nullable=False),
    Column("published_basis", words(DateBasis, "published_basis"), comment="who says so, where it is known"),
    Column("stated_lang", words(Language, "stated_lang"), comment="as the publisher states it"),
    Column("lang", words(Language), nullable=False, comment="as it was read"),
    Column("claim_count", Integer, nullable=False, comment="0: read, and it held nothing"),
    Column("recorded", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column(
        "superseded_by",
        Text,
        ForeignKey("report.id", ondelete="SET NULL"),
        comment="the newest revision of the same page",
    ),
    Index(None, "source_id", "published"),
    Index(None, "published"),
    Index(None, "url", "published"),
    Index(None, "superseded_by"),
)

passage = Table(
    "passage",
    metadata,
    Column("report_id", Text, ForeignKey("report.id", ondelete="CASCADE")),
    Column("ordinal", Integer),
    *span(),
    Column("kind", words(PassageKind), nullable=False),
    Column("heading", Integer, comment="the passage that governs this one"),
    PrimaryKeyConstraint("report_id", "ordinal"),
    part_of_report("passage", "heading"),
)

speaker = Table(
    "speaker",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("side", words(SpeakerSide), nullable=False),
    UniqueConstraint("name", "side"),
)

mention = Table(
    "mention",
    metadata,
    Column("report_id", Text),
    Column("ordinal", Integer),
    *span(),
    Column("surface", Text, nullable=False),
    Column("use", words(Use), nullable=False),
    Column("passage", Integer, nullable=False),
    Column("kinds", Texts, nullable=False),
    Column("fuzzy", Boolean, nullable=False),
    Column("name_references", Json, nullable=False, comment="what the name form alone allowed when it was read"),
    PrimaryKeyConstraint("report_id", "ordinal"),
    part_of_report("passage", "passage"),
)

spatial_expression = Table(
    "spatial_expression",
    metadata,
    Column("report_id", Text),
    Column("ordinal", Integer),
    *span(),
    Column("relation", words(Relation), nullable=False),
    Column("anchors", Integers, nullable=False, comment="ordinals of mentions, in the order said"),
    Column("passage", Integer, nullable=False),
    Column("compass", Texts, nullable=False),
    Column("distance_km", Double),
    Column("part", Text),
    Column("gloss_of", Integer, comment="the mention that this phrase in brackets explains"),
    PrimaryKeyConstraint("report_id", "ordinal"),
    part_of_report("passage", "passage"),
    part_of_report("mention", "gloss_of"),
    CheckConstraint("distance_km >= 0", name="distance"),
)

claim = Table(
    "claim",
    metadata,
    Column("report_id", Text),
    Column("ordinal", Integer),
    Column("id", Text, nullable=False, comment="of what was said; the same words told twice in a report share it"),
    *span(),
    Column("event", words(Event), nullable=False),
    Column("outcome", words(Outcome), nullable=False),
    Column("actor", words(Actor), nullable=False),
    Column("speaker_id", Text, ForeignKey("speaker.id"), nullable=False),
    Column("claim_status", words(ClaimStatus), nullable=False),
    Column("unverified", Boolean, nullable=False),
    Column("start_on", Date, nullable=False),
    Column("end_on", Date, nullable=False, comment="inclusive"),
    Column("time_precision", words(TimePrecision), nullable=False),
    Column("time_basis", words(TimeBasis), nullable=False),
    Column("as_of", Date, comment="where it is not the day of publication"),
    Column("passage", Integer, nullable=False),
    PrimaryKeyConstraint("report_id", "ordinal"),
    part_of_report("passage", "passage"),
    CheckConstraint("start_on <= end_on", name="days"),
    Index(None, "id"),
    Index(None, "speaker_id"),
)

claim_expression = Table(
    "claim_expression",
    metadata,
    Column("report_id", Text),
    Column("claim", Integer),
    Column("position", Integer, comment="in the order the claim names them"),
    Column("expression", Integer, nullable=False),
    PrimaryKeyConstraint("report_id", "claim", "position"),
    part_of_report("claim", "claim"),
    part_of_report("spatial_expression", "expression"),
)
