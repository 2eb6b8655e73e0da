"""The application factory: the one place where routes, errors and limits are joined to an engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from summitqa import __version__
from summitqa.api import documents, operation, questions
from summitqa.api.middleware import EdgeMiddleware
from summitqa.api.openapi import DESCRIPTION, TAGS, DescribedFastAPI
from summitqa.api.page import create_page_router
from summitqa.api.pool import WorkPool
from summitqa.api.problems import HANDLERS
from summitqa.api.service import QuestionEngine, Service

MAX_BODY_BYTES = 1_000_000


def create_app(
    engine: QuestionEngine,
    *,
    workers: int = 2,
    queue_size: int = 32,
    max_body_bytes: int = MAX_BODY_BYTES,
    close_engine: bool = False,
) -> FastAPI:
    """Return an ASGI application that answers with *engine*.

    Args:
        engine: what answers; called from *workers* threads.
        workers: calls of the engine at once.
        queue_size: calls that may wait before the application answers 503.
        max_body_bytes: larger bodies are refused with 413.
        close_engine: whether the application closes the engine when it is shut down.
    """
    service = Service(engine, WorkPool(workers, queue_size))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await asyncio.to_thread(service.pool.close)
            if close_engine:
                engine.close()

    app = DescribedFastAPI(
        title="summitqa",
        version=__version__,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,  # both would load scripts from a third party
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        exception_handlers=dict(HANDLERS),
    )
    app.state.service = service
    app.add_middleware(EdgeMiddleware, max_body_bytes=max_body_bytes)
    for router in (questions.router, documents.router, operation.router, create_page_router()):
        app.include_router(router)
    return app
