"""A clock for one question: how long each stage took, and how much of a budget is left."""

from __future__ import annotations

import time


class Clock:
    """Milliseconds spent in each stage; it runs from when it is made."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._stages: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        """Say that *stage* has ended, perhaps not for the first time, and the next one begins."""
        now = time.perf_counter()
        self._stages[stage] = round(self._stages.get(stage, 0.0) + (now - self._last) * 1000, 3)
        self._last = now

    def left_s(self, budget_ms: float) -> float:
        """Return the seconds that are left of a budget; below zero once it is spent."""
        return (budget_ms - self._elapsed_ms()) / 1000

    def finish(self) -> dict[str, float]:
        """Return the milliseconds of each stage that has ended, and the total."""
        return {**self._stages, "total": round(self._elapsed_ms(), 3)}

    def _elapsed_ms(self) -> float:
        return (time.perf_counter() - self._start) * 1000
