"""The web page: a few static files, read once, served at fixed addresses.

The page gets at documents and answers through the API only; nothing is written into its markup.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from summitqa.api.caching import cached_response
from summitqa.api.service import Serving
from summitqa.errors import DocumentNotFoundError

MEDIA_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of the page, in memory."""

    body: bytes
    media_type: str
    sha256: str


def load_static() -> dict[str, StaticFile]:
    """Read the packaged files of the page, by name; others that lie beside them are no part of it."""
    found = {}
    for path in files("summitqa.api").joinpath("static").iterdir():
        suffix = f".{path.name.rpartition('.')[2]}"
        if suffix in MEDIA_TYPES:
            body = path.read_bytes()
            found[path.name] = StaticFile(
                body, f"{MEDIA_TYPES[suffix]}; charset=utf-8", hashlib.sha256(body).hexdigest()
            )
    return found


def create_page_router() -> APIRouter:
    """Return the routes of the page and its files, which are read now."""
    router = APIRouter(include_in_schema=False)
    static = load_static()
    page = static.pop(PAGE)
    for name, file in static.items():
        _add_file(router, f"/static/{name}", file)
    _add_file(router, "/", page)

    @router.get("/documents/{document_id}")
    async def show_document_page(request: Request, service: Serving, document_id: str) -> Response:
        """Serve the page, which opens the document itself; 404 if there is none, in a form people can read."""
        try:
            await service.run(request, lambda: service.engine.document(document_id))
        except DocumentNotFoundError:
            return cached_response(request, page.body, page.media_type, page.sha256, 404)
        return cached_response(request, page.body, page.media_type, page.sha256)

    return router


def _add_file(router: APIRouter, path: str, file: StaticFile) -> None:
    async def serve_file(request: Request) -> Response:
        return cached_response(request, file.body, file.media_type, file.sha256)

    router.add_api_route(path, serve_file, methods=["GET", "HEAD"])
