"""What claims are found by, to see who says the same and who says otherwise"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty at first: `frontline redraw` fills it for reports that are stored already."""
    op.create_table(
        "claim_key",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column(
            "key", sa.Text(), nullable=False, comment="a spot, a direction or a name that other claims may share"
        ),
        sa.Column("said", sa.Date(), nullable=False, comment="the day the claim was spoken of"),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id", "claim"],
            ["claim.report_id", "claim.ordinal"],
            name=op.f("fk_claim_key_report_id_claim"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["interpretation.report_id"], name=op.f("fk_claim_key_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_claim_key_run_id")),
        sa.PrimaryKeyConstraint("report_id", "claim", "key", name=op.f("pk_claim_key")),
    )
    op.create_index(op.f("ix_claim_key_key_said"), "claim_key", ["key", "said"])


def downgrade() -> None:
    op.drop_table("claim_key")
