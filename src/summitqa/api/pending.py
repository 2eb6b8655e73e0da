"""Work under way for a request: waited for in steps, and dropped when its client leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from starlette.requests import ClientDisconnect, Request

T = TypeVar("T")


class PendingWork(Generic[T]):
    """The outcome to come of *work*, asked for by *request*; a context that drops what nobody waits for any more."""

    def __init__(self, work: Coroutine[Any, Any, T], request: Request) -> None:
        self._working = asyncio.ensure_future(work)
        self._leaving = asyncio.ensure_future(_wait_for_disconnect(request))

    async def wait(self, timeout_s: float | None = None) -> bool:
        """Return whether the work has ended, after *timeout_s* at the latest.

        Raises:
            ClientDisconnect: when the client has gone before.
        """
        await asyncio.wait({self._working, self._leaving}, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        if self._working.done():
            return True
        self._check()
        return False

    async def check_client(self) -> None:
        """Do nothing if the client is still there, having let the event loop notice whether it is.

        Raises:
            ClientDisconnect: when it has gone.
        """
        await asyncio.sleep(0)
        self._check()

    def _check(self) -> None:
        if self._leaving.done():
            self._leaving.result()  # raises what reading from the client raised, if anything
            raise ClientDisconnect

    def result(self) -> T:
        """Return the outcome of work that has ended, or raise what it raised."""
        return self._working.result()

    def drop(self) -> None:
        """Give the work's place back if it has not begun; its outcome is of no interest any more."""
        for future in (self._working, self._leaving):
            if not future.cancel() and not future.cancelled():
                future.exception()  # looked at, or asyncio would report an error that nobody asked for

    def __enter__(self) -> Self:
        """Return the work itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what is left."""
        self.drop()


async def _wait_for_disconnect(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
