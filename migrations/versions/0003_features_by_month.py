"""Features in partitions by the month they start in, found by one key table, counted by day"""

from datetime import date

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Everything of a feature but its month, in the order of the columns.
COLUMNS = (
    "id, report_id, claim, claim_id, expression, run_id, kind, relation, event, outcome, actor, claim_status,"
    " unverified, speaker_side, start_on, occurrence, as_of, published, recorded, place_id, publisher, lang,"
    " uncertainty_m, geo_precision, probability, method, rules_version, geom, body"
)
MONTH = (
    "CASE WHEN upper(occurrence) - lower(occurrence) > 32 THEN '0001-01-01'::date"
    " ELSE date_trunc('month', start_on::timestamp)::date END"
)
FASTER = """
DO $$
BEGIN
    ALTER TABLE feature ALTER body SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN  -- a server that was built without it
    RAISE NOTICE 'bodies are compressed by pglz';
END;
$$
"""
EVENTS = (
    "assault clash attack_repelled advance consolidation control_change withdrawal shelling "
    "air_strike drone_strike missile_strike air_defence casualties other"
)
TO_WHOLE = (
    ("fk_feature_report_id_claim", "report_id, claim", "claim (report_id, ordinal) ON DELETE CASCADE"),
    (
        "fk_feature_report_id_expression",
        "report_id, expression",
        "spatial_expression (report_id, ordinal) ON DELETE CASCADE",
    ),
    ("fk_feature_report_id", "report_id", "interpretation (report_id) ON DELETE CASCADE"),
    ("fk_feature_run_id", "run_id", "run (id)"),
)  # fmt: skip


def upgrade() -> None:
    op.execute("ALTER TABLE feature RENAME TO feature_before")
    op.execute("ALTER TABLE feature_before RENAME CONSTRAINT pk_feature TO pk_feature_before")
    for name in ("claim_id", "geom", "occurrence_geom", "place_id", "published", "recorded", "report_id_claim"):
        op.execute(f"DROP INDEX ix_feature_{name}")
    op.execute("DROP INDEX ix_feature_newest")
    _keys()
    _days()
    op.execute(
        "CREATE TABLE feature (LIKE feature_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS,"
        f" month date NOT NULL, CONSTRAINT ck_feature_month CHECK (month = {MONTH})) PARTITION BY RANGE (month)"
    )
    op.execute("COMMENT ON COLUMN feature.month IS 'of its start, the first day of it; that of LASTING where it lasts'")
    op.execute(FASTER)
    _index()
    op.execute(
        "ALTER TABLE feature ADD CONSTRAINT fk_feature_id_start_on_month FOREIGN KEY (id, start_on, month)"
        " REFERENCES feature_key (id, start_on, month) ON DELETE CASCADE"
    )
    _partitions()
    op.execute(
        "INSERT INTO feature_key (id, start_on, month, report_id, claim, claim_id, expression, run_id)"
        f" SELECT id, start_on, {MONTH}, report_id, claim, claim_id, expression, run_id FROM feature_before"
    )
    op.execute(f"INSERT INTO feature ({COLUMNS}, month) SELECT {COLUMNS}, {MONTH} FROM feature_before")
    op.execute("DROP TABLE feature_before")
    op.execute(
        "INSERT INTO feature_day SELECT day, kind, event, sum(starting), sum(ending),"
        " ST_Envelope(ST_SetSRID(ST_Extent(geom)::geometry, 4326)) FROM ("
        "SELECT start_on, kind, event, 1, 0, geom FROM feature"
        " UNION ALL SELECT upper(occurrence) - 1, kind, event, 0, 1, NULL FROM feature"
        ") AS ends (day, kind, event, starting, ending, geom) GROUP BY day, kind, event"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE feature RENAME TO feature_after")
    op.execute("ALTER TABLE feature_after RENAME CONSTRAINT pk_feature TO pk_feature_after")
    for name in ("geom", "occurrence_geom", "place_id", "published", "recorded"):
        op.execute(f"DROP INDEX ix_feature_{name}")
    op.execute("CREATE TABLE feature (LIKE feature_after INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)")
    op.execute("ALTER TABLE feature DROP COLUMN month")  # and with it the constraint on it
    op.execute(f"INSERT INTO feature ({COLUMNS}) SELECT {COLUMNS} FROM feature_after")
    op.execute("DROP SCHEMA feature_month CASCADE")
    op.execute("DROP TABLE feature_after")
    op.execute("DROP TABLE feature_key")
    op.execute("DROP TABLE feature_day")
    op.create_primary_key("pk_feature", "feature", ["id"])
    for name, columns, target in TO_WHOLE:
        op.execute(f"ALTER TABLE feature ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {target}")
    op.execute("CREATE INDEX ix_feature_occurrence_geom ON feature USING gist (occurrence, geom)")
    op.execute("CREATE INDEX ix_feature_geom ON feature USING gist (geom)")
    for name in ("place_id", "published", "recorded", "claim_id"):
        op.execute(f"CREATE INDEX ix_feature_{name} ON feature ({name})")
    op.execute("CREATE INDEX ix_feature_newest ON feature (start_on DESC, id)")
    op.execute("CREATE INDEX ix_feature_report_id_claim ON feature (report_id, claim)")


def _keys() -> None:
    op.create_table(
        "feature_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False, comment="where the feature is: the partition, and in it the day"),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("expression", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id", "claim"],
            ["claim.report_id", "claim.ordinal"],
            name=op.f("fk_feature_key_report_id_claim"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "expression"],
            ["spatial_expression.report_id", "spatial_expression.ordinal"],
            name=op.f("fk_feature_key_report_id_expression"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["interpretation.report_id"], name=op.f("fk_feature_key_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_feature_key_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feature_key")),
        sa.UniqueConstraint("id", "start_on", "month", name=op.f("uq_feature_key_id_start_on_month")),
    )
    op.create_index(op.f("ix_feature_key_report_id_claim"), "feature_key", ["report_id", "claim"])
    op.create_index(op.f("ix_feature_key_claim_id"), "feature_key", ["claim_id"])


def _days() -> None:
    events = sa.Enum(*EVENTS.split(), name="event", native_enum=False, create_constraint=True, length=32)
    kinds = sa.Enum("point", "sector", name="featurekind", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "feature_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("event", events, nullable=False),
        sa.Column("starting", sa.Integer(), nullable=False, comment="features that start on the day"),
        sa.Column("ending", sa.Integer(), nullable=False, comment="features of which the day is the last"),
        sa.Column(
            "around",
            Geometry("GEOMETRY", srid=4326, spatial_index=False),
            nullable=True,
            comment="the box around those that start",
        ),
        sa.CheckConstraint("starting >= 0 AND ending >= 0", name=op.f("ck_feature_day_counts")),
        sa.PrimaryKeyConstraint("day", "kind", "event", name=op.f("pk_feature_day")),
    )


def _index() -> None:
    op.create_primary_key("pk_feature", "feature", ["start_on", "id", "month"])
    op.execute("CREATE INDEX ix_feature_occurrence_geom ON feature USING gist (occurrence, geom)")
    op.execute("CREATE INDEX ix_feature_geom ON feature USING gist (geom)")
    for name in ("place_id", "published", "recorded"):
        op.execute(f"CREATE INDEX ix_feature_{name} ON feature ({name})")


def _partitions() -> None:
    """What lasts, what is early, what is late, and the months that there is something in."""
    op.execute("CREATE SCHEMA feature_month")
    fixed = {"lasting": ("MINVALUE", "'0001-02-01'"), "early": ("'0001-02-01'", "'2014-01-01'"),
             "late": ("'2036-01-01'", "MAXVALUE")}  # fmt: skip
    statement = sa.text(f"SELECT DISTINCT {MONTH} FROM feature_before ORDER BY 1")
    held = op.get_bind().execute(statement).scalars().all()
    months = [month for month in held if date(2014, 1, 1) <= month < date(2036, 1, 1)]
    monthly = {f"m{month:%Y_%m}": (f"'{month}'", f"'{_next(month)}'") for month in months}
    for name, (start, end) in (fixed | monthly).items():
        op.execute(f"CREATE TABLE feature_month.{name} PARTITION OF feature FOR VALUES FROM ({start}) TO ({end})")


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
