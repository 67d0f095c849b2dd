"""The texts of features lie in the rows themselves: what is moved out has to be looked for once for each feature

What is stored already stays where it is, until it is redrawn.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_BYTES = 3000
"""Of a row that a text makes longer, the text is compressed; moved out it is only where a page cannot hold it."""


def upgrade() -> None:
    _keep("MAIN", f"SET (toast_tuple_target = {ROW_BYTES})")


def downgrade() -> None:
    _keep("EXTENDED", "RESET (toast_tuple_target)")


def _keep(storage: str, rows: str) -> None:
    op.execute(f"ALTER TABLE feature ALTER body SET STORAGE {storage}")
    found = sa.text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'feature'::regclass ORDER BY 1")
    for partition in op.get_bind().execute(found).scalars().all():
        op.execute(f"ALTER TABLE {partition} {rows}")
