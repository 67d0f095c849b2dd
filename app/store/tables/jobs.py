"""What the ingestion job keeps for itself: results of jobs, keys of those who may write, what is still to be counted.

The queue's own tables (procrastinate_…) are the library's; migrations make them and `app.store.intake.jobs` reads them.
"""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Table, Text, UniqueConstraint, func

from app.store.tables.columns import Texts
from app.store.tables.interpretation import metadata

job_result = Table(
    "job_result",
    metadata,
    Column("job_id", BigInteger, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False, index=True, comment="what was handed in, by its id: the same has the same"),
    Column("outcome", Text, comment="read, known or failed; none before the first attempt"),
    Column("detail", Text, comment="why it failed"),
    Column("report_ids", Texts, nullable=False, comment="that came of it"),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, comment="who it was given to"),
    Column("hash", Text, nullable=False, comment="SHA-256 of the key; the key itself is nowhere"),
    Column("created", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("revoked", DateTime(timezone=True)),
    UniqueConstraint("hash"),
)

uncounted = Table(
    "uncounted",
    metadata,
    Column("report_id", Text, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
)
