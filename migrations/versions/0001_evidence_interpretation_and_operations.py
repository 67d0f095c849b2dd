"""Evidence, interpretation and operations"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SPEAKERSIDE = "UA RU third_party media"
LANGUAGE = "en uk ru"
PASSAGEKIND = "heading paragraph item"
EVENT = (
    "assault clash attack_repelled advance consolidation control_change withdrawal shelling "
    "air_strike drone_strike missile_strike air_defence casualties other"
)
OUTCOME = "success partial_success no_success ongoing unknown"
ACTOR = "UA RU unknown"
CLAIMSTATUS = "claimed reported assessed geolocated confirmed denied"
TIMEPRECISION = "day week month year"
TIMEBASIS = "stated as_of"
USE = "literal associative"
MENTIONOUTCOME = "resolved ambiguous unknown out_of_theatre"
RELATION = "at near outskirts part bearing distance between axis toward along operational_direction"
FEATUREKIND = "point sector"
GEOPRECISION = "1 2 3 4 5a 5b 6 7"


def words(name: str, allowed: str) -> sa.Enum:
    return sa.Enum(*allowed.split(), name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.create_table(
        "revision",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False, comment="one more with every change of what readers see"),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_revision_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Text(), nullable=False, comment="the same code and data give the same id"),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.Column("gazetteer_digest", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("recorded", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("publisher", name=op.f("uq_source_publisher")),
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("side", words("speakerside", SPEAKERSIDE), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("name", "side", name=op.f("uq_speaker_name_side")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("stated_lang", words("stated_lang", LANGUAGE), nullable=True, comment="as the publisher states it"),
        sa.Column("lang", words("language", LANGUAGE), nullable=False, comment="as it was read"),
        sa.Column("claim_count", sa.Integer(), nullable=False, comment="0: read, and it held nothing"),
        sa.Column("recorded", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_report_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_published"), "report", ["published"])
    op.create_index(op.f("ix_report_source_id_published"), "report", ["source_id", "published"])
    op.create_table(
        "fetch_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=False, comment="the address or file"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="read, known, unchanged, failed"),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("report_id", sa.Text(), nullable=True),
        sa.Column("recorded", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_fetch_log_report_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_fetch_log_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch_log")),
    )
    op.create_index(op.f("ix_fetch_log_report_id"), "fetch_log", ["report_id"])
    op.create_index(op.f("ix_fetch_log_source_id_recorded"), "fetch_log", ["source_id", "recorded"])
    op.create_table(
        "interpretation",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_interpretation_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_interpretation_run_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_interpretation")),
    )
    op.create_index(op.f("ix_interpretation_run_id"), "interpretation", ["run_id"])
    op.create_table(
        "passage",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("kind", words("passagekind", PASSAGEKIND), nullable=False),
        sa.Column("heading", sa.Integer(), nullable=True, comment="the passage that governs this one"),
        sa.CheckConstraint("0 <= span_start AND span_start < span_end", name=op.f("ck_passage_span")),
        sa.ForeignKeyConstraint(
            ["report_id", "heading"],
            ["passage.report_id", "passage.ordinal"],
            name=op.f("fk_passage_report_id_heading"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_passage_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "ordinal", name=op.f("pk_passage")),
    )
    op.create_table(
        "claim",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "id", sa.Text(), nullable=False, comment="of what was said; the same words told twice in a report share it"
        ),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("event", words("event", EVENT), nullable=False),
        sa.Column("outcome", words("outcome", OUTCOME), nullable=False),
        sa.Column("actor", words("actor", ACTOR), nullable=False),
        sa.Column("speaker_id", sa.Text(), nullable=False),
        sa.Column("claim_status", words("claimstatus", CLAIMSTATUS), nullable=False),
        sa.Column("unverified", sa.Boolean(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False, comment="inclusive"),
        sa.Column("time_precision", words("timeprecision", TIMEPRECISION), nullable=False),
        sa.Column("time_basis", words("timebasis", TIMEBASIS), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True, comment="where it is not the day of publication"),
        sa.Column("passage", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= span_start AND span_start < span_end", name=op.f("ck_claim_span")),
        sa.CheckConstraint("start_on <= end_on", name=op.f("ck_claim_days")),
        sa.ForeignKeyConstraint(
            ["report_id", "passage"],
            ["passage.report_id", "passage.ordinal"],
            name=op.f("fk_claim_report_id_passage"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_claim_speaker_id")),
        sa.PrimaryKeyConstraint("report_id", "ordinal", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_id"), "claim", ["id"])
    op.create_index(op.f("ix_claim_speaker_id"), "claim", ["speaker_id"])
    op.create_table(
        "mention",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("use", words("use", USE), nullable=False),
        sa.Column("passage", sa.Integer(), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("fuzzy", sa.Boolean(), nullable=False),
        sa.Column(
            "name_references",
            postgresql.JSONB(),
            nullable=False,
            comment="what the name form alone allowed when it was read",
        ),
        sa.CheckConstraint("0 <= span_start AND span_start < span_end", name=op.f("ck_mention_span")),
        sa.ForeignKeyConstraint(
            ["report_id", "passage"],
            ["passage.report_id", "passage.ordinal"],
            name=op.f("fk_mention_report_id_passage"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", "ordinal", name=op.f("pk_mention")),
    )
    op.create_table(
        "resolution",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("outcome", words("mentionoutcome", MENTIONOUTCOME), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=True),
        sa.Column("candidates", postgresql.JSONB(), nullable=False, comment="best first, the chosen one included"),
        sa.CheckConstraint("outcome <> 'resolved' OR place_id IS NOT NULL", name=op.f("ck_resolution_place")),
        sa.ForeignKeyConstraint(
            ["report_id", "mention"],
            ["mention.report_id", "mention.ordinal"],
            name=op.f("fk_resolution_report_id_mention"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["interpretation.report_id"], name=op.f("fk_resolution_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_resolution_run_id")),
        sa.PrimaryKeyConstraint("report_id", "mention", name=op.f("pk_resolution")),
    )
    op.create_index(
        op.f("ix_resolution_place_id"), "resolution", ["place_id"], postgresql_where=sa.text("place_id IS NOT NULL")
    )
    op.create_table(
        "spatial_expression",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("relation", words("relation", RELATION), nullable=False),
        sa.Column(
            "anchors", postgresql.ARRAY(sa.Integer()), nullable=False, comment="ordinals of mentions, in the order said"
        ),
        sa.Column("passage", sa.Integer(), nullable=False),
        sa.Column("compass", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("distance_km", sa.Double(), nullable=True),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("gloss_of", sa.Integer(), nullable=True, comment="the mention that this phrase in brackets explains"),
        sa.CheckConstraint("0 <= span_start AND span_start < span_end", name=op.f("ck_spatial_expression_span")),
        sa.CheckConstraint("distance_km >= 0", name=op.f("ck_spatial_expression_distance")),
        sa.ForeignKeyConstraint(
            ["report_id", "gloss_of"],
            ["mention.report_id", "mention.ordinal"],
            name=op.f("fk_spatial_expression_report_id_gloss_of"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "passage"],
            ["passage.report_id", "passage.ordinal"],
            name=op.f("fk_spatial_expression_report_id_passage"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", "ordinal", name=op.f("pk_spatial_expression")),
    )
    op.create_table(
        "claim_expression",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="in the order the claim names them"),
        sa.Column("expression", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id", "claim"],
            ["claim.report_id", "claim.ordinal"],
            name=op.f("fk_claim_expression_report_id_claim"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "expression"],
            ["spatial_expression.report_id", "spatial_expression.ordinal"],
            name=op.f("fk_claim_expression_report_id_expression"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", "claim", "position", name=op.f("pk_claim_expression")),
    )
    op.create_table(
        "feature",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("expression", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("kind", words("featurekind", FEATUREKIND), nullable=False),
        sa.Column("relation", words("relation", RELATION), nullable=False),
        sa.Column("event", words("event", EVENT), nullable=False),
        sa.Column("outcome", words("outcome", OUTCOME), nullable=False),
        sa.Column("actor", words("actor", ACTOR), nullable=False),
        sa.Column("claim_status", words("claimstatus", CLAIMSTATUS), nullable=False),
        sa.Column("unverified", sa.Boolean(), nullable=False),
        sa.Column("speaker_side", words("speakerside", SPEAKERSIDE), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("occurrence", postgresql.DATERANGE(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("recorded", sa.DateTime(timezone=True), nullable=False, comment="when the report was recorded"),
        sa.Column("place_id", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("lang", words("language", LANGUAGE), nullable=False),
        sa.Column("uncertainty_m", sa.Double(), nullable=False),
        sa.Column("geo_precision", words("geoprecision", GEOPRECISION), nullable=False),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("geom", Geometry("GEOMETRY", srid=4326, spatial_index=False), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole GeoJSON feature, as it is served"),
        sa.CheckConstraint(
            "CASE kind WHEN 'point' THEN ST_GeometryType(geom) = 'ST_Point'"
            " ELSE ST_GeometryType(geom) IN ('ST_Polygon', 'ST_MultiPolygon') END",
            name=op.f("ck_feature_kind_of_geometry"),
        ),
        sa.CheckConstraint(
            "NOT isempty(occurrence) AND lower(occurrence) = start_on AND upper(occurrence) < 'infinity'",
            name=op.f("ck_feature_occurrence"),
        ),
        sa.CheckConstraint("uncertainty_m > 0 AND uncertainty_m < 'infinity'", name=op.f("ck_feature_uncertainty")),
        sa.CheckConstraint(
            "NOT ST_Intersects(geom, ST_SetSRID(ST_MakePoint(0, 0), 4326))", name=op.f("ck_feature_not_null_island")
        ),
        sa.CheckConstraint(
            "ST_IsValid(geom) AND NOT ST_IsEmpty(geom) AND ST_IsPolygonCCW(geom)", name=op.f("ck_feature_valid")
        ),
        sa.CheckConstraint("geom @ ST_MakeEnvelope(-180, -90, 180, 90, 4326)", name=op.f("ck_feature_on_earth")),
        sa.CheckConstraint("probability > 0 AND probability <= 1", name=op.f("ck_feature_probability")),
        sa.ForeignKeyConstraint(
            ["report_id", "claim"],
            ["claim.report_id", "claim.ordinal"],
            name=op.f("fk_feature_report_id_claim"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "expression"],
            ["spatial_expression.report_id", "spatial_expression.ordinal"],
            name=op.f("fk_feature_report_id_expression"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["interpretation.report_id"], name=op.f("fk_feature_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_feature_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feature")),
    )
    op.create_index(op.f("ix_feature_claim_id"), "feature", ["claim_id"])
    op.create_index(op.f("ix_feature_geom"), "feature", ["geom"], postgresql_using="gist")
    op.create_index("ix_feature_newest", "feature", [sa.literal_column("start_on DESC"), "id"])
    op.create_index(op.f("ix_feature_occurrence_geom"), "feature", ["occurrence", "geom"], postgresql_using="gist")
    op.create_index(op.f("ix_feature_place_id"), "feature", ["place_id"])
    op.create_index(op.f("ix_feature_published"), "feature", ["published"])
    op.create_index(op.f("ix_feature_recorded"), "feature", ["recorded"])
    op.create_index(op.f("ix_feature_report_id_claim"), "feature", ["report_id", "claim"])
    op.create_table(
        "issue",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("expression", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("anchors", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="why this could not be drawn"),
        sa.ForeignKeyConstraint(
            ["report_id", "expression"],
            ["spatial_expression.report_id", "spatial_expression.ordinal"],
            name=op.f("fk_issue_report_id_expression"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["interpretation.report_id"], name=op.f("fk_issue_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_issue_run_id")),
        sa.PrimaryKeyConstraint("report_id", "expression", "position", name=op.f("pk_issue")),
    )
    op.execute("INSERT INTO revision (id, number, changed) VALUES (1, 0, now())")


def downgrade() -> None:
    """The extensions stay: they may have been there before, and other tables may need them."""
    op.drop_table("issue")
    op.drop_table("feature")
    op.drop_table("claim_expression")
    op.drop_table("spatial_expression")
    op.drop_table("resolution")
    op.drop_table("mention")
    op.drop_table("claim")
    op.drop_table("passage")
    op.drop_table("interpretation")
    op.drop_table("fetch_log")
    op.drop_table("report")
    op.drop_table("speaker")
    op.drop_table("source")
    op.drop_table("run")
    op.drop_table("revision")
