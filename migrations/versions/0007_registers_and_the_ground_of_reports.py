"""What the gazetteer knows as features of its own, and the ground that each report speaks of"""

import geoalchemy2
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A settlement as far as it reaches, as `app.store.write.interpretation.ground` draws it; redrawing makes it the very
# same.
GROUND = """
UPDATE interpretation SET ground = drawn.ground FROM (
    SELECT k.report_id, ST_Multi(ST_Union(CASE f.kind WHEN 'point'
        THEN ST_Buffer(f.geom::geography, f.uncertainty_m)::geometry ELSE f.geom END)) AS ground
    FROM feature_key k JOIN feature f ON f.id = k.id AND f.start_on = k.start_on AND f.month = k.month
    GROUP BY k.report_id
) drawn WHERE drawn.report_id = interpretation.report_id
"""


def geometry() -> geoalchemy2.Geometry:
    return geoalchemy2.Geometry(geometry_type="GEOMETRY", srid=4326, dimension=2, spatial_index=False)


def upgrade() -> None:
    op.create_table(
        "register",
        sa.Column("digest", sa.Text(), nullable=False, comment="of the gazetteer and of what drew its areas"),
        sa.Column("recorded", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_register")),
    )
    op.create_table(
        "registered",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True, comment="null of what has no time"),
        sa.Column("last_on", sa.Date(), nullable=True, comment="inclusive; null while it lasts"),
        sa.Column("geom", geometry(), nullable=True, comment="null of what has neither a point nor an outline"),
        sa.Column("body", sa.Text(), nullable=False, comment="the whole GeoJSON feature, as it is served"),
        sa.ForeignKeyConstraint(["digest"], ["register.digest"], name=op.f("fk_registered_digest"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", "collection", "id", name=op.f("pk_registered")),
    )
    op.create_index(op.f("ix_registered_geom"), "registered", ["geom"], unique=False, postgresql_using="gist")
    op.add_column(
        "interpretation",
        sa.Column(
            "ground", geometry(), nullable=True, comment="all that was drawn, as one area; null where nothing was"
        ),
    )
    op.execute(GROUND)
    op.create_index(
        op.f("ix_interpretation_ground"), "interpretation", ["ground"], unique=False, postgresql_using="gist"
    )


def downgrade() -> None:
    op.drop_column("interpretation", "ground")
    op.drop_table("registered")
    op.drop_table("register")
