"""An inquiry: one question against one snapshot of the index, from how it was typed to its outcome.

What lives as long as the engine comes in as :class:`Parts`; nothing of an inquiry outlives its question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from summitqa.answering import Evidence, compose_outcome, select_quotes, show_passage
from summitqa.conversation import MAX_TURNS, note_on, suggest_questions
from summitqa.engine.clock import Clock
from summitqa.engine.parts import Parts
from summitqa.engine.reading_task import ReadingTask
from summitqa.errors import QuestionError
from summitqa.protocols import PassageIndex
from summitqa.retrieval import HybridRetriever, worth_reading
from summitqa.types import Answer, CarriedTerm, Correction, NoAnswer, ReadPassage, Turn


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is searched for, and how it came to be that.

    Attributes:
        alone: the question without words of earlier turns, if nothing in it points back to them.
    """

    question: str
    carried_over: tuple[CarriedTerm, ...] = ()
    corrections: tuple[Correction, ...] = ()
    alone: str | None = None


def check_question(question: str, max_chars: int) -> str:
    """Return the question with white space and control characters folded to single spaces.

    Raises:
        QuestionError: if it is empty, longer than *max_chars*, or not text.
    """
    if not isinstance(question, str):
        raise QuestionError(f"the question must be text, not {type(question).__name__}")
    if any("\ud800" <= c <= "\udfff" for c in question):
        raise QuestionError("the question holds bytes that are no text; send it as UTF-8")
    if len(question) > max_chars:
        raise QuestionError(f"the question has {len(question)} characters, the limit is {max_chars}; ask a shorter one")
    asked = " ".join("".join(c if c.isprintable() else " " for c in question).split())
    if not any(c.isalnum() for c in asked):
        raise QuestionError("the question is empty; ask one in words")
    return asked


class Inquiry:
    """Asks *index* one checked question, within *document_ids* where they are given.

    Raises:
        DocumentNotFoundError: if one of *document_ids* is not in the index.
    """

    def __init__(self, asked: str, index: PassageIndex, parts: Parts, document_ids: Sequence[str] | None) -> None:
        for document_id in document_ids or ():
            index.document(document_id)
        self._asked = asked
        self._index = index
        self._parts = parts
        self._document_ids = document_ids
        self._retriever = HybridRetriever(index, parts.encoder)

    def understand(self, history: Sequence[Turn], *, resolve: bool) -> Understood:
        """Correct the typing mistakes of the question, then write it out with words of *history*.

        It stays as it was typed without *resolve*.
        """
        if not resolve:
            return Understood(self._asked)
        correct = self._retriever.correct
        spelt, corrections = correct(self._asked)
        turns = [replace(turn, question=correct(turn.question)[0]) for turn in history[-MAX_TURNS:]]
        resolution = self._parts.resolver.resolve(spelt, [*history[:-MAX_TURNS], *turns])
        alone = spelt if resolution.may_stand_alone else None
        return Understood(resolution.question, resolution.carried_over, corrections, alone)

    def search(self, understood: Understood, k: int) -> list[ReadPassage]:
        """Return the *k* passages most likely to answer, best first."""
        hits = self._retriever.retrieve(understood.question, k, self._document_ids)
        return [show_passage(hit, self._index.document) for hit in hits]

    def answer(self, understood: Understood, clock: Clock, budget_ms: float | None) -> Answer | NoAnswer:
        """Retrieve, read and quote; stages and budget are those of *clock*.

        A question that points back to nothing is asked once more without the words added to it, if they led to silence.

        Raises:
            ModelRuntimeError: if a model fails.
            CitationError: if a quote were not verbatim.
        """
        outcome = self._ask(understood, clock, budget_ms)
        is_in_time = budget_ms is None or clock.left_s(budget_ms) > 0
        if isinstance(outcome, NoAnswer) and understood.alone is not None and is_in_time:
            alone = Understood(understood.alone, corrections=understood.corrections)
            again = self._ask(alone, clock, budget_ms)
            outcome = again if isinstance(again, Answer) else replace(outcome, timing_ms=again.timing_ms)
        return outcome

    def _ask(self, understood: Understood, clock: Clock, budget_ms: float | None) -> Answer | NoAnswer:
        index, settings = self._index, self._parts.settings
        hits = self._retriever.retrieve(
            understood.question, max(settings.n_read, settings.n_read_in_doubt), self._document_ids
        )
        clock.mark("retrieve")
        worth = worth_reading(hits[: settings.n_read], settings.read_near)
        left_s = None if budget_ms is None else partial(clock.left_s, budget_ms)
        task = ReadingTask(understood.question, hits, index, self._parts, left_s)
        readings = task.read(len(worth))
        clock.mark("read")
        selection = select_quotes(understood.question, readings, task.views, index.document)
        evidence = Evidence(
            question=self._asked,
            resolved_question=understood.question if understood.question != self._asked else None,
            hits=hits,
            n_read=len(task.views),
            n_skipped=task.n_skipped,
            quotes=selection.quotes,
            probability=selection.probability,
            min_confidence=settings.min_confidence,
            state=self._parts.state_with(index),
            carried_over=understood.carried_over,
            corrections=understood.corrections,
        )
        return _annotate(compose_outcome(evidence, index.document, clock.finish()))


def _annotate(outcome: Answer | NoAnswer) -> Answer | NoAnswer:
    """Add the note that the question calls for and, without an answer, questions to ask instead."""
    asked = outcome.resolved_question or outcome.question
    if isinstance(outcome, Answer):
        return replace(outcome, note=note_on(asked, outcome.text))
    headings = [passage.heading_path[-1] for passage in outcome.passages if passage.heading_path]
    return replace(outcome, note=note_on(asked, None), suggestions=suggest_questions(headings))
