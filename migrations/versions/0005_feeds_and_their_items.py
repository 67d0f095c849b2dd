"""The register of feeds, what they have named, and a log of attempts with a reason for each failure"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FEEDKIND = "feed page sitemap folder jsonl telegram"
SPEAKERSIDE = "UA RU third_party media"
LANGUAGE = "en uk ru"
DATEBASIS = "given feed page text"
FETCHOUTCOME = "polled fetched unchanged read known failed"
FAILUREREASON = (
    "bad_address not_public unresolved unreachable timeout too_large redirects robots gone forbidden busy refused "
    "server_error wrong_type malformed unreadable undated missing internal"
)


def words(name: str, allowed: str) -> sa.Enum:
    return sa.Enum(*allowed.split(), name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """The log is made anew: nothing wrote to it before."""
    op.create_table(
        "feed",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kind", words("feedkind", FEEDKIND), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("side", words("speakerside", SPEAKERSIDE), nullable=False),
        sa.Column("lang", words("language", LANGUAGE), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False, comment="IANA name; days of publication are the publisher's"),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("quoting", sa.Text(), nullable=False, comment="on which terms a sentence may be quoted"),
        sa.Column("republishable", sa.Boolean(), nullable=False, comment="whether the whole text may be shown"),
        sa.Column("every", sa.Integer(), nullable=False, comment="seconds from poll to poll"),
        sa.Column("pause", sa.Double(), nullable=False, comment="seconds between two requests to its host"),
        sa.Column("permalink", sa.Text(), nullable=True, comment="of one message, with {id} in it"),
        sa.Column("added", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("url", sa.Text(), nullable=True, comment="that answered last, after redirects"),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True, comment="of the content"),
        sa.Column(
            "polled", sa.DateTime(timezone=True), nullable=True, comment="when it was asked last, whatever it answered"
        ),
        sa.Column("answered", sa.DateTime(timezone=True), nullable=True, comment="when it answered last"),
        sa.Column("next_poll", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False, comment="in a row"),
        sa.CheckConstraint("every >= 60", name=op.f("ck_feed_every")),
        sa.CheckConstraint("pause >= 0", name=op.f("ck_feed_pause")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_feed")),
        sa.UniqueConstraint("address", name=op.f("uq_feed_address")),
    )
    op.create_index(op.f("ix_feed_next_poll"), "feed", ["next_poll"], unique=False)
    op.create_table(
        "host",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("free", sa.DateTime(timezone=True), nullable=False, comment="when the next request may go out"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host")),
    )
    op.create_table(
        "item",
        sa.Column("address", sa.Text(), nullable=False, comment="where it is fetched; of a text, what it is known by"),
        sa.Column("feed", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True, comment="of an item that came whole, until it is read"),
        sa.Column(
            "whole",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="the feed carries the text itself",
        ),
        sa.Column("permalink", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("basis", words("datebasis", DATEBASIS), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True, comment="where it is another than the feed's"),
        sa.Column("lang", words("language", LANGUAGE), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=True, comment="as the feed says"),
        sa.Column("url", sa.Text(), nullable=True, comment="that answered last, after redirects"),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("found", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("taken", sa.DateTime(timezone=True), nullable=True, comment="when it was last fetched and read"),
        sa.Column("next_take", sa.DateTime(timezone=True), nullable=True, comment="none: it is not asked for again"),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False, comment="in a row"),
        sa.CheckConstraint("whole OR text IS NULL", name=op.f("ck_item_text")),
        sa.ForeignKeyConstraint(["feed"], ["feed.name"], name=op.f("fk_item_feed"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_item")),
    )
    op.create_index(op.f("ix_item_feed"), "item", ["feed"], unique=False)
    op.create_index(
        op.f("ix_item_next_take"),
        "item",
        ["next_take"],
        unique=False,
        postgresql_where=sa.text("next_take IS NOT NULL"),
    )
    op.drop_table("fetch_log")
    op.create_table(
        "fetch_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=False, comment="the address or file"),
        sa.Column("feed", sa.Text(), nullable=True, comment="its name in the register, which it may have left"),
        sa.Column("outcome", words("fetchoutcome", FETCHOUTCOME), nullable=False),
        sa.Column("reason", words("failurereason", FAILUREREASON), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("report_id", sa.Text(), nullable=True),
        sa.Column("recorded", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(outcome = 'failed') = (reason IS NOT NULL)", name=op.f("ck_fetch_log_reason")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_fetch_log_report_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_fetch_log_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch_log")),
    )
    op.create_index(op.f("ix_fetch_log_recorded"), "fetch_log", ["recorded"])
    op.create_index(op.f("ix_fetch_log_report_id"), "fetch_log", ["report_id"])
    op.add_column(
        "report",
        sa.Column(
            "published_basis",
            words("published_basis", DATEBASIS),
            nullable=True,
            comment="who says so, where it is known",
        ),
    )


def downgrade() -> None:
    op.drop_column("report", "published_basis")
    op.drop_table("fetch_log")
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
    op.drop_table("item")
    op.drop_table("host")
    op.drop_table("feed")
