"""The application factory: the one place where routes, errors and limits are joined to an engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from starlette.routing import Route

from summitqa import __version__
from summitqa.api import documents, openai_routes, operation, questions
from summitqa.api.middleware import EdgeMiddleware
from summitqa.api.openai_errors import in_envelope, wrap_problem
from summitqa.api.openapi import DESCRIPTION, TAGS, DescribedFastAPI
from summitqa.api.page import create_page_router
from summitqa.api.pool import WorkPool
from summitqa.api.problems import HANDLERS, internal_problem
from summitqa.api.service import Service
from summitqa.mcp import HttpTransport
from summitqa.protocols import QuestionEngine

MAX_BODY_BYTES = 1_000_000


def create_app(
    engine: QuestionEngine,
    *,
    workers: int = 2,
    queue_size: int = 32,
    max_body_bytes: int = MAX_BODY_BYTES,
    keep_alive_s: float = 10.0,
    close_engine: bool = False,
) -> FastAPI:
    """Return an ASGI application that answers with *engine*.

    Args:
        engine: what answers; called from *workers* threads.
        workers: calls of the engine at once.
        queue_size: calls that may wait before the application answers 503.
        max_body_bytes: larger bodies are refused with 413.
        keep_alive_s: how long a stream may be silent before it sends a comment.
        close_engine: whether the application closes the engine when it is shut down.
    """
    service = Service(engine, WorkPool(workers, queue_size), keep_alive_s)
    tools = HttpTransport(engine, service.pool.run)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            async with tools.open():
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
        exception_handlers={kind: in_envelope(handle) for kind, handle in HANDLERS.items()},
    )
    app.state.service = service
    app.add_middleware(EdgeMiddleware, max_body_bytes=max_body_bytes, last_resort=_apologise)
    for router in (questions.router, openai_routes.router, documents.router, operation.router, create_page_router()):
        app.include_router(router)
    app.router.routes.append(Route("/mcp", tools))
    return app


def _apologise(request: Request) -> Response:
    """Answer an exception that nobody expected, in the form that the client speaks."""
    return wrap_problem(request, internal_problem(request))
