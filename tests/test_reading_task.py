"""Which passages are read for a question: at first, in doubt, and within a budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import pytest

from summitqa.conversation import Resolver
from summitqa.corpus import parse_document
from summitqa.engine.parts import Parts
from summitqa.engine.reading_task import ReadingTask
from summitqa.protocols import PassageIndex, ReadMore
from summitqa.reading import ReadingView
from summitqa.settings import Settings
from summitqa.testing import HashingEncoder
from summitqa.types import Document, Hit, Passage, Reading, Span

DOCUMENT = parse_document(
    "\n\n".join(f"Mill {n} was built by Ana {n}." for n in range(10)), document_id="d", source="d.txt", markdown=False
)
N_WORTH = 2


class OneDocument:
    """An index that knows one document."""

    def document(self, document_id: str) -> Document:
        assert document_id == DOCUMENT.id
        return DOCUMENT


class SureReader:
    """Gives every unit *probability*; of views that it is asked about, *affordable* can be read in time."""

    id = "sure"

    def __init__(self, probability: float, affordable: int = 100) -> None:
        self._probability = probability
        self._affordable = affordable
        self.read_at: list[list[int]] = []

    def affordable(self, question: str, views: Sequence[ReadingView], budget_s: float) -> int:
        assert question
        assert budget_s
        return max(1, min(len(views), self._affordable))

    def read(
        self, question: str, views: Sequence[ReadingView], hits: Sequence[Hit], more: ReadMore | None = None
    ) -> list[Reading]:
        assert question
        assert [hit.passage for hit in hits] == [view.passage for view in views]
        self.read_at.append([hit.row for hit in hits])
        readings = [
            Reading(number, view.passage.span, None, 1.0, self._probability, ()) for number, view in enumerate(views)
        ]
        if more is not None:
            more_views, more_hits = more(readings)
            assert [hit.passage for hit in more_hits] == [view.passage for view in more_views]
            self.read_at.append([hit.row for hit in more_hits])
        return readings


def task_of(
    reader: SureReader, settings: Settings | None = None, n_hits: int = 10, left_s: Callable[[], float] | None = None
) -> ReadingTask:
    """Return a task on the first *n_hits* blocks of the document."""
    spans = [block.span for block in DOCUMENT.blocks][:n_hits]
    hits = [_hit(row, span) for row, span in enumerate(spans)]
    parts = Parts(HashingEncoder(), reader, Resolver(), settings or Settings())
    return ReadingTask("Who built it?", hits, cast("PassageIndex", OneDocument()), parts, left_s)


def _hit(row: int, span: Span) -> Hit:
    return Hit(Passage(f"p{row}", DOCUMENT.id, span, "paragraph", (span,)), row, 1.0 - row / 20, row + 1, 0.6)


@pytest.mark.parametrize(
    ("probability", "settings", "more"),
    [
        (0.3, Settings(), [2, 3, 4, 5, 6, 7]),
        (0.9, Settings(), []),
        (0.6, Settings(), []),
        (0.001, Settings(), []),
        (0.3, Settings(min_confidence=0.2), []),
        (0.3, Settings(n_read_in_doubt=3), [2]),
        (0.3, Settings(n_read_in_doubt=0), []),
    ],
)
def test_more_is_read_where_the_first_passages_leave_a_doubt(
    probability: float, settings: Settings, more: list[int]
) -> None:
    """Not where they answer, nor where there is no hope, and up to as many as the settings say."""
    reader = SureReader(probability)
    task = task_of(reader, settings)
    task.read(N_WORTH)
    assert reader.read_at == [[0, 1], more]
    assert len(task.views) == N_WORTH + len(more)
    assert task.n_skipped == 0


def test_no_more_is_read_than_was_found() -> None:
    """With fewer hits than may be read, all are; without any, nothing is asked of the reader."""
    reader = SureReader(0.3)
    task_of(reader, n_hits=3).read(N_WORTH)
    assert reader.read_at == [[0, 1], [2]]
    assert task_of(SureReader(0.3), n_hits=0).read(0) == []


@pytest.mark.parametrize(
    ("affordable", "left_s", "read_at", "n_skipped"),
    [
        (1, 1.0, [[0], []], 1),
        (2, 1.0, [[0, 1], [2, 3]], 4),
        (100, 1.0, [[0, 1], [2, 3, 4, 5, 6, 7]], 0),
        (100, -1.0, [[0, 1], []], 6),
    ],
)
def test_a_budget_leaves_out_what_it_does_not_do_for_and_counts_it(
    affordable: int, left_s: float, read_at: list[list[int]], n_skipped: int
) -> None:
    """What is left of it is asked again before more is read."""
    reader = SureReader(0.3, affordable)
    task = task_of(reader, left_s=lambda: left_s)
    task.read(N_WORTH)
    assert reader.read_at == read_at
    assert task.n_skipped == n_skipped


def test_a_budget_that_sure_answers_leave_alone_skips_nothing() -> None:
    """What would have been read in doubt alone is not counted without a doubt."""
    task = task_of(SureReader(0.9), left_s=lambda: 1.0)
    task.read(N_WORTH)
    assert task.n_skipped == 0
