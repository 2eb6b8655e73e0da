"""The runner: asks a target every question and keeps what came back.

Each question is alone: one that raises, hangs or gives nonsense becomes a record of its own, and the others go on.
What a record claims is checked here, not taken from the target: quotes against the documents, the time by the
runner's own clock. Knows nothing of measures, engines or servers.
"""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import Protocol

from summitqa.errors import DocumentNotFoundError, EvaluationDataError
from summitqa.evaluation.deadline import DeadlineCaller
from summitqa.evaluation.gold import GoldQuestion
from summitqa.evaluation.records import CitedQuote, Excerpt, Record
from summitqa.protocols import Progress
from summitqa.types import Answer, Citation, Document, NoAnswer, ReadPassage, Span

N_PASSAGES = 10
"""Passages asked for: as many as the measures of retrieval look at."""

CONTEXT_CHARS = 160
"""Characters kept on each side of a quote, for people."""

WRITTEN_OUT = "#written-out"
"""Ends the id of a follow-up's question written out."""

logger = logging.getLogger(__name__)


class Target(Protocol):
    """A system under test. Used from several threads at once when there are several workers."""

    def ask(self, question: str, history: Sequence[str]) -> Answer | NoAnswer:
        """Answer *question*; *history* are the user's earlier questions, oldest first."""
        ...

    def search(self, question: str, k: int) -> Sequence[ReadPassage]:
        """Return the *k* best passages for a question that stands alone, best first."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            DocumentNotFoundError: if there is none of that id.
        """
        ...

    def system(self) -> dict[str, str]:
        """Return what identifies the system: encoder, reader, index generation, version."""
        ...


def run_questions(  # noqa: PLR0913 -- all but two are given by name
    questions: Sequence[GoldQuestion],
    target: Target,
    *,
    timeout_s: float,
    workers: int = 1,
    progress: Progress | None = None,
    done: Mapping[str, Record] | None = None,
    on_record: Callable[[Record], None] | None = None,
) -> list[Record]:
    """Ask every question; return a record for each, in the order of *questions*.

    Args:
        questions: with distinct ids.
        target: what is asked.
        timeout_s: seconds a question may take; one that takes longer is left behind in its thread.
        workers: questions asked at the same time; more than one makes the latencies those of a loaded system.
        progress: called with the number of finished questions and their total.
        done: records of an earlier run by id; they are taken over, failures too, if they are about the same question.
        on_record: called with each new record, in the calling thread, as soon as there is one.

    Raises:
        EvaluationDataError: if two questions have the same id.
    """
    if len({question.id for question in questions}) < len(questions):
        raise EvaluationDataError("two questions have the same id; ids tell records apart")
    records = _taken_over(questions, done or {})
    left = [question for question in questions if question.id not in records]
    for record in _ask_all(left, target, timeout_s, workers):
        records[record.id] = record
        if on_record is not None:
            on_record(record)
        if progress is not None:
            progress(len(records), len(questions))
    return [records[question.id] for question in questions]


def written_out(questions: Sequence[GoldQuestion]) -> list[GoldQuestion]:
    """Return the follow-ups among *questions* written out, without history.

    Ask them with a second :func:`run_questions` and give the records to ``summarise`` as ``standalone_records``: they
    are compared with their follow-ups and enter no other figure. Their ids end in ``WRITTEN_OUT``.
    """
    return [
        dataclasses.replace(q, id=q.id + WRITTEN_OUT, question=q.standalone, history=(), standalone=None)
        for q in questions
        if q.standalone is not None
    ]


def _taken_over(questions: Sequence[GoldQuestion], done: Mapping[str, Record]) -> dict[str, Record]:
    """Return the records of *done* that are about exactly these questions; an edited question is asked again."""
    taken = {}
    for question in questions:
        record = done.get(question.id)
        if record is not None and _unasked(question) == _unasked(record):
            taken[question.id] = record
    return taken


def _unasked(about: GoldQuestion | Record) -> Record:
    """Return the record of a question before it is asked: only what the gold says of it."""
    return Record(
        id=about.id,
        question=about.question,
        history=about.history,
        standalone=about.standalone,
        split=about.split,
        tags=tuple(sorted(about.tags)),
        answerable=about.answerable,
        needs_all=about.needs_all,
        accepted=about.answers if isinstance(about, GoldQuestion) else about.accepted,
        evidence=about.evidence,
        outcome="error",
    )


def _ask_all(questions: Sequence[GoldQuestion], target: Target, timeout_s: float, workers: int) -> Iterator[Record]:
    """Yield the records as they are finished, in the calling thread."""
    examiner = _Examiner(target, timeout_s)
    pool = ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="question")
    try:
        futures = [pool.submit(examiner.examine, question) for question in questions]
        for future in as_completed(futures):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)
        examiner.close()


class _Examiner:
    """Asks one question at a time in each thread, and turns what comes back, or does not, into a record."""

    def __init__(self, target: Target, timeout_s: float) -> None:
        self._target = target
        self._timeout_s = timeout_s
        self._caller = DeadlineCaller()
        self._documents: dict[str, Document] = {}

    def examine(self, question: GoldQuestion) -> Record:
        """Ask *question*; never raises."""
        unasked = _unasked(question)
        try:
            unasked = self._caller.call(partial(self._with_excerpts, unasked), self._timeout_s)
            return self._caller.call(partial(self._answered, unasked), self._timeout_s)
        except TimeoutError as error:
            message = str(error) or f"no answer within {self._timeout_s:g} s"
            waited = {"total": self._timeout_s * 1000}
            return dataclasses.replace(unasked, outcome="timeout", error=_one_line(message), timing_ms=waited)
        except Exception as error:
            logger.exception("question %s failed", question.id)
            message = _one_line(f"{type(error).__name__}: {error}")
            return dataclasses.replace(unasked, outcome="error", error=message)

    def close(self) -> None:
        """Let the threads end."""
        self._caller.close()

    def _with_excerpts(self, unasked: Record) -> Record:
        """Add the surroundings of the evidence, which a person wants to see whatever comes back."""
        texts = [(self._document(part.document_id).text, part.spans[0]) for part in unasked.evidence]
        return dataclasses.replace(unasked, evidence_context=tuple(_excerpt(text, span) for text, span in texts))

    def _answered(self, unasked: Record) -> Record:
        began = time.perf_counter()
        outcome = self._target.ask(unasked.question, unasked.history)
        total_ms = round((time.perf_counter() - began) * 1000, 3)
        if not 0.0 <= outcome.confidence <= 1.0:
            raise ValueError(f"confidence {outcome.confidence} is no probability")
        alone = outcome.resolved_question if unasked.history and outcome.resolved_question else unasked.question
        found = self._target.search(alone, N_PASSAGES)
        citations = outcome.citations if isinstance(outcome, Answer) else ()
        return dataclasses.replace(
            unasked,
            outcome="answered" if isinstance(outcome, Answer) else "no_answer",
            reason=outcome.reason if isinstance(outcome, NoAnswer) else None,
            answer=outcome.answer if isinstance(outcome, Answer) else None,
            confidence=outcome.confidence,
            citations=tuple(self._checked(citation) for citation in citations),
            passages=tuple((passage.document_id, passage.span) for passage in found),
            timing_ms={**outcome.timing_ms, "total": total_ms},
        )

    def _checked(self, citation: Citation) -> CitedQuote:
        """Return the citation with the verdict of the documents on it, at every place that it names."""
        own = self._text(citation.document_id, citation.document_sha256)
        others = [(self._text(place.document_id, place.document_sha256), place.span) for place in citation.also_at]
        stands = own is not None and own[citation.span.start : citation.span.end] == citation.cited_text
        excerpt = _excerpt(own or "", citation.span)
        return CitedQuote(
            document_id=citation.document_id,
            span=citation.span,
            text=citation.cited_text,
            verbatim=stands and all(_same(text, span, citation.cited_text) for text, span in others),
            also_at=tuple((place.document_id, place.span) for place in citation.also_at),
            context=excerpt.text,
            context_start=excerpt.start,
        )

    def _text(self, document_id: str, sha256: str) -> str | None:
        """Return the text of the document that was cited, ``None`` if there is none with this digest."""
        try:
            document = self._document(document_id)
        except DocumentNotFoundError:
            return None
        return document.text if document.sha256 == sha256 else None

    def _document(self, document_id: str) -> Document:
        if document_id not in self._documents:
            self._documents[document_id] = self._target.document(document_id)
        return self._documents[document_id]


def _excerpt(text: str, span: Span) -> Excerpt:
    start = max(0, span.start - CONTEXT_CHARS)
    return Excerpt(text[start : span.end + CONTEXT_CHARS], start)


def _same(text: str | None, span: Span, cited: str) -> bool:
    """Tell whether the same statement stands at another place; white space may differ there."""
    return text is not None and text[span.start : span.end].split() == cited.split()


def _one_line(message: str) -> str:
    return " ".join(message.split())
