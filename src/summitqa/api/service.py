"""What the routes work with: the engine, the pool its calls run on, and the way to both from a request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, TypeVar, cast

from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from summitqa.api.pool import WorkPool
from summitqa.types import Answer, Document, DocumentInfo, IndexState, NoAnswer, ReadPassage, Span, Verification

T = TypeVar("T")


class QuestionEngine(Protocol):
    """The part of :class:`summitqa.engine.Engine` that the API calls, from several threads at once."""

    @property
    def state(self) -> IndexState:
        """What answers now. Raises IndexStoreError when the index is closed or unusable."""
        ...

    def ask(
        self, question: str, *, document_ids: Sequence[str] | None = None, budget_ms: float | None = None
    ) -> Answer | NoAnswer:
        """Answer *question*. Raises QuestionError, DocumentNotFoundError and errors of the server's own."""
        ...

    def search(self, question: str, *, k: int = 10) -> list[ReadPassage]:
        """Return the *k* closest passages, best first. Raises QuestionError."""
        ...

    def verify(
        self,
        document_id: str,
        span: Span,
        quote: str,
        *,
        prefix: str = "",
        suffix: str = "",
    ) -> Verification:
        """Say whether *quote* stands at *span*, has moved, or is gone; an unknown document is a status."""
        ...

    def documents(self) -> list[DocumentInfo]:
        """List the documents by id."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document. Raises DocumentNotFoundError."""
        ...

    def close(self) -> None:
        """Release the index and the models."""
        ...


@dataclass(frozen=True, slots=True)
class Service:
    """What lives as long as the application."""

    engine: QuestionEngine
    pool: WorkPool

    async def run(self, request: Request, work: Callable[[], T]) -> T:
        """Return the outcome of *work* from the pool, unless the client leaves before.

        Raises:
            OverloadedError: when too many requests wait.
            ClientDisconnect: when the client has gone; work that still waited is dropped.
        """
        working = asyncio.ensure_future(self.pool.run(work))
        leaving = asyncio.ensure_future(_wait_for_disconnect(request))
        try:
            await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                return working.result()
            leaving.result()  # raises what reading from the client raised, if anything
            raise ClientDisconnect
        finally:
            working.cancel()
            leaving.cancel()


def find_service(request: Request) -> Service:
    """Return the service that the application of *request* was made with."""
    return cast("Service", request.app.state.service)


Serving = Annotated[Service, Depends(find_service)]
"""A route's parameter that receives the service."""


async def _wait_for_disconnect(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
