"""The index on this machine: a catalog and its vectors behind the PassageIndex protocol.

An opened index is a snapshot. Writers put new files in the place of the old ones, which an open index
keeps until it is closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from summitqa.closing import Closing
from summitqa.errors import IndexMismatchError
from summitqa.index.cache import DocumentCache
from summitqa.index.files import MANIFEST
from summitqa.index.snapshot import Snapshot, VectorOptions, open_snapshot
from summitqa.index.spelling import CloseWords
from summitqa.index.vectors import FLAT_LIMIT
from summitqa.protocols import Vectors
from summitqa.types import Document, DocumentInfo, Passage


def open_index(
    folder: Path, *, encoder_id: str | None = None, threads: int = 1, flat_limit: int = FLAT_LIMIT
) -> LocalIndex:
    """Open the index in *folder*, making its derived files anew where they are missing, stale or damaged.

    Args:
        folder: the index folder; it need not be writable.
        encoder_id: the encoder whose vectors are wanted; ``None`` takes any.
        threads: OpenMP threads of FAISS.
        flat_limit: passages up to which vectors made anew are compared one by one.

    Raises:
        IndexNotFoundError: if there is none.
        IndexMismatchError: if it was built by another encoder or another version of the format.
        IndexCorruptError: if the catalog is damaged.
        IndexStoreError: if it cannot be read, or this Python's SQLite has no FTS5.
    """
    snapshot = open_snapshot(folder, VectorOptions(threads, flat_limit))
    found = snapshot.catalog.meta.encoder_id
    if encoder_id is not None and found != encoder_id:
        snapshot.catalog.close()
        raise IndexMismatchError(
            f"{folder / MANIFEST}: built with encoder {found}, settings name {encoder_id}; "
            'run "summitqa index" on your sources, or set SUMMITQA_ENCODER and SUMMITQA_RUNTIME back'
        )
    return LocalIndex(snapshot)


class LocalIndex(Closing):
    """An opened index, see :func:`open_index`; may be used by several threads at once."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Take over *snapshot* and close it when closed."""
        self._catalog = snapshot.catalog
        self._vectors = snapshot.vectors
        self._documents = DocumentCache(snapshot.catalog.document)

    @property
    def generation(self) -> int:
        """Number of writes that led to this snapshot."""
        return self._catalog.meta.generation

    @property
    def encoder_id(self) -> str:
        """Identity of the encoder that made the vectors."""
        return self._catalog.meta.encoder_id

    @property
    def dim(self) -> int:
        """Width of the vectors."""
        return self._catalog.meta.dim

    def __len__(self) -> int:
        """Return the number of passages."""
        return self._catalog.meta.n_passages

    def search_dense(self, query_vector: Vectors, k: int) -> list[tuple[int, float]]:
        """Return up to *k* ``(row, cosine)`` for a unit vector of shape (dim,), by ``(-score, row)``.

        Raises:
            ValueError: if the vector is of another width.
        """
        return self._vectors.search(query_vector, k)

    def search_lexical(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Return up to *k* ``(row, BM25)`` of passages with any of *terms*, by ``(-score, row)``.

        Words match by their stem, those of a document's title with less weight; at most 64 distinct
        terms count.
        """
        return self._catalog.search_lexical(terms, k)

    def score_dense(self, query_vector: Vectors, rows: Sequence[int]) -> list[float]:
        """Return the cosine of a unit vector of shape (dim,) with the passages at *rows*, in order.

        Raises:
            ValueError: if the vector is of another width, or there is no such row.
        """
        return self._vectors.score(query_vector, rows)

    def match_terms(self, terms: Sequence[str]) -> dict[str, list[str]]:
        """Map each term that no passage holds, nor a word of its stem, to close words that some do.

        At most three, best first; an empty list where nothing is close.
        """
        absent = [term for term in dict.fromkeys(terms) if not self._catalog.holds(term)]
        return {term: self._close_words.find(term) for term in absent}

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages at *rows*, in order.

        Raises:
            ValueError: if there is no such row.
        """
        return self._catalog.passages(rows)

    def document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            DocumentNotFoundError: if there is none of that id.
        """
        return self._documents.get(document_id)

    def documents(self) -> list[DocumentInfo]:
        """List the documents by id."""
        return self._catalog.documents()

    def close(self) -> None:
        """Release files and memory; closing twice is harmless."""
        self._catalog.close()

    @cached_property
    def _close_words(self) -> CloseWords:
        return CloseWords(self._catalog.words())
