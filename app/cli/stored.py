"""The database that commands work on."""

import logging

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError

from app.domain.errors import ClusterError
from app.gazetteer.open import open_atlas
from app.ingest.register import entries
from app.ingest.version import code_version
from app.settings import Settings
from app.store import schema
from app.store.cluster import embedded
from app.store.write.register import publish, register_digest

log = logging.getLogger(__name__)


def url() -> str:
    """Of the database to write to, started if it is the embedded one."""
    settings = Settings()
    return settings.database_url or embedded.up(settings.cluster_dir)


def engine() -> Engine:
    """The same, once its schema is the one this program works with; ClusterError where it is another."""
    database = create_engine(url())
    with database.connect() as connection:
        held, needed = schema.version(connection), schema.newest()
    if held != needed:
        raise ClusterError(f"the schema is at {held}, and {needed} is needed; `frontline db migrate` brings it there")
    return database


def ready_url() -> str:
    """For processes that connect by themselves."""
    database = engine()
    database.dispose()
    return database.url.render_as_string(hide_password=False)


def publish_register() -> None:
    """Puts what the gazetteer knows into the database, where the server lists it, unless it is there. A server without
    a database, or without leave to write to it, starts all the same, and says of these lists that they are missing."""
    settings = Settings()
    gazetteer = open_atlas(settings.gazetteer_path)
    key = register_digest(gazetteer.digest, code_version())
    database = create_engine(settings.database_url or embedded.url(settings.cluster_dir))
    try:
        with database.begin() as connection:
            publish(connection, key, lambda: entries(gazetteer))
    except DBAPIError as error:
        log.warning("places and directions are not listed: %s", error.orig)
    finally:
        database.dispose()
