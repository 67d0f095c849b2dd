"""Places in the order of their list, texts that may be shown whole, and a log whose old days are summed up"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WHOLE = "whether its texts may be shown whole; null where no feed told"
# The strictest of the feeds of one publisher counts, as in `app.store.intake.feeds`.
TERMS = """
UPDATE source SET republishable = told.republishable
FROM (SELECT publisher, bool_and(republishable) AS republishable FROM feed GROUP BY publisher) told
WHERE told.publisher = source.publisher
"""


def upgrade() -> None:
    op.create_index(
        op.f("ix_registered_listed"),
        "registered",
        ["digest", "collection", sa.text("coalesce(ST_Dimension(geom), 3)"), "id"],
        unique=False,
    )
    op.add_column("source", sa.Column("republishable", sa.Boolean(), nullable=True, comment=WHOLE))
    op.execute(TERMS)
    times = sa.Column("times", sa.Integer(), server_default="1", nullable=False, comment="attempts that the row tells")
    op.add_column("fetch_log", times)


def downgrade() -> None:
    op.drop_column("fetch_log", "times")
    op.drop_column("source", "republishable")
    op.drop_index(op.f("ix_registered_listed"), "registered")
