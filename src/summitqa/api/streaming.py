"""Answers as server-sent events (WHATWG HTML, 9.2): citations before text, comments while nothing is known yet.

A stream begins with its answer, or once the answer has been waited for as long as a keep-alive allows. What goes
wrong before is an ordinary response with its status; what goes wrong later is an event. A stream is a few events made
from one finished answer and sent one by one, so a client that reads slowly holds that answer and nothing else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Generic, TypeVar

from pydantic import BaseModel
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from summitqa.api.pending import PendingWork
from summitqa.api.problems import problem_for
from summitqa.schemas import AnswerResponse
from summitqa.schemas.events import citations_of, resolved_of

MEDIA_TYPE = "text/event-stream"
KEEP_ALIVE = b": keep-alive\n\n"

T = TypeVar("T")

Render = Callable[[T], Iterator[bytes]]
Fail = Callable[[Exception], Awaitable[bytes]]


class EventStream(Response, Generic[T]):
    """Sends what *render* makes of an outcome once it is known, comments until then, or what *fail* says went wrong."""

    media_type = MEDIA_TYPE

    def __init__(self, pending: PendingWork[T], render: Render[T], fail: Fail, keep_alive_s: float) -> None:
        self.status_code = 200
        self.background = None
        # "no" to X-Accel-Buffering: nginx would hold events back until the stream ends.
        self.init_headers({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._pending = pending
        self._render = render
        self._fail = fail
        self._keep_alive_s = keep_alive_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Send the stream; end quietly when the client goes away."""
        with self._pending:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            try:
                async for chunk in self._chunks():
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            except ClientDisconnect:
                return
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _chunks(self) -> AsyncIterator[bytes]:
        while not await self._pending.wait(self._keep_alive_s):
            yield KEEP_ALIVE
        try:
            outcome = self._pending.result()
        except Exception as error:  # noqa: BLE001 - the edge of the request: the client is told, the log keeps it
            yield await self._fail(error)
            return
        for chunk in self._render(outcome):
            await self._pending.check_client()
            yield chunk


async def open_stream(pending: PendingWork[T], render: Render[T], fail: Fail, keep_alive_s: float) -> EventStream[T]:
    """Return a stream that may begin.

    Raises:
        ClientDisconnect: when the client has gone.
        Exception: what the work raised, if it failed before the stream had to begin.
    """
    try:
        if await pending.wait(keep_alive_s):
            pending.result()
    except BaseException:
        pending.drop()
        raise
    return EventStream(pending, render, fail, keep_alive_s)


def render_event(name: str, data: str) -> bytes:
    """Return one event; *data* is JSON, which holds no line break."""
    return f"event: {name}\ndata: {data}\n\n".encode()


def render_answer(answer: AnswerResponse) -> Iterator[bytes]:
    """Yield the events of an answer, in the order in which a reader can use them."""
    events: list[tuple[str, BaseModel]] = [
        ("resolved", resolved_of(answer)),
        ("citations", citations_of(answer)),
        ("answer", answer),
    ]
    for name, model in events:
        yield render_event(name, model.model_dump_json())
    yield render_event("done", "{}")


def fail_with_problem(request: Request) -> Fail:
    """Return what tells the client of *request* the problem document of an error."""

    async def fail(error: Exception) -> bytes:
        problem = await problem_for(request, error)
        return render_event("error", bytes(problem.body).decode())

    return fail
