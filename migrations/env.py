"""Runs the migrations on the database it is told of, or else on the one that the settings name."""

import re

from alembic import context
from sqlalchemy import Connection, create_engine

from app.settings import Settings
from app.store.access import grant_reading
from app.store.cluster import embedded
from app.store.tables.register import register

NOT_OURS = re.compile(r"spatial_ref_sys|procrastinate_.*")
"""Tables that live beside ours and are made by PostGIS and by the job queue."""


def ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name is None or NOT_OURS.fullmatch(name) is None


def url() -> str:
    settings = Settings()
    told: str | None = context.config.attributes.get("url")
    return told or settings.database_url or embedded.url(settings.cluster_dir)


def run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=register.metadata, include_name=ours, compare_server_default=True
    )
    with context.begin_transaction():
        context.run_migrations()
        grant_reading(connection)


engine = create_engine(url())
with engine.connect() as connection:
    run(connection)
engine.dispose()
