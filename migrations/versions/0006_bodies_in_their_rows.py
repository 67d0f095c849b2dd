"""The texts of features lie in the rows themselves: what is moved out has to be looked for once for each feature

What is stored already stays where it is, until it is redrawn.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_BYTES = 4000
"""Of a longer row the text is compressed, and moved out only where that is not enough."""


def upgrade() -> None:
    _partitions(f"SET (toast_tuple_target = {ROW_BYTES})")


def downgrade() -> None:
    _partitions("RESET (toast_tuple_target)")


def _partitions(change: str) -> None:
    found = sa.text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'feature'::regclass ORDER BY 1")
    for partition in op.get_bind().execute(found).scalars().all():
        op.execute(f"ALTER TABLE {partition} {change}")
