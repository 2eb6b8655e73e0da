"""A search for passages that goes on until they name a number of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summitqa.protocols import PassageSearch, Vectors
from summitqa.types import Passage

_Found = list[tuple[int, float]]


class DeepSearch:
    """An index, searched deeper: each search returns passages of at least *n_documents* documents, if there are.

    A retriever asks for a fixed number of passages, which may all be of few long documents.
    """

    def __init__(self, index: PassageSearch, n_documents: int) -> None:
        self._index = index
        self._n_documents = n_documents

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._index)

    def search_dense(self, query_vector: Vectors, k: int) -> _Found:
        """Return *k* ``(row, cosine)``, or more."""
        return self._deepen(lambda n: self._index.search_dense(query_vector, n), k)

    def search_lexical(self, terms: Sequence[str], k: int) -> _Found:
        """Return *k* ``(row, BM25)``, or more."""
        return self._deepen(lambda n: self._index.search_lexical(terms, n), k)

    def score_dense(self, query_vector: Vectors, rows: Sequence[int]) -> list[float]:
        """Return the cosine of *query_vector* with the passages at *rows*."""
        return self._index.score_dense(query_vector, rows)

    def match_terms(self, terms: Sequence[str]) -> dict[str, list[str]]:
        """Map unknown terms to close ones."""
        return self._index.match_terms(terms)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages at *rows*."""
        return self._index.passages(rows)

    def _deepen(self, search: Callable[[int], _Found], k: int) -> _Found:
        while True:
            found = search(k)
            if len(found) < k or self._count_documents(found) >= self._n_documents:
                return found
            k *= 2

    def _count_documents(self, found: _Found) -> int:
        return len({passage.document_id for passage in self._index.passages([row for row, _ in found])})
