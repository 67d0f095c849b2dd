"""What can be set from outside, and what holds where nothing is: read by the two doors and the migrations only."""

import os
import re
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

# The postgres account, under which root has to run the embedded database, cannot enter root's home.
ROOT_DATA_DIR = Path("/var/lib/frontline")


def default_data_dir() -> Path:
    """$XDG_DATA_HOME/frontline, as the XDG Base Directory specification has it; for root /var/lib/frontline."""
    if home := os.environ.get("XDG_DATA_HOME"):
        return Path(home) / "frontline"
    if os.geteuid() == 0:
        return ROOT_DATA_DIR
    return Path.home() / ".local" / "share" / "frontline"


class LogFormat(StrEnum):
    PLAIN = "plain"
    JSON = "json"


class Settings(BaseSettings):
    """Every field can be set as FRONTLINE_<NAME>; the two database addresses go by their customary names."""

    model_config = SettingsConfigDict(env_prefix="FRONTLINE_", env_ignore_empty=True, frozen=True)

    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="PostgreSQL with PostGIS to use; where not set, the embedded database is used.",
    )
    database_read_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_READ_URL",
        description="Where requests read from, such as a replica; where not set, the database that is written to.",
    )
    data_dir: Path = Field(
        default_factory=default_data_dir, description="Folder of the embedded database and of the built gazetteer."
    )
    gazetteer_path: Path = Field(
        default_factory=lambda given: given["data_dir"] / "gazetteer.sqlite",
        description="The built gazetteer; where not set, it lies in the data folder.",
    )
    host: str = Field(default="127.0.0.1", description="Address to serve on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to serve on; 0 takes any free one.")

    public_url: str | None = Field(
        default=None,
        description="Address that the world knows the server by, such as https://map.example.org/api; links in answers"
        " begin with it. Where not set, they begin with what the client called the server.",
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks, with commas between, whose X-Forwarded-For and X-Forwarded-Proto are"
        " believed; where not set, nobody's.",
    )
    rate_limit: int = Field(default=0, ge=0, description="Requests a minute that a client may send; 0 is any number.")
    database_connections: int = Field(default=18, ge=2, le=100, description="Connections that requests read over.")
    log_format: LogFormat = Field(default=LogFormat.PLAIN, description="How the server's log looks: plain or json.")
    allowed_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(),
        description="Networks inside, by comma, that feeds and requests may be fetched from besides the public web.",
    )
    fetch_contact: str | None = Field(default=None, description="Where a site's owner finds whoever fetches its pages.")
    fetch_max_bytes: int = Field(default=10_000_000, ge=10_000, description="Of one page or feed, unpacked.")
    fetch_seconds: float = Field(default=30, gt=0, le=600, description="For one answer, redirects included.")

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, url: str | None) -> str | None:
        if url is not None and re.fullmatch(r"https?://[A-Za-z0-9.\-_:\[\]]+(/[A-Za-z0-9._~/-]*)?", url) is None:
            raise ValueError("a public address looks like https://map.example.org or https://example.org/map")
        return url

    @field_validator("allowed_networks", "trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, given: object) -> object:
        return [each.strip() for each in given.split(",") if each.strip()] if isinstance(given, str) else given

    @field_validator("database_url", "database_read_url")
    @classmethod
    def _with_driver(cls, url: str | None) -> str | None:
        """The address with the driver this project uses, whichever spelling of the scheme it came in."""
        if url is None:
            return None
        scheme, separator, rest = url.partition("://")
        if not separator or scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
            raise ValueError("a database address begins with postgresql://")
        return f"postgresql+psycopg://{rest}"

    @field_validator("data_dir", "gazetteer_path")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @property
    def cluster_dir(self) -> Path:
        """Folder of the embedded database."""
        return self.data_dir / "postgres"


def variable(name: str) -> str:
    """The environment variable that sets a field, by the field's name or the variable's."""
    return name if name.isupper() else f"{Settings.model_config['env_prefix']}{name.upper()}"
