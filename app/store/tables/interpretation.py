"""Interpretation, dropped and rebuilt at will: what was resolved and drawn, and how much of it there is by day."""

from datetime import date

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE

from app.domain.vocabulary import (
    Actor,
    ClaimStatus,
    Event,
    FeatureKind,
    GeoPrecision,
    Language,
    MentionOutcome,
    Outcome,
    Relation,
    SpeakerSide,
)
from app.store.tables.columns import Integers, Json, geometry, part_of_report, words
from app.store.tables.operations import metadata

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
