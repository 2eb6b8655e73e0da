"""The routes that show the documents answers are quoted from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from summitqa.api.caching import cached_response
from summitqa.api.openapi import problems
from summitqa.api.service import Serving
from summitqa.schemas import DocumentResponse, DocumentsResponse, document_info_to_json, document_to_json

DocumentIdPath = Annotated[str, Path(description="Id of the document, percent-encoded.")]

router = APIRouter(prefix="/v1/documents", tags=["documents"])


@router.get("", summary="List the documents", responses=problems(500, 503))
async def list_documents(request: Request, service: Serving) -> DocumentsResponse:
    """Return id, title, digest, size and date of every document, by id, and a few questions to begin with."""

    def work() -> DocumentsResponse:
        documents = [document_info_to_json(info, _when_modified(info.source)) for info in service.engine.documents()]
        return DocumentsResponse(documents=documents, suggestions=list(service.engine.suggest()))

    return await service.run(request, work)


@router.get("/{document_id}", summary="Show a document's blocks", responses=problems(404, 500, 503))
async def show_document(request: Request, service: Serving, document_id: DocumentIdPath) -> DocumentResponse:
    """Return a document's headings, paragraphs, list items and table rows as ranges of its text."""
    return await service.run(request, lambda: document_to_json(service.engine.document(document_id)))


@router.get(
    "/{document_id}/text",
    summary="Read a document's canonical text",
    response_class=Response,
    responses=problems(404, 500, 503)
    | {
        200: {
            "description": "The text that offsets count in.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        304: {"description": "The text is the one named in If-None-Match."},
    },
)
async def read_text(request: Request, service: Serving, document_id: DocumentIdPath) -> Response:
    """Return the text that offsets count in, exactly; its ETag is the SHA-256 of the bytes."""
    document = await service.run(request, lambda: service.engine.document(document_id))
    return cached_response(request, document.text.encode(), "text/plain; charset=utf-8", document.sha256)


def _when_modified(source: str) -> str | None:
    """Return when the file *source* was last changed, to the second; ``None`` where it cannot be looked at."""
    try:
        seconds = FilePath(source).stat().st_mtime if source else None
        return None if seconds is None else datetime.fromtimestamp(int(seconds), UTC).isoformat()
    except (OSError, ValueError, OverflowError):
        return None
