"""The contracts between summitqa's parts, on one page.

Every implementation of a protocol passes the contract suite of the same name under ``tests/``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from summitqa.reading import ReadingView
from summitqa.types import (
    Answer,
    Document,
    DocumentInfo,
    Hit,
    IndexState,
    NoAnswer,
    Passage,
    Reading,
    ReadPassage,
    Span,
    Turn,
    Verification,
)

Vectors = NDArray[np.float32]
"""float32 of shape (n, dim), rows of unit length."""

Progress = Callable[[int, int], None]
"""Called with (done, total) while long work advances."""


ReadMore = Callable[[Sequence[Reading]], tuple[Sequence[ReadingView], Sequence[Hit]]]
"""Called with the readings so far; returns what else to read, and how it was retrieved; nothing to be content."""


class Tokenizer(Protocol):
    """Splits text the way a model does."""

    def token_spans(self, text: str) -> list[Span]:
        """Return the span of every token of *text*, special tokens left out, never truncated."""
        ...


class Encoder(Tokenizer, Protocol):
    """Turns text into unit vectors whose dot product is the cosine similarity."""

    @property
    def id(self) -> str:
        """Identity of weights, precision and pooling; an index built by one id needs the same id."""
        ...

    @property
    def dim(self) -> int:
        """Width of the vectors."""
        ...

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens, special tokens left out, that is encoded without truncation."""
        ...

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; float32 (q, dim). Raises ModelRuntimeError when the runtime fails."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode passages; float32 (n, dim). Raises ModelRuntimeError when the runtime fails."""
        ...


class Reader(Protocol):
    """Finds the spans that answer a question."""

    @property
    def id(self) -> str:
        """Identity of the weights, shown with every answer."""
        ...

    def affordable(self, question: str, views: Sequence[ReadingView], budget_s: float) -> int:
        """Return how many of *views*, from the first, can be read within *budget_s* seconds; at least one.

        An estimate from how long reading took before.
        """
        ...

    def read(
        self, question: str, views: Sequence[ReadingView], hits: Sequence[Hit], more: ReadMore | None = None
    ) -> list[Reading]:
        """Return proposed spans, best first, from views ordered as retrieved.

        *more* is told what was found and gives further views, to be read as if they had been given at first.
        *hits* say how the views were retrieved, same order. Spans lie in the documents, never in
        context text. Raises ModelRuntimeError when the runtime fails; no result means no span at all.
        """
        ...


class TermModel(Protocol):
    """Finds the words of earlier turns that a follow-up leaves out."""

    @property
    def id(self) -> str:
        """Identity of the weights."""
        ...

    def score_words(self, history: Sequence[str], question: str) -> list[list[tuple[Span, float]]]:
        """Return, for each text of *history*, the spans of its words with the probability that *question* needs them.

        *history* comes oldest first. What does not fit into the model's window is left out, the oldest first.
        Raises ModelRuntimeError when the runtime fails.
        """
        ...


class PassageSearch(Protocol):
    """The part of a :class:`PassageIndex` that retrieval asks."""

    def __len__(self) -> int:
        """Return the number of passages."""
        ...

    def search_dense(self, query_vector: Vectors, k: int) -> list[tuple[int, float]]:
        """Return up to *k* ``(row, cosine)`` for a vector of shape (dim,), by ``(-score, row)``."""
        ...

    def search_lexical(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Return up to *k* ``(row, BM25)`` of passages with any of *terms*, by ``(-score, row)``.

        Terms are folded words as :func:`summitqa.words.split_words` gives them; they are data, never
        query language. Scores are positive, larger is better.
        """
        ...

    def score_dense(self, query_vector: Vectors, rows: Sequence[int]) -> list[float]:
        """Return the cosine of *query_vector* (dim,) with the passages at *rows*, in order."""
        ...

    def match_terms(self, terms: Sequence[str]) -> dict[str, list[str]]:
        """Map each term that no passage holds to the close terms that some do, best first."""
        ...

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages at *rows*, in order."""
        ...


class PassageIndex(PassageSearch, Protocol):
    """An opened, read-only, consistent snapshot of an index."""

    @property
    def generation(self) -> int:
        """Number of writes that led to this snapshot."""
        ...

    @property
    def encoder_id(self) -> str:
        """Identity of the encoder that made the vectors."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document. Raises DocumentNotFoundError."""
        ...

    def documents(self) -> list[DocumentInfo]:
        """List the documents by id."""
        ...

    def close(self) -> None:
        """Release files and memory; closing twice is harmless."""
        ...

    def __enter__(self) -> Self:
        """Return the index itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the index."""
        ...


class QuestionEngine(Protocol):
    """The part of :class:`summitqa.engine.Engine` that servers call, from several threads at once."""

    @property
    def state(self) -> IndexState:
        """What answers now. Raises IndexStoreError when the index is closed or unusable."""
        ...

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: float | None = None,
    ) -> Answer | NoAnswer:
        """Answer *question*, asked after *history*. Raises QuestionError, DocumentNotFoundError, and more."""
        ...

    def search(self, question: str, *, k: int = 10) -> list[ReadPassage]:
        """Return the *k* closest passages, best first. Raises QuestionError."""
        ...

    def verify(
        self,
        document_id: str,
        span: Span,
        quote: str,
        *,
        prefix: str = "",
        suffix: str = "",
    ) -> Verification:
        """Say whether *quote* stands at *span*, has moved, or is gone; an unknown document is a status."""
        ...

    def documents(self) -> list[DocumentInfo]:
        """List the documents by id."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document. Raises DocumentNotFoundError."""
        ...

    def suggest(self) -> tuple[str, ...]:
        """Return a few questions to begin with."""
        ...

    def close(self) -> None:
        """Release the index and the models."""
        ...
