"""How the server is reached: over standard input and output, or mounted in an application over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeVar
from urllib.parse import urlsplit

from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from summitqa.mcp.server import Run, create_server
from summitqa.protocols import QuestionEngine

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

T = TypeVar("T")


def serve_stdio(engine: QuestionEngine) -> None:
    """Answer on standard input and output until the input ends."""
    asyncio.run(_serve_stdio(engine))


class HttpTransport:
    """Streamable HTTP as an ASGI application: no session, one JSON response a request, so replicas are alike.

    A page of another site must not reach a server on its reader's machine by way of the browser. Browsers say where a
    page came from, programs don't: a request with an Origin is refused unless that is this machine.
    """

    def __init__(self, engine: QuestionEngine, run: Run) -> None:
        self._manager = StreamableHTTPSessionManager(create_server(engine, run), json_response=True, stateless=True)

    def open(self) -> AbstractAsyncContextManager[None]:
        """Return the context in which requests are answered; it can be entered once."""
        return self._manager.run()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request.

        Raises:
            HTTPException: if a page of another site asks.
        """
        origin = Headers(scope=scope).get("origin")
        if origin is not None and not _is_loopback(origin):
            raise HTTPException(403, "pages of other sites may not ask here; use a program, or a page on this machine")
        await self._manager.handle_request(scope, receive, send)


async def _serve_stdio(engine: QuestionEngine) -> None:
    server = create_server(engine, _run_in_thread)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


async def _run_in_thread(work: Callable[[], T], /) -> T:
    return await asyncio.to_thread(work)


def _is_loopback(origin: str) -> bool:
    try:
        return urlsplit(origin).hostname in LOOPBACK
    except ValueError:
        return False
