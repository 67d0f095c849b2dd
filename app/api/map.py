"""The map page: its own sources, MapLibre from the installed package, the ground it draws on; all from this server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.api.answer.responses import GEOJSON, HTML, answer, unchanged, validator
from app.api.pages.ground import ground
from app.domain.digest import digest
from app.domain.place import Atlas

WEB = Path(__file__).parent.parent / "web"
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
LIBRARY = ("maplibre-gl.js", "maplibre-gl.css")

POLICY = {
    "default-src": "'self'",
    "worker-src": "blob:",  # MapLibre starts its worker from a blob
    "img-src": "'self' data: blob:",  # the icons in its style sheet are data addresses
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
}


@dataclass(frozen=True)
class Asset:
    text: str
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        return digest("asset", self.text)


def map_router(geodata: Path, atlas: Atlas) -> APIRouter:
    """`/map` and all it loads, read once; the ground is drawn from files in `geodata`, its names are the atlas's."""
    router = APIRouter(include_in_schema=False)
    basemap = {f"basemap/{name}.geojson": Asset(text, GEOJSON) for name, text in ground(geodata, atlas).items()}
    assets = {**_sources(), **_library(), **basemap}
    page = _page()

    @router.get("/map")
    async def whole(request: Request) -> Response:
        return await _send(request, page)

    @router.get("/map/")
    async def slash() -> Response:
        """The page's addresses are relative to `/map`, so that it also works behind a path prefix."""
        return RedirectResponse("../map", 308)

    @router.get("/map/{path:path}")
    async def part(request: Request, path: str) -> Response:
        if path not in assets:
            raise HTTPException(404, f"the map has no file “{path}”")
        return await _send(request, assets[path])

    return router


async def _send(request: Request, asset: Asset) -> Response:
    tag = validator(request, asset.digest)
    held = unchanged(request, tag)
    return held or await answer(request, asset.text, asset.media_type, tag, headers=asset.headers)


def _page() -> Asset:
    policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
    headers = {"Content-Security-Policy": policy}
    return Asset((WEB / "index.html").read_text("utf-8"), HTML, headers)


def _sources() -> dict[str, Asset]:
    return {
        f"static/{file.relative_to(WEB).as_posix()}": Asset(file.read_text("utf-8"), MEDIA_TYPES[file.suffix])
        for file in sorted(WEB.rglob("*"))
        if file.suffix in MEDIA_TYPES
    }


def _library() -> dict[str, Asset]:
    """From the package `maplibre`, found without importing it, which would load pandas and print warnings."""
    spec = find_spec("maplibre")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package maplibre is not installed")
    folder = Path(spec.origin).parent / "srcjs"
    files = [folder / name for name in LIBRARY]
    return {f"vendor/{file.name}": Asset(file.read_text("utf-8"), MEDIA_TYPES[file.suffix]) for file in files}
