"""Asking every question of a run once: what is finished is not asked again, what fails is listed and counts as zero."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from summitqa.evaluation.journal import Journal
from summitqa.protocols import Progress

logger = logging.getLogger(__name__)


class Asked(Protocol):
    """A question of any format."""

    @property
    def id(self) -> str:
        """Identity within its data set."""
        ...


Question = TypeVar("Question", bound=Asked)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How much of a data set is asked, and what is kept of the run.

    Attributes:
        sample: number of questions; ``None`` for all.
        seed: which sample.
        journal: file that makes the run resumable; ``None`` for one that is not.
        index_dir: folder in which the index of the data set is kept for the next run; ``None`` for a temporary one.
        progress: called with the number of questions finished and their total.
        index_progress: called with the number of passages embedded; their total is not known before the end, so it
            is given as the same number.
    """

    sample: int | None = None
    seed: int = 7
    journal: Path | None = None
    index_dir: Path | None = None
    progress: Progress | None = None
    index_progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question gave: a JSON value, or ``None`` and the error in one line."""

    value: Any
    error: str | None = None


def ask_all(
    questions: Iterable[Question],
    total: int,
    journal: Journal,
    ask: Callable[[Question], Any],
    progress: Progress | None = None,
) -> Iterator[tuple[Question, Outcome]]:
    """Yield every question with its outcome, from the journal when it is finished, else from *ask*.

    A question that fails is not noted as finished: a resumed run asks it again.
    """
    for done, question in enumerate(questions, start=1):
        yield question, _ask(question, journal, ask)
        if progress is not None:
            progress(done, total)


def _ask(question: Question, journal: Journal, ask: Callable[[Question], Any]) -> Outcome:
    if question.id in journal:
        return Outcome(journal[question.id])
    try:
        value = ask(question)
    except Exception as error:  # the edge of one question: the run goes on, and the failure is listed
        logger.exception("question %s failed", question.id)
        return Outcome(None, f"{type(error).__name__}: {' '.join(str(error).split())}"[:500])
    journal.add(question.id, value)
    return Outcome(value)
