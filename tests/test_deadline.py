"""Calls with a deadline."""

import threading

import pytest

from summitqa.evaluation.deadline import DeadlineCaller


def test_results_and_errors_come_back() -> None:
    """What the function returns or raises is what the call returns or raises."""
    caller = DeadlineCaller()
    assert caller.call(lambda: 42, 5) == 42
    with pytest.raises(ZeroDivisionError):
        caller.call(lambda: 1 // 0, 5)
    caller.close()


def test_calls_of_one_thread_share_a_thread() -> None:
    """A question is not slower for having a deadline; a function's own TimeoutError does not end the thread."""
    caller = DeadlineCaller()

    def fail() -> int:
        raise TimeoutError("mine")

    first = caller.call(threading.get_ident, 5)
    with pytest.raises(TimeoutError, match="mine"):
        caller.call(fail, 5)
    assert caller.call(threading.get_ident, 5) == first != threading.get_ident()
    caller.close()


def test_a_late_call_is_left_behind_and_the_next_one_goes_on() -> None:
    """The caller does not wait for a function that hangs, and the thread ends when the function does."""
    caller, hold, threads = DeadlineCaller(), threading.Event(), []

    def hang() -> None:
        threads.append(threading.current_thread())
        hold.wait()

    with pytest.raises(TimeoutError):
        caller.call(hang, 0.01)
    assert caller.call(lambda: "next", 5) == "next"
    hold.set()
    threads[0].join(5)
    assert not threads[0].is_alive()
    caller.close()
