"""The engine: the one place where summitqa's parts are joined.

:func:`build_index` turns sources into an index, :func:`open_engine` opens one for questions. Everything
else (CLI, API, evaluation) talks to an :class:`Engine` and constructs no part itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from summitqa.answering import Evidence, compose_outcome, select_quotes, show_passage, verify_quote
from summitqa.chunking import CHUNKING_VERSION, split_passages
from summitqa.conversation import MAX_TURNS, Resolver, is_small_talk, note_on, suggest_questions
from summitqa.corpus import load_documents
from summitqa.errors import DocumentNotFoundError, QuestionError
from summitqa.index import IndexSummary, IndexWriter, NewDocument, current_generation, open_index
from summitqa.models import open_encoder
from summitqa.models.reader import open_reader
from summitqa.models.resolver import open_term_model
from summitqa.protocols import Encoder, PassageIndex, Progress, Reader
from summitqa.reading import build_view
from summitqa.retrieval import HybridRetriever, worth_reading
from summitqa.settings import Settings
from summitqa.snapshots import LiveIndex
from summitqa.types import (
    Answer,
    CarriedTerm,
    Correction,
    Document,
    DocumentInfo,
    IndexState,
    NoAnswer,
    Passage,
    ReadPassage,
    Span,
    Turn,
    Verification,
)

__all__ = ["Engine", "IndexSummary", "build_index", "open_engine", "open_passage_encoder"]

SUGGEST_FROM = 20
"""Documents whose headings make suggestions, at most."""


def build_index(
    sources: Sequence[Path], settings: Settings, *, rebuild: bool = False, progress: Progress | None = None
) -> IndexSummary:
    """Make the index in ``settings.index_dir`` hold exactly the documents of *sources*.

    Unchanged documents are not embedded again; documents no longer in *sources* are removed. The new
    index takes the old one's place at once, or not at all.

    Args:
        sources: files and folders.
        settings: where the index is and which encoder makes it.
        rebuild: start from nothing, also when the old index is damaged.
        progress: called with the number of passages embedded and their total.

    Raises:
        CorpusError: if a source cannot be used.
        ModelError: if the encoder cannot be loaded or run.
        IndexStoreError: if the index is being written by another process, damaged, or cannot be written.
    """
    documents = load_documents(sources, max_file_bytes=settings.max_file_bytes)
    encoder = open_passage_encoder(settings)
    fingerprint = f"chunking-{CHUNKING_VERSION}/{settings.passage_tokens}"
    with IndexWriter(settings.index_dir, encoder_id=encoder.id, fingerprint=fingerprint, rebuild=rebuild) as writer:
        keep = writer.unchanged(documents)
        new = [document for document in documents if document.id not in keep]
        split = [split_passages(document, encoder, max_tokens=settings.passage_tokens) for document in new]
        return writer.replace(keep, list(_embed(new, split, encoder, progress)), dim=encoder.dim)


def open_engine(settings: Settings | None = None) -> Engine:
    """Open the index of *settings* (default: from the environment) for questions.

    Raises:
        IndexStoreError: if there is no usable index, or another encoder built it.
        ModelError: if a model cannot be loaded.
    """
    settings = settings or Settings()
    encoder = open_passage_encoder(settings)
    folder = settings.index_dir
    live = LiveIndex(
        lambda: open_index(folder, encoder_id=encoder.id, threads=settings.threads),
        lambda: current_generation(folder),
    )
    terms = open_term_model(threads=settings.threads) if settings.follow_ups == "model" else None
    return Engine(live, encoder, open_reader(threads=settings.threads), settings, Resolver(terms))


def open_passage_encoder(settings: Settings) -> Encoder:
    """Load the encoder that *settings* name.

    Raises:
        ModelError: if it cannot be loaded.
    """
    return open_encoder(
        settings.encoder, runtime=settings.runtime, cache_dir=settings.cache_dir, threads=settings.threads
    )


class Engine:
    """Answers questions from one index. Safe to use from several threads; answers are deterministic.

    When another process has written a newer index, the next question is answered from that one; a
    newer index that cannot be opened is logged, and the old one goes on serving.
    """

    def __init__(
        self,
        live: LiveIndex,
        encoder: Encoder,
        reader: Reader,
        settings: Settings,
        resolver: Resolver | None = None,
    ) -> None:
        self._live = live
        self._resolver = resolver or Resolver()
        self._suggested: tuple[int, tuple[str, ...]] | None = None
        self._encoder = encoder
        self._reader = reader
        self._settings = settings

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: float | None = None,
    ) -> Answer | NoAnswer:
        """Answer *question* with quotes, or say that the documents don't.

        Args:
            question: one question in plain words.
            history: the user's earlier turns, oldest first, with what was quoted for them where that is known. A
                follow-up is written out with words of theirs.
            resolve: ``False`` asks as typed: no follow-up is written out, no typing mistake corrected, and small talk
                is searched for like anything else.
            document_ids: only these documents are searched; ``None`` for all.
            budget_ms: milliseconds to answer in. Fewer passages are read when they would not do, at least one; the
                outcome says how many were left out. What is left out depends on the machine's speed at that moment.

        Raises:
            QuestionError: if the question is empty, too long or not text.
            DocumentNotFoundError: if one of *document_ids* is not in the index.
            ModelRuntimeError: if a model fails; never to be taken for "no answer".
            CitationError: if a quote were not verbatim; a defect, never seen by design.
        """
        clock = _Clock()
        asked = self._check_question(question)
        with self._live.use() as index:
            _check_documents(index, document_ids)
            retriever = HybridRetriever(index, self._encoder)
            if resolve and is_small_talk(asked):
                return self._meet_small_talk(asked, index, clock)
            understood = self._understand(asked, history, retriever) if resolve else _Understood(asked)
            resolved = understood.question
            clock.mark("resolve")
            hits = retriever.retrieve(resolved, self._settings.n_read, document_ids)
            clock.mark("retrieve")
            worth = worth_reading(hits, self._settings.read_near)
            views = [build_view(hit.passage, index.document(hit.passage.document_id).text) for hit in worth]
            if budget_ms is not None and views:
                left_s = (budget_ms - clock.elapsed_ms()) / 1000
                views = views[: self._reader.affordable(resolved, views, left_s)]
            read = worth[: len(views)]
            readings = self._reader.read(resolved, views, read) if views else []
            clock.mark("read")
            selection = select_quotes(resolved, readings, views, index.document)
            evidence = Evidence(
                question=asked,
                resolved_question=resolved if resolved != asked else None,
                hits=hits,
                n_read=len(read),
                n_skipped=len(worth) - len(read),
                quotes=selection.quotes,
                probability=selection.probability,
                min_confidence=self._settings.min_confidence,
                state=self._state_of(index),
                carried_over=understood.carried_over,
                corrections=understood.corrections,
            )
            return _annotate(compose_outcome(evidence, index.document, clock.finish()))

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        resolve: bool = True,
        k: int = 10,
        document_ids: Sequence[str] | None = None,
    ) -> list[ReadPassage]:
        """Return the *k* passages most likely to answer *question*, best first. Arguments as for :meth:`ask`.

        Raises:
            QuestionError: if the question is empty, too long or not text.
            DocumentNotFoundError: if one of *document_ids* is not in the index.
        """
        asked = self._check_question(question)
        with self._live.use() as index:
            _check_documents(index, document_ids)
            retriever = HybridRetriever(index, self._encoder)
            understood = self._understand(asked, history, retriever) if resolve else _Understood(asked)
            hits = retriever.retrieve(understood.question, k, document_ids)
            return [show_passage(hit, index.document) for hit in hits]

    def suggest(self) -> tuple[str, ...]:
        """Return a few questions to begin with, made of the documents' headings."""
        with self._live.use() as index:
            return self._suggestions(index)

    def verify(self, document_id: str, span: Span, quote: str, *, prefix: str = "", suffix: str = "") -> Verification:
        """Check a citation against the document as it is now. See :func:`summitqa.answering.verify_quote`."""
        with self._live.use() as index:
            try:
                document = index.document(document_id)
            except DocumentNotFoundError:
                return Verification("unknown_document", None, None)
            return verify_quote(document, span, quote, prefix=prefix, suffix=suffix)

    def documents(self) -> list[DocumentInfo]:
        """List the documents in the index by id."""
        with self._live.use() as index:
            return index.documents()

    def document(self, document_id: str) -> Document:
        """Return a document with its text and blocks.

        Raises:
            DocumentNotFoundError: if it is not in the index.
        """
        with self._live.use() as index:
            return index.document(document_id)

    @property
    def state(self) -> IndexState:
        """What answers: index generation and models."""
        with self._live.use() as index:
            return self._state_of(index)

    def close(self) -> None:
        """Close the index when the last question in progress is done; closing twice is harmless."""
        self._live.close()

    def __enter__(self) -> Self:
        """Return the engine itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the engine."""
        self.close()

    def _check_question(self, question: str) -> str:
        """Return the question with white space and control characters folded to single spaces."""
        if not isinstance(question, str):
            raise QuestionError(f"the question must be text, not {type(question).__name__}")
        if any("\ud800" <= c <= "\udfff" for c in question):
            raise QuestionError("the question holds bytes that are no text; send it as UTF-8")
        limit = self._settings.max_question_chars
        if len(question) > limit:
            raise QuestionError(f"the question has {len(question)} characters, the limit is {limit}; ask a shorter one")
        asked = " ".join("".join(c if c.isprintable() else " " for c in question).split())
        if not any(c.isalnum() for c in asked):
            raise QuestionError("the question is empty; ask one in words")
        return asked

    def _understand(self, asked: str, history: Sequence[Turn], retriever: HybridRetriever) -> _Understood:
        """Correct the typing mistakes of *asked*, then write it out."""
        spelt, corrections = retriever.correct(asked)
        turns = [replace(turn, question=retriever.correct(turn.question)[0]) for turn in history[-MAX_TURNS:]]
        resolution = self._resolver.resolve(spelt, [*history[:-MAX_TURNS], *turns])
        return _Understood(resolution.question, resolution.carried_over, corrections)

    def _meet_small_talk(self, asked: str, index: PassageIndex, clock: _Clock) -> NoAnswer:
        suggestions = self._suggestions(index)
        state = self._state_of(index)
        return NoAnswer(asked, None, "small_talk", 0.0, (), state, clock.finish(), suggestions=suggestions)

    def _suggestions(self, index: PassageIndex) -> tuple[str, ...]:
        """Return the questions that the first documents' headings make, worked out once for each generation."""
        if self._suggested is None or self._suggested[0] != index.generation:
            documents = [index.document(info.id) for info in index.documents()[:SUGGEST_FROM]]
            headings = [
                block.span.text_of(document.text)
                for document in documents
                for block in document.blocks
                if block.kind == "heading"
            ]
            self._suggested = index.generation, suggest_questions(headings)
        return self._suggested[1]

    def _state_of(self, index: PassageIndex) -> IndexState:
        return IndexState(index.generation, self._encoder.id, self._reader.id)


@dataclass(frozen=True, slots=True)
class _Understood:
    """A question as it is searched for, and how it came to be that."""

    question: str
    carried_over: tuple[CarriedTerm, ...] = ()
    corrections: tuple[Correction, ...] = ()


def _annotate(outcome: Answer | NoAnswer) -> Answer | NoAnswer:
    """Add the note that the question calls for and, without an answer, questions to ask instead."""
    asked = outcome.resolved_question or outcome.question
    if isinstance(outcome, Answer):
        return replace(outcome, note=note_on(asked, outcome.text))
    headings = [passage.heading_path[-1] for passage in outcome.passages if passage.heading_path]
    return replace(outcome, note=note_on(asked, None), suggestions=suggest_questions(headings))


def _check_documents(index: PassageIndex, document_ids: Sequence[str] | None) -> None:
    for document_id in document_ids or ():
        index.document(document_id)


def _embed(
    documents: Sequence[Document], split: Sequence[Sequence[Passage]], encoder: Encoder, progress: Progress | None
) -> Iterator[NewDocument]:
    """Yield each document with its passages and their vectors, made when it is taken."""
    total, done = sum(len(passages) for passages in split), 0
    for document, passages in zip(documents, split, strict=True):
        vectors = encoder.encode_passages([build_view(passage, document.text).text for passage in passages])
        done += len(passages)
        if progress is not None:
            progress(done, total)
        yield document, passages, vectors


class _Clock:
    """Milliseconds spent in each stage of a question."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._stages: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        now = time.perf_counter()
        self._stages[stage] = round((now - self._last) * 1000, 3)
        self._last = now

    def elapsed_ms(self) -> float:
        return (time.perf_counter() - self._start) * 1000

    def finish(self) -> dict[str, float]:
        return {**self._stages, "total": round(self.elapsed_ms(), 3)}
