"""The database that commands work on."""

from sqlalchemy import Engine, create_engine

from app.settings import Settings
from app.store import cluster


def url() -> str:
    """Of the database to write to, started if it is the embedded one."""
    settings = Settings()
    return settings.database_url or cluster.up(settings.cluster_dir)


def engine() -> Engine:
    return create_engine(url())
