"""Reading a given context as the engine reads what it has found: every passage of it, none left out by retrieval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitqa.answering import Evidence, compose_outcome, select_quotes
from summitqa.chunking import split_passages
from summitqa.protocols import Encoder, Reader, Vectors
from summitqa.reading import ReadingView, build_view
from summitqa.types import Answer, Document, Hit, IndexState, NoAnswer


def predict(outcome: Answer | NoAnswer) -> str:
    """Return the short answer that a forced *outcome* gives: the exact answer, else the first quote, else nothing."""
    if isinstance(outcome, NoAnswer):
        return ""
    return outcome.answer or outcome.citations[0].cited_text


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A context made ready: its document, the views of its passages, and their vectors (n, dim)."""

    document: Document
    views: tuple[ReadingView, ...]
    vectors: Vectors


class ContextReader:
    """Answers questions on one context at a time; the last one is kept, since its questions follow each other.

    Passages come in the order of their cosine with the question. Their scores, which retrieval would give, are the
    cosines as shares of the best one: the context is known to be the right one, so its best passage scores 1.
    """

    def __init__(self, encoder: Encoder, reader: Reader, passage_tokens: int) -> None:
        self._encoder = encoder
        self._reader = reader
        self._passage_tokens = passage_tokens
        self._last: _Prepared | None = None

    def ask(self, question: str, document: Document) -> Answer | NoAnswer:
        """Answer *question* from *document*, however unsure; no answer only where nothing can be quoted.

        Raises:
            ModelRuntimeError: if a model fails.
        """
        prepared = self._prepare(document)
        hits, views = self._rank(question, prepared) if prepared.views else ([], [])
        readings = self._reader.read(question, views, hits) if views else []
        selection = select_quotes(question, readings, views, lambda _: document)
        evidence = Evidence(
            question=question,
            resolved_question=None,
            hits=hits,
            n_read=len(hits),
            quotes=selection.quotes,
            probability=selection.probability,
            min_confidence=0.0,
            state=IndexState(0, self._encoder.id, self._reader.id),
        )
        return compose_outcome(evidence, lambda _: document, {})

    def _prepare(self, document: Document) -> _Prepared:
        if self._last is None or self._last.document != document:
            passages = split_passages(document, self._encoder, max_tokens=self._passage_tokens)
            views = tuple(build_view(passage, document.text) for passage in passages)
            self._last = _Prepared(document, views, self._encoder.encode_passages([view.text for view in views]))
        return self._last

    def _rank(self, question: str, prepared: _Prepared) -> tuple[list[Hit], Sequence[ReadingView]]:
        cosines = [float(c) for c in prepared.vectors @ self._encoder.encode_query([question])[0]]
        order = sorted(range(len(cosines)), key=lambda row: (-cosines[row], row))
        best = cosines[order[0]]
        scores = [max(0.0, cosine) / best if best > 0 else 1.0 for cosine in cosines]
        hits = [
            Hit(prepared.views[row].passage, row, scores[row], rank, cosines[row])
            for rank, row in enumerate(order, start=1)
        ]
        return hits, [prepared.views[row] for row in order]
