"""Which code and data made an interpretation, what was fetched, and which state the data are in."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    func,
)

from app.domain.vocabulary import (
    FailureReason,
    FetchOutcome,
)
from app.store.tables.columns import words
from app.store.tables.evidence import metadata

run = Table(
    "run",
    metadata,
    Column("id", Text, primary_key=True, comment="the same code and data give the same id"),
    Column("code_version", Text, nullable=False),
    Column("gazetteer_digest", Text, nullable=False),
    Column("rules_version", Text, nullable=False),
    Column("recorded", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

fetch_log = Table(
    "fetch_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("source_id", Text, ForeignKey("source.id")),
    Column("target", Text, nullable=False, comment="the address or file"),
    Column("feed", Text, comment="its name in the register, which it may have left"),
    Column("outcome", words(FetchOutcome), nullable=False),
    Column("reason", words(FailureReason)),
    Column("detail", Text),
    Column("report_id", Text, ForeignKey("report.id", ondelete="SET NULL")),
    Column("recorded", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("times", Integer, nullable=False, server_default="1", comment="attempts that the row tells"),
    CheckConstraint("(outcome = 'failed') = (reason IS NOT NULL)", name="reason"),
    Index(None, "recorded"),
    Index(None, "report_id"),
)

revision = Table(
    "revision",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False, comment="one more with every change of what readers see"),
    Column("changed", DateTime(timezone=True), nullable=False),
    CheckConstraint("id = 1", name="single"),
)
