"""The two pages that show the API description. They load their scripts from this server, and may run no others."""

import re
from base64 import b64encode
from hashlib import sha256

from fastapi import APIRouter, Request
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
from fastapi.responses import HTMLResponse

from app.api.landing import TITLE

STATIC = "/static-offline-docs"
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    root = request.scope.get("root_path", "")
    page = get_swagger_ui_html(
        openapi_url=f"{root}/docs/openapi.json",
        title=TITLE,
        swagger_js_url=f"{root}{STATIC}/swagger-ui-bundle.js",
        swagger_css_url=f"{root}{STATIC}/swagger-ui.css",
        swagger_favicon_url=f"{root}{STATIC}/favicon.png",
    )
    return _guarded(page)


@router.get("/redoc")
async def redoc(request: Request) -> HTMLResponse:
    root = request.scope.get("root_path", "")
    page = get_redoc_html(
        openapi_url=f"{root}/openapi.json",
        title=TITLE,
        redoc_js_url=f"{root}{STATIC}/redoc.standalone.js",
        redoc_favicon_url=f"{root}{STATIC}/favicon.png",
        with_google_fonts=False,
    )
    return _guarded(page)


def _guarded(page: HTMLResponse) -> HTMLResponse:
    """The page's own script is allowed by its hash, so that none that finds its way into the page is."""
    scripts = (b64encode(sha256(script).digest()).decode() for script in _INLINE.findall(bytes(page.body)))
    policy = {
        "default-src": "'none'",
        "connect-src": "'self'",
        "script-src": " ".join(["'self'", *(f"'sha256-{each}'" for each in scripts)]),
        "style-src": "'self' 'unsafe-inline'",  # both set styles of elements as they draw
        "img-src": "'self' data:",
        "worker-src": "blob:",  # ReDoc searches in a worker that it starts from a blob
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }
    page.headers["Content-Security-Policy"] = "; ".join(f"{name} {value}" for name, value in policy.items())
    return page
