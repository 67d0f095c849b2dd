"""The kinds of column that tables share: closed vocabularies, geometries, spans, and a name for every constraint."""

from enum import StrEnum

from geoalchemy2 import Geometry
from sqlalchemy import CheckConstraint, Column, Enum, ForeignKeyConstraint, Integer, MetaData, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Json = JSONB(none_as_null=True)
Integers = ARRAY(Integer)
Texts = ARRAY(Text)


def words(vocabulary: type[StrEnum], name: str | None = None) -> Enum:
    """Text that holds one word of a vocabulary; the database refuses any other."""
    return Enum(
        vocabulary,
        name=name or vocabulary.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


def geometry() -> Geometry:
    """WGS 84, longitude first. The reference system is an integer: as text, statements were a thousand times slower."""
    return Geometry(geometry_type="GEOMETRY", srid=4326, dimension=2, spatial_index=False)


def part_of_report(table: str, ordinal: str) -> ForeignKeyConstraint:
    """A reference from a row of a report to a numbered row of the same report in another table."""
    return ForeignKeyConstraint(["report_id", ordinal], [f"{table}.report_id", f"{table}.ordinal"], ondelete="CASCADE")


def span() -> tuple[Column[int], Column[int], CheckConstraint]:
    """`text[span_start:span_end]` of the report, in code points."""
    return (
        Column("span_start", Integer, nullable=False),
        Column("span_end", Integer, nullable=False),
        CheckConstraint("0 <= span_start AND span_start < span_end", name="span"),
    )
