"""How does a full public gazetteer get in? From a file or an address: checked, built in, kept for later builds."""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.domain.errors import GazetteerError
from app.gazetteer.build import GEODATA, build
from app.gazetteer.kept import COD_AB, GEONAMES, kept_files, kept_path
from app.gazetteer.layers import cod_ab, geonames_dump

Progress = Callable[[int, int | None], None]
"""Called with the bytes taken so far and those there are in all, where that is known."""
LARGEST_BYTES = 500_000_000
_CHUNK_BYTES = 1 << 16
_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Imported:
    """A file that is now part of the gazetteer, and the gazetteer it made."""

    kind: str
    sha256: str
    rows: int
    digest: str
    places: int


def import_file(
    source: str | Path,
    out_path: Path,
    *,
    geodata: Path = GEODATA,
    sha256: str | None = None,
    progress: Progress | None = None,
    client: httpx.Client | None = None,
) -> Imported:
    """Builds the gazetteer at `out_path` anew with a COD-AB workbook or a GeoNames dump, by file or http(s) address.

    With `sha256`, any other content is refused. Whatever is wrong with the file is a GazetteerError, and leaves the
    gazetteer and earlier imports as they were.
    """
    out_path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out_path.parent, prefix=".import-") as scratch:
        taken = Path(scratch) / "taken"
        found = _take(str(source), taken, progress or _quiet, client)
        if sha256 and found != sha256.lower():
            raise GazetteerError(f"{source} has SHA-256 {found}, not {sha256.lower()}: it was not imported.")
        try:
            kind, rows = _recognised(taken)
        except GazetteerError as error:
            raise GazetteerError(f"{source} was not imported: {error}") from error
        whole = taken.rename(kept_path(Path(scratch) / out_path.name, kind))
        built = build(out_path, geodata, imports={**kept_files(out_path), kind: whole})
        whole.replace(kept_path(out_path, kind))
    return Imported(kind, found, rows, built.digest, built.places)


def _recognised(path: Path) -> tuple[str, int]:
    """The kind of a file, told from its content, and its number of settlements; a packed dump is unpacked in place."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            if stream.read(2) == b"PK":
                raise GazetteerError("it is cut short: it begins as a packed file and does not end as one.")
        return GEONAMES, len(geonames_dump.read(path))
    with zipfile.ZipFile(path) as archive:
        dump = next((name for name in archive.namelist() if name.lower().endswith("ua.txt")), None)
        if dump is None:
            return COD_AB, len(cod_ab.read(path))
        unpacked = path.with_suffix(".unpacked")
        with archive.open(dump) as inside, unpacked.open("wb") as out:
            shutil.copyfileobj(inside, out)
    unpacked.replace(path)
    return GEONAMES, len(geonames_dump.read(path))


def _take(source: str, target: Path, progress: Progress, client: httpx.Client | None) -> str:
    """Copies a file or downloads an address to `target`; returns its SHA-256."""
    if not source.startswith(("http://", "https://")):
        path = Path(source)
        if not path.is_file():
            raise GazetteerError(f"There is no file {source}.")
        with path.open("rb") as stream:
            return _write(iter(lambda: stream.read(_CHUNK_BYTES), b""), target, path.stat().st_size, progress)
    try:
        with (client or httpx.Client(follow_redirects=True, timeout=_TIMEOUT_S)).stream("GET", source) as response:
            response.raise_for_status()
            length = response.headers.get("content-length")
            total = int(length) if length and "content-encoding" not in response.headers else None
            found = _write(response.iter_bytes(_CHUNK_BYTES), target, total, progress)
    except httpx.HTTPError as error:
        raise GazetteerError(f"{source} could not be downloaded: {error}") from error
    if total is not None and target.stat().st_size != total:
        raise GazetteerError(f"{source} broke off after {target.stat().st_size:,} of {total:,} bytes.")
    return found


def _write(chunks: Iterable[bytes], target: Path, total: int | None, progress: Progress) -> str:
    content, taken = hashlib.sha256(), 0
    with target.open("wb") as out:
        for chunk in chunks:
            taken += len(chunk)
            if taken > LARGEST_BYTES:
                raise GazetteerError(f"The file is larger than {LARGEST_BYTES:,} bytes: no gazetteer is.")
            content.update(chunk)
            out.write(chunk)
            progress(taken, total)
    return content.hexdigest()


def _quiet(taken: int, total: int | None) -> None:
    """Shows nothing."""
