"""The migrations lead from nothing to the tables and back, and say the same as the tables do."""

from datetime import date

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from typer.testing import CliRunner

from app.cli import app
from app.domain.errors import ClusterError
from app.store import schema
from app.store.tables.feeds import metadata
from tests.store.factories import stored


def names(url: str) -> set[str]:
    engine = create_engine(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return {name for name in found - {"spatial_ref_sys", "alembic_version"} if not name.startswith("procrastinate_")}


def test_up_down_and_up_again(empty_database_url: str) -> None:
    schema.upgrade(empty_database_url)
    assert names(empty_database_url) == set(metadata.tables)
    schema.downgrade(empty_database_url)
    assert names(empty_database_url) == set()
    schema.upgrade(empty_database_url)
    assert names(empty_database_url) == set(metadata.tables)


def test_commands_on_another_schema_say_which_is_needed(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    for words in ("export found.csv", "ingest --samples", "feeds list", "jobs", "keys list"):
        done = CliRunner().invoke(app, words.split())
        assert isinstance(done.exception, ClusterError), words
        assert f"the schema is at None, and {schema.newest()} is needed" in str(done.exception)
    assert "schema: None" in CliRunner().invoke(app, ["db", "status"]).output


def test_a_migrated_database_has_no_difference_from_the_tables(own_database_url: str) -> None:
    command.check(schema.config(own_database_url))


def test_checks_and_references_are_the_same_in_both(connection: Connection) -> None:
    """Alembic compares no CHECK constraints: their names are compared here."""
    found = set(
        connection.execute(
            text(
                "SELECT conname FROM pg_constraint JOIN pg_class t ON t.oid = conrelid WHERE t.relname = ANY(:tables)"
            ),
            {"tables": list(metadata.tables)},
        ).scalars()
    )
    declared = {str(constraint.name) for table in metadata.tables.values() for constraint in table.constraints}
    assert found == declared


def test_words_of_the_tables_are_those_of_the_vocabulary(connection: Connection) -> None:
    definitions = " ".join(
        connection.execute(text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'")).scalars()
    )
    for table in metadata.tables.values():
        for column in table.columns:
            for word in getattr(column.type, "enums", ()):
                assert f"'{word}'" in definitions


def test_the_version_is_known(connection: Connection) -> None:
    assert schema.version(connection) == schema.newest() is not None


def test_features_move_into_their_months_and_back(empty_database_url: str) -> None:
    """From 0003 down to 0002 and up again, every feature stays as it was; keys and counts are made anew."""
    schema.upgrade(empty_database_url)
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        for start, end in ((1941, 1941), (2022, 2022), (2023, 2024), (2051, 2051)):
            stored(connection, start=date(start, 3, 1), end=date(end, 3, 2))
    before = _contents(engine)
    schema.downgrade(empty_database_url, "0002")
    schema.upgrade(empty_database_url)
    assert _contents(engine) == before
    engine.dispose()


def _contents(engine: Engine) -> dict[str, list[str]]:
    """Of the tables that hold features, with the partitions that the features lie in."""
    with engine.connect() as connection:
        found = {
            table: connection.execute(text(f"SELECT t::text FROM {table} t ORDER BY 1")).scalars().all()
            for table in ("feature", "feature_key", "feature_day")
        }
        found["partitions"] = (
            connection.execute(text("SELECT tableoid::regclass::text FROM feature ORDER BY start_on")).scalars().all()
        )
    assert found["partitions"] == [f"feature_month.{name}" for name in ("early", "m2022_03", "lasting", "late")]
    return {name: list(rows) for name, rows in found.items()}
