"""The bounded pool that keeps work off the event loop."""

from __future__ import annotations

import asyncio
import threading

import pytest

from summitqa.api.pool import WorkPool
from summitqa.errors import OverloadedError


def test_work_runs_on_a_thread_of_the_pool() -> None:
    """The event loop's thread does not do the work."""
    pool = WorkPool(1, 0)
    name = asyncio.run(pool.run(lambda: threading.current_thread().name))
    pool.close()
    assert name.startswith("summitqa")


def test_an_error_of_the_work_is_raised_and_the_place_is_free() -> None:
    """What the work raises, the caller gets."""
    pool = WorkPool(1, 0)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(pool.run(lambda: 1 // 0))
    assert pool.taken == 0
    pool.close()


def test_more_than_the_queue_holds_is_an_overload() -> None:
    """One works and one waits; the third is turned away, and there is room again when the first two are done."""
    pool, gate = WorkPool(1, 1), threading.Event()

    async def scenario() -> list[bool]:
        tasks = [asyncio.create_task(pool.run(gate.wait)) for _ in range(2)]
        await asyncio.sleep(0)  # both take their places
        with pytest.raises(OverloadedError, match="1 questions are being answered and 1 are waiting"):
            await pool.run(gate.wait)
        gate.set()
        return [*await asyncio.gather(*tasks), await pool.run(gate.wait)]

    assert asyncio.run(scenario()) == [True, True, True]
    assert pool.taken == 0
    pool.close()


def test_cancelled_waiting_work_never_runs_and_gives_its_place_back() -> None:
    """The place of a caller who left while waiting is free at once."""
    pool, gate, ran = WorkPool(1, 1), threading.Event(), []

    async def scenario() -> None:
        working = asyncio.create_task(pool.run(gate.wait))
        waiting = asyncio.create_task(pool.run(lambda: ran.append("left")))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
        assert pool.taken == 1
        next_one = asyncio.create_task(pool.run(lambda: ran.append("stayed")))
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(working, next_one)

    asyncio.run(scenario())
    pool.close()
    assert ran == ["stayed"]


def test_cancelled_running_work_keeps_its_place_until_it_ends() -> None:
    """A thread cannot be stopped, so its place is taken until it is free again."""
    pool, started, gate = WorkPool(1, 0), threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        gate.wait()

    async def scenario() -> None:
        running = asyncio.create_task(pool.run(work))
        await asyncio.to_thread(started.wait)
        running.cancel()
        await asyncio.wait({running})

    asyncio.run(scenario())
    assert pool.taken == 1
    gate.set()
    pool.close()
    assert pool.taken == 0


def test_a_closed_pool_takes_no_work() -> None:
    """After closing, work is turned away and holds no place."""
    pool = WorkPool(1, 0)
    pool.close()
    pool.close()
    with pytest.raises(OverloadedError, match="shutting down"):
        asyncio.run(pool.run(lambda: None))
    assert pool.taken == 0


@pytest.mark.parametrize(("workers", "queue_size"), [(0, 1), (1, -1)])
def test_a_pool_needs_a_worker(workers: int, queue_size: int) -> None:
    """A pool that could never work is a mistake of the caller."""
    with pytest.raises(ValueError, match="not a pool"):
        WorkPool(workers, queue_size)
