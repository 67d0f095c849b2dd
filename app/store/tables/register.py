"""What gazetteers know, as features beside those of reports: places, and operational directions by date.

A server shows those of its own gazetteer, so that its answers fit together while another version is brought in.
"""

from sqlalchemy import Column, Date, DateTime, ForeignKey, Index, PrimaryKeyConstraint, Table, Text, func, text

from app.store.tables.columns import geometry
from app.store.tables.feeds import metadata

register = Table(
    "register",
    metadata,
    Column("digest", Text, primary_key=True, comment="of the gazetteer and of what drew its areas"),
    Column("recorded", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

registered = Table(
    "registered",
    metadata,
    Column("digest", Text, ForeignKey("register.digest", ondelete="CASCADE"), nullable=False),
    Column("collection", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("first_on", Date, comment="null of what has no time"),
    Column("last_on", Date, comment="inclusive; null while it lasts"),
    Column("geom", geometry(), comment="null of what has neither a point nor an outline"),
    Column("body", Text, nullable=False, comment="the whole GeoJSON feature, as it is served"),
    PrimaryKeyConstraint("digest", "collection", "id"),
    Index(None, "geom", postgresql_using="gist"),
    Index("ix_registered_listed", "digest", "collection", text("coalesce(ST_Dimension(geom), 3)"), "id"),
)
