"""Brings a database to a version of the schema, and says which version it has and which this code needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import app

_PACKAGE = Path(app.__file__).parent
_SCRIPTS = (_PACKAGE / "_data" / "migrations", _PACKAGE.parent / "migrations")
"""Where the migrations lie in an installed package, and in a checkout."""


def upgrade(url: str, revision: str = "head") -> None:
    """All migrations up to `revision` in one transaction."""
    command.upgrade(config(url), revision)


def downgrade(url: str, revision: str = "base") -> None:
    command.downgrade(config(url), revision)


def version(connection: Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    return ScriptDirectory.from_config(config()).get_current_head()


def config(url: str | None = None) -> Config:
    """Without `url`, the migrations ask the settings for one."""
    made = Config()
    made.set_main_option("script_location", str(next(path for path in _SCRIPTS if path.is_dir())))
    made.attributes["url"] = url
    return made
