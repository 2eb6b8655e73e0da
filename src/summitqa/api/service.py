"""What the routes work with: the engine, the pool its calls run on, and the way to both from a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request

from summitqa.api.pending import PendingWork
from summitqa.api.pool import WorkPool
from summitqa.protocols import QuestionEngine

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Service:
    """What lives as long as the application."""

    engine: QuestionEngine
    pool: WorkPool
    keep_alive_s: float = 10.0

    def start(self, request: Request, work: Callable[[], T]) -> PendingWork[T]:
        """Return *work* under way on the pool; whoever waits for it also drops it."""
        return PendingWork(self.pool.run(work), request)

    async def run(self, request: Request, work: Callable[[], T]) -> T:
        """Return the outcome of *work* from the pool, unless the client leaves before.

        Raises:
            OverloadedError: when too many requests wait.
            ClientDisconnect: when the client has gone; work that still waited is dropped.
        """
        with self.start(request, work) as pending:
            await pending.wait()
            return pending.result()


def find_service(request: Request) -> Service:
    """Return the service that the application of *request* was made with."""
    return cast("Service", request.app.state.service)


Serving = Annotated[Service, Depends(find_service)]
"""A route's parameter that receives the service."""
