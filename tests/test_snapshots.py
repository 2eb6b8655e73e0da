"""Which index a question uses while newer ones arrive."""

import logging
from typing import cast

import pytest

from summitqa.errors import IndexCorruptError
from summitqa.protocols import PassageIndex
from summitqa.snapshots import LiveIndex


class FakeIndex:
    """An index that knows its generation and whether it was closed."""

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Disk:
    """The newest generation on disk, which may be damaged."""

    def __init__(self) -> None:
        self.generation = 1
        self.damaged = False
        self.opened: list[FakeIndex] = []

    def open(self) -> PassageIndex:
        if self.damaged:
            raise IndexCorruptError("damaged")
        self.opened.append(FakeIndex(self.generation))
        return cast("PassageIndex", self.opened[-1])

    def newest(self) -> int:
        return self.generation


def used(live: LiveIndex) -> int:
    with live.use() as index:
        return index.generation


def test_the_next_question_sees_a_newer_index_and_the_old_one_is_closed() -> None:
    """A new generation is opened once, and the one before it is released."""
    disk = Disk()
    live = LiveIndex(disk.open, disk.newest)
    disk.generation = 2
    assert (used(live), used(live)) == (2, 2)
    assert [index.closed for index in disk.opened] == [True, False]


def test_a_question_keeps_the_index_it_began_with() -> None:
    """The old index stays open until the question that uses it is done."""
    disk = Disk()
    live = LiveIndex(disk.open, disk.newest)
    with live.use() as old:
        disk.generation = 2
        assert used(live) == 2
        assert (old.generation, disk.opened[0].closed) == (1, False)
    assert disk.opened[0].closed


def test_a_damaged_newer_index_leaves_the_old_one_serving(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged once, and questions go on being answered."""
    disk = Disk()
    live = LiveIndex(disk.open, disk.newest)
    disk.generation, disk.damaged = 2, True
    with caplog.at_level(logging.WARNING):
        assert (used(live), used(live)) == (1, 1)
    assert [record.getMessage() for record in caplog.records] == [
        "index generation 2 cannot be opened (damaged); 1 goes on serving"
    ]


def test_closing_twice_is_harmless() -> None:
    """A closed live index has closed its index."""
    disk = Disk()
    live = LiveIndex(disk.open, disk.newest)
    live.close()
    live.close()
    assert disk.opened[0].closed
