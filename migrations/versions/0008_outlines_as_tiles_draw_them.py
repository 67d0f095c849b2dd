"""Each feature's outline in the projection of web maps beside its own: tiles need not project it every time

The table is written anew: of a million features in a few minutes, with as much room on the disk as it takes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    projected = sa.Computed("ST_AsTWKB(ST_Transform(geom, 3857), 1)", persisted=True)
    op.add_column("feature", sa.Column("projected", sa.LargeBinary(), projected, comment="geom in EPSG:3857, as TWKB"))


def downgrade() -> None:
    op.drop_column("feature", "projected")
