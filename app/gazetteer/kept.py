"""Which imported files belong to a gazetteer? They lie beside it, so that every later build takes them up again."""

from pathlib import Path

COD_AB = "cod-ab"
GEONAMES = "geonames"
_SUFFIXES = {COD_AB: ".cod-ab.xlsx", GEONAMES: ".geonames.txt"}


def kept_path(out_path: Path, kind: str) -> Path:
    """Where the imported file of that kind is kept for the gazetteer at `out_path`."""
    return out_path.with_name(out_path.stem + _SUFFIXES[kind])


def kept_files(out_path: Path) -> dict[str, Path]:
    """Kind → file, of the imports that are there."""
    found = {kind: kept_path(out_path, kind) for kind in _SUFFIXES}
    return {kind: path for kind, path in found.items() if path.is_file()}
