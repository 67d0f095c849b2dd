"""What is stored: evidence (append-only), interpretation (dropped and rebuilt at will) and operations.

    source ─< report ─< passage
                    ├─< mention ────────────< resolution        mention → place, or why not, with the losers
                    ├─< spatial_expression
                    └─< claim ─< claim_expression
              speaker ──┘   └───────────────< feature           what was drawn of a claim
    run ─< interpretation (one per report) ─< resolution, feature_key ─ feature, issue
                                                                feature_day     how many features there are, and where

Parts of a report are numbered as they stand in it (`ordinal`); a place is an id of the gazetteer.
"""

from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE

from app.domain.vocabulary import (
    Actor,
    ClaimStatus,
    DateBasis,
    Event,
    FailureReason,
    FeatureKind,
    FetchOutcome,
    GeoPrecision,
    Language,
    MentionOutcome,
    Outcome,
    PassageKind,
    Relation,
    SpeakerSide,
    TimeBasis,
    TimePrecision,
    Use,
)
from app.store.columns import Integers, Json, Texts, geometry, metadata, part_of_report, span, words

# Evidence

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

# Operations

run = Table(
    "run",
    metadata,
    Column("id", Text, primary_key=True, comment="the same code and data give the same id"),
    Column("code_version", Text, nullable=False),
    Column("gazetteer_digest", Text, nullable=False),
    Column("rules_version", Text, nullable=False),
    Column("recorded", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

fetch_log = Table(
    "fetch_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("source_id", Text, ForeignKey("source.id")),
    Column("target", Text, nullable=False, comment="the address or file"),
    Column("feed", Text, comment="its name in the register, which it may have left"),
    Column("outcome", words(FetchOutcome), nullable=False),
    Column("reason", words(FailureReason)),
    Column("detail", Text),
    Column("report_id", Text, ForeignKey("report.id", ondelete="SET NULL")),
    Column("recorded", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("times", Integer, nullable=False, server_default="1", comment="attempts that the row tells"),
    CheckConstraint("(outcome = 'failed') = (reason IS NOT NULL)", name="reason"),
    Index(None, "recorded"),
    Index(None, "report_id"),
)

revision = Table(
    "revision",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False, comment="one more with every change of what readers see"),
    Column("changed", DateTime(timezone=True), nullable=False),
    CheckConstraint("id = 1", name="single"),
)

# Interpretation

interpretation = Table(
    "interpretation",
    metadata,
    Column("report_id", Text, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("run_id", Text, ForeignKey("run.id"), nullable=False),
    Column("ground", geometry(), comment="all that was drawn, as one area; null where nothing was"),
    Index(None, "run_id"),
    Index(None, "ground", postgresql_using="gist"),
)


def _interpreted() -> ForeignKeyConstraint:
    """Dropping a report's row of `interpretation` drops all that was derived from the report."""
    return ForeignKeyConstraint(["report_id"], ["interpretation.report_id"], ondelete="CASCADE")


resolution = Table(
    "resolution",
    metadata,
    Column("report_id", Text),
    Column("mention", Integer),
    Column("run_id", Text, ForeignKey("run.id"), nullable=False),
    Column("outcome", words(MentionOutcome), nullable=False),
    Column("place_id", Text),
    Column("candidates", Json, nullable=False, comment="best first, the chosen one included"),
    PrimaryKeyConstraint("report_id", "mention"),
    part_of_report("mention", "mention"),
    _interpreted(),
    CheckConstraint("outcome <> 'resolved' OR place_id IS NOT NULL", name="place"),
    Index(None, "place_id", postgresql_where=text("place_id IS NOT NULL")),
)

issue = Table(
    "issue",
    metadata,
    Column("report_id", Text),
    Column("expression", Integer),
    Column("position", Integer),
    Column("run_id", Text, ForeignKey("run.id"), nullable=False),
    Column("anchors", Integers, nullable=False),
    Column("reason", Text, nullable=False, comment="why this could not be drawn"),
    PrimaryKeyConstraint("report_id", "expression", "position"),
    part_of_report("spatial_expression", "expression"),
    _interpreted(),
)

claim_key = Table(
    "claim_key",
    metadata,
    Column("report_id", Text),
    Column("claim", Integer),
    Column("key", Text, comment="a spot, a direction or a name that other claims may share"),
    Column("said", Date, nullable=False, comment="the day the claim was spoken of"),
    Column("run_id", Text, ForeignKey("run.id"), nullable=False),
    PrimaryKeyConstraint("report_id", "claim", "key"),
    part_of_report("claim", "claim"),
    _interpreted(),
    Index(None, "key", "said"),
)

feature_key = Table(
    "feature_key",
    metadata,
    Column("id", Text, primary_key=True),
    Column("start_on", Date, nullable=False),
    Column("month", Date, nullable=False, comment="where the feature is: the partition, and in it the day"),
    Column("report_id", Text, nullable=False),
    Column("claim", Integer, nullable=False),
    Column("claim_id", Text, nullable=False),
    Column("expression", Integer, nullable=False),
    Column("run_id", Text, ForeignKey("run.id"), nullable=False),
    UniqueConstraint("id", "start_on", "month"),
    part_of_report("claim", "claim"),
    part_of_report("spatial_expression", "expression"),
    _interpreted(),
    Index(None, "report_id", "claim"),
    Index(None, "claim_id"),
)

LASTING = date(1, 1, 1)
"""Stands for the month of what lasts longer than LASTING_DAYS: its start says little of where to look for it."""
LASTING_DAYS = 32

PROJECTED = "ST_AsTWKB(ST_Transform(geom, 3857), 1)"
"""For tiles, of which projecting took a third of the time; to the decimetre, as coordinates in bodies are."""

feature = Table(
    "feature",
    metadata,
    Column("id", Text, nullable=False),
    Column("month", Date, nullable=False, comment="of its start, the first day of it; that of LASTING where it lasts"),
    Column("report_id", Text, nullable=False),
    Column("claim", Integer, nullable=False),
    Column("claim_id", Text, nullable=False),
    Column("expression", Integer, nullable=False),
    Column("run_id", Text, nullable=False),
    Column("kind", words(FeatureKind), nullable=False),
    Column("relation", words(Relation), nullable=False),
    Column("event", words(Event), nullable=False),
    Column("outcome", words(Outcome), nullable=False),
    Column("actor", words(Actor), nullable=False),
    Column("claim_status", words(ClaimStatus), nullable=False),
    Column("unverified", Boolean, nullable=False),
    Column("speaker_side", words(SpeakerSide), nullable=False),
    Column("start_on", Date, nullable=False),
    Column("occurrence", DATERANGE, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("published", Date, nullable=False),
    Column("recorded", DateTime(timezone=True), nullable=False, comment="when the report was recorded"),
    Column("place_id", Text),
    Column("publisher", Text, nullable=False),
    Column("lang", words(Language), nullable=False),
    Column("uncertainty_m", Double, nullable=False),
    Column("geo_precision", words(GeoPrecision), nullable=False),
    Column("probability", Double),
    Column("method", Text, nullable=False),
    Column("rules_version", Text, nullable=False),
    Column("geom", geometry(), nullable=False),
    Column("projected", LargeBinary, Computed(PROJECTED, persisted=True), comment="geom in EPSG:3857, as TWKB"),
    Column("body", Text, nullable=False, comment="the whole GeoJSON feature, as it is served"),
    # In the order of pages, so that one index finds a feature and puts them in order.
    PrimaryKeyConstraint("start_on", "id", "month"),
    # To the key alone, which hangs on all else: what is referred to from here is asked in every partition.
    ForeignKeyConstraint(
        ["id", "start_on", "month"], [feature_key.c.id, feature_key.c.start_on, feature_key.c.month], ondelete="CASCADE"
    ),
    CheckConstraint(
        f"month = CASE WHEN upper(occurrence) - lower(occurrence) > {LASTING_DAYS} THEN '{LASTING}'::date"
        " ELSE date_trunc('month', start_on::timestamp)::date END",
        name="month",
    ),
    CheckConstraint(
        "NOT isempty(occurrence) AND lower(occurrence) = start_on AND upper(occurrence) < 'infinity'", name="occurrence"
    ),
    CheckConstraint("uncertainty_m > 0 AND uncertainty_m < 'infinity'", name="uncertainty"),
    CheckConstraint("probability > 0 AND probability <= 1", name="probability"),
    CheckConstraint("ST_IsValid(geom) AND NOT ST_IsEmpty(geom) AND ST_IsPolygonCCW(geom)", name="valid"),
    CheckConstraint("geom @ ST_MakeEnvelope(-180, -90, 180, 90, 4326)", name="on_earth"),
    CheckConstraint("NOT ST_Intersects(geom, ST_SetSRID(ST_MakePoint(0, 0), 4326))", name="not_null_island"),
    CheckConstraint(
        "CASE kind WHEN 'point' THEN ST_GeometryType(geom) = 'ST_Point'"
        " ELSE ST_GeometryType(geom) IN ('ST_Polygon', 'ST_MultiPolygon') END",
        name="kind_of_geometry",
    ),
    # Time first: reports lie dense in space and spread over time, and so measured it is ten times faster.
    Index(None, "occurrence", "geom", postgresql_using="gist"),
    Index(None, "geom", postgresql_using="gist"),
    Index(None, "place_id"),
    Index(None, "published"),
    Index(None, "recorded"),
    postgresql_partition_by="RANGE (month)",
)

feature_day = Table(
    "feature_day",
    metadata,
    Column("day", Date),
    Column("kind", words(FeatureKind)),
    Column("event", words(Event)),
    Column("starting", Integer, nullable=False, comment="features that start on the day"),
    Column("ending", Integer, nullable=False, comment="features of which the day is the last"),
    Column("around", geometry(), comment="the box around those that start"),
    PrimaryKeyConstraint("day", "kind", "event"),
    CheckConstraint("starting >= 0 AND ending >= 0", name="counts"),
)
