"""The queue of jobs, keys of those who may write, revisions of a page, and reports whose links are yet to be counted"""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DROP_QUEUE = """
DO $$
DECLARE each record;
BEGIN
    DROP TABLE procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs, procrastinate_workers CASCADE;
    FOR each IN SELECT oid::regprocedure AS name FROM pg_proc WHERE proname LIKE 'procrastinate\\_%' LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', each.name);
    END LOOP;
    DROP TYPE procrastinate_job_to_defer_v1, procrastinate_job_status, procrastinate_job_event_type;
END;
$$
"""


def upgrade() -> None:
    """The queue's tables are the library's own, as its version in the lock file has them."""
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    op.create_table(
        "job_result",
        sa.Column("job_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("subject", sa.Text(), nullable=False, comment="what was handed in, by its id: the same has the same"),
        sa.Column("outcome", sa.Text(), nullable=True, comment="read, known or failed; none before the first attempt"),
        sa.Column("detail", sa.Text(), nullable=True, comment="why it failed"),
        sa.Column("report_ids", postgresql.ARRAY(sa.Text()), nullable=False, comment="that came of it"),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_result")),
    )
    op.create_index(op.f("ix_job_result_subject"), "job_result", ["subject"])
    op.create_table(
        "api_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="who it was given to"),
        sa.Column("hash", sa.Text(), nullable=False, comment="SHA-256 of the key; the key itself is nowhere"),
        sa.Column("created", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_key_hash")),
    )
    op.create_table(
        "uncounted",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_uncounted_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_uncounted")),
    )
    op.add_column(
        "report", sa.Column("superseded_by", sa.Text(), nullable=True, comment="the newest revision of the same page")
    )
    op.create_foreign_key(
        op.f("fk_report_superseded_by"), "report", "report", ["superseded_by"], ["id"], ondelete="SET NULL"
    )
    op.create_index(op.f("ix_report_superseded_by"), "report", ["superseded_by"])
    op.create_index(op.f("ix_report_url_published"), "report", ["url", "published"])


def downgrade() -> None:
    op.drop_index(op.f("ix_report_url_published"), "report")
    op.drop_index(op.f("ix_report_superseded_by"), "report")
    op.drop_column("report", "superseded_by")
    op.drop_table("uncounted")
    op.drop_table("api_key")
    op.drop_table("job_result")
    op.execute(DROP_QUEUE)
