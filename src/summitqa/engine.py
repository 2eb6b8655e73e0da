"""The engine: the one place where summitqa's parts are joined.

:func:`build_index` turns sources into an index, :func:`open_engine` opens one for questions. Everything
else (CLI, API, evaluation) talks to an :class:`Engine` and constructs no part itself.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from summitqa.answering import Evidence, compose_outcome, select_quotes, show_passage, verify_quote
from summitqa.chunking import CHUNKING_VERSION, split_passages
from summitqa.corpus import load_documents
from summitqa.errors import DocumentNotFoundError, IndexStoreError, QuestionError
from summitqa.index import IndexSummary, IndexWriter, current_generation, open_index
from summitqa.models import open_encoder
from summitqa.models.similarity import SimilarityReader, load_weights
from summitqa.protocols import Encoder, PassageIndex, Progress, Reader
from summitqa.reading import build_view
from summitqa.retrieval import HybridRetriever
from summitqa.settings import Settings
from summitqa.types import (
    Answer,
    Document,
    DocumentInfo,
    Hit,
    IndexState,
    NoAnswer,
    ReadPassage,
    Span,
    Verification,
)

CACHED_DOCUMENTS = 64
"""Documents kept in memory beside the index."""

logger = logging.getLogger(__name__)


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
        texts = [
            build_view(passage, document.text).text
            for document, passages in zip(new, split, strict=True)
            for passage in passages
        ]
        vectors = encoder.encode_passages(texts, progress)
        added, start = [], 0
        for document, passages in zip(new, split, strict=True):
            added.append((document, passages, vectors[start : start + len(passages)]))
            start += len(passages)
        return writer.replace(keep, added, dim=encoder.dim)


def open_engine(settings: Settings | None = None) -> Engine:
    """Open the index of *settings* (default: from the environment) for questions.

    Raises:
        IndexStoreError: if there is no usable index, or another encoder built it.
        ModelError: if a model cannot be loaded.
    """
    settings = settings or Settings()
    encoder = open_passage_encoder(settings)
    reader = SimilarityReader(encoder, load_weights())
    folder = settings.index_dir
    return Engine(
        encoder=encoder,
        reader=reader,
        settings=settings,
        open_snapshot=lambda: open_index(folder, encoder_id=encoder.id),
        latest_generation=lambda: current_generation(folder),
    )


class Engine:
    """Answers questions from one index. Safe to use from several threads; answers are deterministic.

    When another process has written a newer index, the next question is answered from that one; a
    newer index that cannot be opened is logged, and the old one goes on serving.
    """

    def __init__(
        self,
        *,
        encoder: Encoder,
        reader: Reader,
        settings: Settings,
        open_snapshot: Callable[[], PassageIndex],
        latest_generation: Callable[[], int | None],
    ) -> None:
        self._encoder = encoder
        self._reader = reader
        self._settings = settings
        self._open_snapshot = open_snapshot
        self._latest_generation = latest_generation
        self._lock = threading.Lock()
        self._refused_generation: int | None = None
        self._snapshot = _Snapshot(open_snapshot())

    def ask(self, question: str, *, document_ids: Sequence[str] | None = None) -> Answer | NoAnswer:
        """Answer *question* with quotes, or say that the documents don't.

        Args:
            question: one question in plain words.
            document_ids: only these documents are searched; ``None`` for all.

        Raises:
            QuestionError: if the question is empty, too long or not text.
            DocumentNotFoundError: if one of *document_ids* is not in the index.
            ModelRuntimeError: if a model fails; never to be taken for "no answer".
            CitationError: if a quote were not verbatim; a defect, never seen by design.
        """
        clock = _Clock()
        asked = self._check_question(question)
        with self._use_snapshot() as snapshot:
            self._check_documents(snapshot, document_ids)
            retriever = HybridRetriever(snapshot.index, self._encoder)
            resolved = retriever.respell(asked)
            clock.mark("resolve")
            hits = retriever.retrieve(resolved, self._settings.n_read, document_ids)
            clock.mark("retrieve")
            views = [build_view(hit.passage, snapshot.document(hit.passage.document_id).text) for hit in hits]
            readings = self._reader.read(resolved, views, [hit.score for hit in hits]) if views else []
            clock.mark("read")
            evidence = Evidence(
                question=asked,
                resolved_question=resolved if resolved != asked else None,
                hits=hits,
                quotes=select_quotes(resolved, readings, views, snapshot.document),
                probability=readings[0].probability if readings else 0.0,
                min_confidence=self._settings.min_confidence,
                state=self._state_of(snapshot),
            )
            return compose_outcome(evidence, snapshot.document, clock.finish())

    def search(self, question: str, *, k: int = 10, document_ids: Sequence[str] | None = None) -> list[ReadPassage]:
        """Return the *k* passages most likely to answer *question*, best first.

        Raises:
            QuestionError: if the question is empty, too long or not text.
            DocumentNotFoundError: if one of *document_ids* is not in the index.
        """
        asked = self._check_question(question)
        with self._use_snapshot() as snapshot:
            self._check_documents(snapshot, document_ids)
            retriever = HybridRetriever(snapshot.index, self._encoder)
            hits: list[Hit] = retriever.retrieve(retriever.respell(asked), k, document_ids)
            return [show_passage(hit, snapshot.document) for hit in hits]

    def verify(self, document_id: str, span: Span, quote: str, *, prefix: str = "", suffix: str = "") -> Verification:
        """Check a citation against the document as it is now. See :func:`summitqa.answering.verify_quote`."""
        with self._use_snapshot() as snapshot:
            try:
                document = snapshot.document(document_id)
            except DocumentNotFoundError:
                return Verification("unknown_document", None, None)
            return verify_quote(document, span, quote, prefix=prefix, suffix=suffix)

    def documents(self) -> list[DocumentInfo]:
        """List the documents in the index by id."""
        with self._use_snapshot() as snapshot:
            return snapshot.index.documents()

    def document(self, document_id: str) -> Document:
        """Return a document with its text and blocks.

        Raises:
            DocumentNotFoundError: if it is not in the index.
        """
        with self._use_snapshot() as snapshot:
            return snapshot.document(document_id)

    @property
    def state(self) -> IndexState:
        """What answers: index generation and models."""
        with self._use_snapshot() as snapshot:
            return self._state_of(snapshot)

    def close(self) -> None:
        """Close the index when the last question in progress is done; closing twice is harmless."""
        self._snapshot.retire()

    def __enter__(self) -> Self:
        """Return the engine itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the engine."""
        self.close()

    def _check_question(self, question: str) -> str:
        if not isinstance(question, str):
            raise QuestionError(f"the question must be text, not {type(question).__name__}")
        limit = self._settings.max_question_chars
        if len(question) > limit:
            raise QuestionError(f"the question has {len(question)} characters, the limit is {limit}; ask a shorter one")
        asked = " ".join("".join(c if c.isprintable() else " " for c in question).split())
        if not any(c.isalnum() for c in asked):
            raise QuestionError("the question is empty; ask one in words")
        return asked

    @staticmethod
    def _check_documents(snapshot: _Snapshot, document_ids: Sequence[str] | None) -> None:
        for document_id in document_ids or ():
            snapshot.document(document_id)

    def _state_of(self, snapshot: _Snapshot) -> IndexState:
        return IndexState(snapshot.index.generation, self._encoder.id, self._reader.id)

    @contextmanager
    def _use_snapshot(self) -> Iterator[_Snapshot]:
        """Hold the newest snapshot open while a question is worked on."""
        with self._lock:
            self._refresh()
            snapshot = self._snapshot
            snapshot.enter()
        try:
            yield snapshot
        finally:
            snapshot.leave()

    def _refresh(self) -> None:
        latest = self._latest_generation()
        if latest is None or latest in {self._snapshot.index.generation, self._refused_generation}:
            return
        try:
            newer = _Snapshot(self._open_snapshot())
        except IndexStoreError as error:
            self._refused_generation = latest
            logger.warning(
                "index generation %d cannot be opened (%s); generation %d goes on serving",
                latest,
                error,
                self._snapshot.index.generation,
            )
            return
        self._snapshot.retire()
        self._snapshot = newer


class _Snapshot:
    """An open index, the documents lately used of it, and the number of questions using it."""

    def __init__(self, index: PassageIndex) -> None:
        self.index = index
        self.document = lru_cache(maxsize=CACHED_DOCUMENTS)(index.document)
        self._lock = threading.Lock()
        self._n_users = 0
        self._retired = False

    def enter(self) -> None:
        with self._lock:
            self._n_users += 1

    def leave(self) -> None:
        with self._lock:
            self._n_users -= 1
            self._close_if_done()

    def retire(self) -> None:
        """Close now, or when the last user leaves."""
        with self._lock:
            self._retired = True
            self._close_if_done()

    def _close_if_done(self) -> None:
        if self._retired and not self._n_users:
            self.index.close()


class _Clock:
    """Milliseconds spent in each stage of a question."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._stages: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        now = time.perf_counter()
        self._stages[stage] = round((now - self._last) * 1000, 3)
        self._last = now

    def finish(self) -> dict[str, float]:
        return {**self._stages, "total": round((time.perf_counter() - self._start) * 1000, 3)}


def open_passage_encoder(settings: Settings) -> Encoder:
    """Load the encoder that *settings* name. Raises ModelError."""
    return open_encoder(
        settings.encoder, runtime=settings.runtime, cache_dir=settings.cache_dir, threads=settings.threads
    )


__all__ = ["Engine", "IndexSummary", "build_index", "open_engine", "open_passage_encoder"]
