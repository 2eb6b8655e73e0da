"""Failures: the questions that were not handled rightly, with what was expected and what was given.

A question is right as the measure ``answer_accuracy`` has it: answered with the evidence, or silent where the documents
do not say. Knows records; nothing of how a failure is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from summitqa.evaluation.measures.questions import has_failed, is_right
from summitqa.evaluation.records import Evaluation, Record
from summitqa.types import Span

Kind = Literal["no result", "wrong quote", "no answer", "should be silent"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote in its place, cut in three so that it can be marked without looking for it.

    Attributes:
        before: some of the document before the quote; empty when no context is known.
        after: some of it after the quote; no telling whether the document ends there.
    """

    document_id: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that was not handled rightly, and how.

    Attributes:
        kind: to sort by.
        reason: the same for people, with particulars.
        expected: the gold evidence; empty where silence was expected.
        given: the citations, in their order.
    """

    record: Record
    kind: Kind
    reason: str
    expected: tuple[Passage, ...]
    given: tuple[Passage, ...]


def find_failures(evaluation: Evaluation) -> list[Failure]:
    """Return the failures of a run, in the order of its questions."""
    return [
        Failure(record, _kind(record), explain(record), tuple(_expected(record)), tuple(_given(record)))
        for record in evaluation.records
        if not is_right(record)
    ]


def explain(record: Record) -> str:
    """Say in a few words what is wrong with how a question was handled."""
    if record.outcome == "timeout":
        return "took too long"
    if record.outcome == "error":
        return f"failed: {record.error or 'unknown error'}"
    if not record.answerable:
        return "answered, though the documents do not say"
    return "wrong quote" if record.answered else f"no answer ({(record.reason or 'no reason').replace('_', ' ')})"


def _kind(record: Record) -> Kind:
    if has_failed(record):
        return "no result"
    if not record.answerable:
        return "should be silent"
    return "wrong quote" if record.answered else "no answer"


def _expected(record: Record) -> Iterator[Passage]:
    for number, part in enumerate(record.evidence):
        if number < len(record.evidence_context) and part.spans:
            excerpt = record.evidence_context[number]
            yield _cut(part.document_id, part.spans[0], part.quote, excerpt.text, excerpt.start)
        else:
            yield Passage(part.document_id, "", part.quote, "")


def _given(record: Record) -> Iterator[Passage]:
    for quote in record.citations:
        yield _cut(quote.document_id, quote.span, quote.text, quote.context, quote.context_start)


def _cut(document_id: str, span: Span, quote: str, context: str, context_start: int) -> Passage:
    """Cut the context around a quote, an ellipsis where it breaks off; without the quote in its place, drop it."""
    start, end = span.start - context_start, span.end - context_start
    if start < 0 or context[start:end] != quote:
        return Passage(document_id, "", quote, "")
    before, after = context[:start], context[end:]
    return Passage(document_id, f"…{before}" if context_start else before, quote, f"{after}…" if after else "")
