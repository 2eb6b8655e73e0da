"""Calls that may take only so long. Knows threads, nothing of questions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

_Work = tuple[Callable[[], Any], "Future[Any]"]


class DeadlineCaller:
    """Runs functions in a thread of their own, one for each calling thread, and stops waiting at a deadline.

    Python cannot stop a thread: a call that is late goes on behind the scenes, its result is dropped, and the next
    call gets a new thread. The threads are daemons, so one that hangs does not keep the process from ending.
    """

    def __init__(self) -> None:
        self._local = threading.local()
        self._queues: list[SimpleQueue[_Work | None]] = []

    def call(self, function: Callable[[], T], timeout_s: float) -> T:
        """Return what *function* returns, or raise what it raises.

        Raises:
            TimeoutError: if it takes longer than *timeout_s*.
        """
        result: Future[T] = Future()
        self._thread().put((function, result))
        try:
            return result.result(timeout=timeout_s)
        except TimeoutError:
            if not result.done():
                self._leave_behind()
            raise

    def close(self) -> None:
        """Let the threads end when they are done."""
        for work in self._queues:
            work.put(None)

    def _thread(self) -> SimpleQueue[_Work | None]:
        """Return the queue of the calling thread's own thread; start it if there is none."""
        work: SimpleQueue[_Work | None] | None = getattr(self._local, "work", None)
        if work is None:
            work = self._local.work = SimpleQueue()
            self._queues.append(work)
            threading.Thread(target=_run, args=(work,), name="question under way", daemon=True).start()
        return work

    def _leave_behind(self) -> None:
        self._local.work.put(None)
        self._local.work = None


def _run(queue: SimpleQueue[_Work | None]) -> None:
    while (work := queue.get()) is not None:
        function, result = work
        try:
            result.set_result(function())
        except BaseException as error:  # noqa: BLE001 -- whatever it is, it is raised where the call was made
            result.set_exception(error)
