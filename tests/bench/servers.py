"""Starts the other servers of a comparison, TiPg and pygeoapi, each from an environment of its own."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from app.store.cluster import embedded
from app.store.cluster.files import PORT
from app.store.tables.interpretation import feature

TIPG_PORT, PYGEOAPI_PORT = 8742, 8743
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@contextmanager
def tipg(url: str, folder: Path) -> Iterator[int]:
    """The number of its process."""
    python = _environment(folder / "tipg", "tipg", "uvicorn[standard]")
    more = {
        # The folder of the socket as the host: so its settings and its driver both take it.
        "DATABASE_URL": f"postgresql://{embedded.ROLE}@{quote(_socket(url), safe='')}/{embedded.DATABASE}",
        "TIPG_DB_TABLES": '["public.feature","public.plain"]',
        "TIPG_CATALOG_TTL": "0",
        "TIPG_DB_DATETIME_EXTENT": "false",  # scans of all features, which would only make it start later
        "TIPG_DB_SPATIAL_EXTENT": "false",
        "PYTHONPATH": "",
        **{f"TIPG_TABLE_CONFIG__public_{table}__datetimecol": "start_on" for table in ("feature", "plain")},
        **{f"TIPG_TABLE_CONFIG__public_{table}__pk": "id" for table in ("feature", "plain")},
        # Without what tiles of ours are made of: bytes, which it cannot tell as JSON.
        "TIPG_TABLE_CONFIG__public_feature__properties": json.dumps([*(set(feature.c.keys()) - {"geom", "projected"})]),
    }
    command = [str(python), "-m", "uvicorn", "tipg.main:app", "--port", str(TIPG_PORT), "--no-access-log"]
    with running(command, more, f"http://127.0.0.1:{TIPG_PORT}/healthz") as pid:
        yield pid


@contextmanager
def pygeoapi(url: str, folder: Path) -> Iterator[int]:
    """The same, over the plain table alone: of a table without a primary key of its own it finds no items."""
    needed = ("pygeoapi", "gunicorn", "gevent", "psycopg2-binary", "sqlalchemy<2.1", "geoalchemy2")
    python = _environment(folder / "pygeoapi", *needed)
    config, description = folder / "pygeoapi.json", folder / "pygeoapi.openapi.json"
    config.write_text(json.dumps(_pygeoapi_config(url)))  # JSON is YAML
    more = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(description), "PYTHONPATH": ""}
    tool = python.with_name("pygeoapi")
    generate = [str(tool), "openapi", "generate", str(config), "--format", "json", "--output-file", str(description)]
    subprocess.run(generate, env={**os.environ, **more}, check=True, stdout=sys.stderr)
    command = [str(python), "-m", "gunicorn", "--workers", "1", "--worker-class", "gevent", "--timeout", "600"]
    command += ["--bind", f"127.0.0.1:{PYGEOAPI_PORT}", "pygeoapi.flask_app:APP"]
    with running(command, more, f"http://127.0.0.1:{PYGEOAPI_PORT}/conformance?f=json") as pid:
        yield pid


def _pygeoapi_config(url: str) -> Mapping[str, object]:
    address = f"http://127.0.0.1:{PYGEOAPI_PORT}"
    party = {"name": "bench", "url": address}
    about = {"title": "bench", "description": "bench", "keywords": ["bench"]}
    database = {"host": _socket(url), "port": PORT, "dbname": embedded.DATABASE, "user": embedded.ROLE, "password": ""}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": PYGEOAPI_PORT},
            "url": address,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "pretty_print": False,
            "limits": {"default_items": 100, "max_items": 10_000},
            "map": {"url": f"{address}/{{z}}/{{x}}/{{y}}.png", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {**about, "keywords_type": "theme", "terms_of_service": "none", "url": address},
            "license": party,
            "provider": party,
            "contact": {**party, "email": "bench@example.org", "role": "pointOfContact"},
        },
        "resources": {
            "plain": {
                "type": "collection",
                **about,
                # Without a temporal one, which only YAML can tell it the way it compares requests with.
                "extents": {"spatial": {"bbox": [31, 46, 40, 50.5], "crs": CRS84}},
                "providers": [
                    {
                        "type": "feature",
                        "name": "PostgreSQL",
                        "data": {**database, "search_path": ["public"]},
                        "id_field": "id",
                        "table": "plain",
                        "geom_field": "geom",
                        "time_field": "start_on",
                        "storage_crs": CRS84,
                    }
                ],
            }
        },
    }


def _environment(folder: Path, *packages: str) -> Path:
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def _socket(url: str) -> str:
    return str(make_url(url).query["host"])


@contextmanager
def running(command: list[str], more: Mapping[str, str], address: str) -> Iterator[int]:
    """The number of the process, once it answers at `address`."""
    with subprocess.Popen(command, env={**os.environ, **more}, stdout=sys.stderr) as process:
        try:
            _wait(address, process)
            yield process.pid
        finally:
            process.terminate()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(120):
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended with {process.returncode}")
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(1)
        else:
            return
    raise SystemExit(f"{address} does not answer")
