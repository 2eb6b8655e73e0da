"""A few threads for work that would hold up the event loop, behind a bounded queue.

Knows nothing of HTTP: the work is a callable, and being cancelled gives a queued place back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from summitqa.errors import OverloadedError

T = TypeVar("T")


class WorkPool:
    """Runs at most *workers* callables at once while at most *queue_size* wait, first come first served."""

    def __init__(self, workers: int, queue_size: int) -> None:
        if workers < 1 or queue_size < 0:
            raise ValueError(f"not a pool: {workers} workers, queue of {queue_size}")
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="summitqa")
        self._workers = workers
        self._queue_size = queue_size
        self._taken = 0
        self._lock = Lock()  # places are given back on the worker threads

    @property
    def taken(self) -> int:
        """How many callables run or wait."""
        return self._taken

    async def run(self, work: Callable[[], T]) -> T:
        """Return what *work* returns, or raise what it raises, having run it on a thread of the pool.

        If the caller is cancelled while *work* waits, it never runs and its place is free at once; if it
        runs already, it runs to its end and its outcome is dropped.

        Raises:
            OverloadedError: when the queue is full or the pool is closed.
        """
        self._take_place()
        try:
            future = self._executor.submit(work)
        except RuntimeError as error:  # only raised after shutdown
            self._give_place_back()
            raise OverloadedError("the server is shutting down; try again shortly") from error
        future.add_done_callback(self._give_place_back)
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Drop what waits and return once what runs has ended; closing twice is harmless."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _take_place(self) -> None:
        with self._lock:
            if self._taken >= self._workers + self._queue_size:
                raise OverloadedError(
                    f"{self._workers} questions are being answered and {self._queue_size} are waiting, "
                    "which is all the server accepts; try again in a second"
                )
            self._taken += 1

    def _give_place_back(self, _future: Future[T] | None = None) -> None:
        with self._lock:
            self._taken -= 1
