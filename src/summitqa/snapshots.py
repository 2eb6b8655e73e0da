"""Snapshots: which opened index a question uses, while a newer one may take its place.

A question in progress keeps the snapshot it began with; the next one sees the newest. Knows indexes by
their protocol only.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from summitqa.errors import IndexStoreError
from summitqa.protocols import PassageIndex

logger = logging.getLogger(__name__)


class LiveIndex:
    """The newest index that could be opened. Safe to use from several threads.

    Args:
        open_newest: opens the index as it is on disk now.
        newest_generation: tells cheaply which generation that is, ``None`` if it cannot be told.
    """

    def __init__(self, open_newest: Callable[[], PassageIndex], newest_generation: Callable[[], int | None]) -> None:
        self._open_newest = open_newest
        self._newest_generation = newest_generation
        self._lock = threading.Lock()
        self._refused: int | None = None
        self._current = _Counted(open_newest())

    @contextmanager
    def use(self) -> Iterator[PassageIndex]:
        """Hold the newest index open for the time of a question."""
        with self._lock:
            self._refresh()
            counted = self._current
            counted.enter()
        try:
            yield counted.index
        finally:
            counted.leave()

    def close(self) -> None:
        """Close the index when its last user leaves; closing twice is harmless."""
        self._current.retire()

    def _refresh(self) -> None:
        """Open a newer generation; one that cannot be opened is logged once, and the old one stays."""
        newest = self._newest_generation()
        serving = self._current.index.generation
        if newest is None or newest in {serving, self._refused}:
            return
        try:
            newer = _Counted(self._open_newest())
        except IndexStoreError as error:
            self._refused = newest
            logger.warning("index generation %d cannot be opened (%s); %d goes on serving", newest, error, serving)
            return
        self._current.retire()
        self._current = newer


class _Counted:
    """An open index and the number of its users."""

    def __init__(self, index: PassageIndex) -> None:
        self.index = index
        self._lock = threading.Lock()
        self._n_users = 0
        self._retired = False

    def enter(self) -> None:
        with self._lock:
            self._n_users += 1

    def leave(self) -> None:
        with self._lock:
            self._n_users -= 1
            self._close_if_done()

    def retire(self) -> None:
        with self._lock:
            self._retired = True
            self._close_if_done()

    def _close_if_done(self) -> None:
        if self._retired and not self._n_users:
            self.index.close()
