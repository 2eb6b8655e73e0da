"""The vectors of all passages, searchable: the only door to FAISS.

Flat inner product, which is exact, up to ``FLAT_LIMIT`` passages and HNSW above. FAISS's conventions
end here: its ``-1`` padding, its arbitrary order of equal scores, its exceptions and its import warnings.
The file is derived from the catalog and read only after its digest was checked, because FAISS does not
defend itself against a damaged one.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, BinaryIO, Self

import numpy as np

from summitqa.errors import IndexCorruptError
from summitqa.protocols import Vectors

FLAT_LIMIT = 200_000
"""Passages up to which every vector is compared with the question."""

_HNSW_LINKS = 32
_HNSW_BUILD = 200  # candidates kept while building
_HNSW_SEARCH = 128  # candidates kept while searching
_TIE_MARGIN = 16  # results asked for beyond k, to see whether a tie is cut


class FaissVectors:
    """Unit vectors in rows 0 to n - 1; may be searched by several threads at once."""

    def __init__(self, index: Any, threads: int) -> None:
        """Wrap a FAISS index; use :meth:`build` or :meth:`load`."""
        self._index = index
        self._threads = threads

    @classmethod
    def build(
        cls, batches: Iterable[Vectors], *, n: int, dim: int, threads: int = 1, flat_limit: int = FLAT_LIMIT
    ) -> Self:
        """Build from *batches* of float32 of shape (b, dim), *n* rows in all.

        Raises:
            ValueError: if the batches do not hold *n* rows.
        """
        faiss = _faiss(threads)
        if n <= flat_limit:
            index = faiss.IndexFlatIP(dim)
        else:
            index = faiss.IndexHNSWFlat(dim, _HNSW_LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = _HNSW_BUILD
            index.hnsw.efSearch = _HNSW_SEARCH
        for batch in batches:
            index.add(np.ascontiguousarray(batch))
        if index.ntotal != n:
            raise ValueError(f"{index.ntotal} vectors for {n} passages")
        return cls(index, threads)

    @classmethod
    def load(cls, file: BinaryIO, *, n: int, dim: int, threads: int = 1) -> Self:
        """Read what :meth:`save` wrote.

        Raises:
            IndexCorruptError: if it is not an index of *n* vectors of width *dim*.
        """
        faiss = _faiss(threads)
        try:
            index = faiss.read_index(faiss.PyCallbackIOReader(file.read))
        except RuntimeError as error:
            raise IndexCorruptError(f"{file.name}: not a FAISS index") from error
        if (index.ntotal, index.d) != (n, dim):
            found = f"{index.ntotal} vectors of width {index.d}"
            raise IndexCorruptError(f"{file.name}: holds {found}, expected {n} of width {dim}")
        return cls(index, threads)

    def save(self, file: BinaryIO) -> None:
        """Write the vectors to *file*; an ``OSError`` of the file passes through."""
        faiss = _faiss(self._threads)
        faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write))

    def __len__(self) -> int:
        """Return the number of vectors."""
        return int(self._index.ntotal)

    def search(self, query_vector: Vectors, k: int) -> list[tuple[int, float]]:
        """Return up to *k* ``(row, inner product)`` for a vector of shape (dim,), by ``(-score, row)``.

        Equal scores are told apart by row even where *k* cuts through them.
        """
        query = self._as_query(query_vector)
        n_wanted = min(k, len(self))
        if n_wanted <= 0:
            return []
        n_asked = min(n_wanted + _TIE_MARGIN, len(self))
        while True:
            found = self._search(query, n_asked)
            cut = found[n_wanted - 1 : n_wanted]
            if n_asked == len(self) or not cut or found[-1][1] < cut[0][1]:
                return found[:n_wanted]
            n_asked = min(2 * n_asked, len(self))

    def score(self, query_vector: Vectors, rows: Sequence[int]) -> list[float]:
        """Return the inner products of a vector of shape (dim,) with those at *rows*, in order.

        Raises:
            ValueError: if there is no such row.
        """
        query = self._as_query(query_vector)
        wanted = np.asarray(rows, dtype=np.int64)
        if not wanted.size:
            return []
        if wanted.min() < 0 or wanted.max() >= len(self):
            raise ValueError(f"rows {wanted.min()} to {wanted.max()} of {len(self)} vectors")
        found = self._index.reconstruct_batch(wanted)
        return [float(score) for score in (found * query).sum(axis=1)]

    def _search(self, query: Vectors, n: int) -> list[tuple[int, float]]:
        _faiss(self._threads)
        scores, rows = self._index.search(query[np.newaxis], n)
        found = [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def _as_query(self, vector: Vectors) -> Vectors:
        query = np.ascontiguousarray(vector, dtype=np.float32)
        if query.shape != (self._index.d,) or not np.isfinite(query).all():
            raise ValueError(f"query vector of shape {query.shape}, expected {(self._index.d,)} finite numbers")
        return query


def _faiss(threads: int) -> Any:
    """Return the faiss module with its thread count set for the calling thread (OpenMP keeps it per thread)."""
    faiss = _import_faiss()
    faiss.omp_set_num_threads(threads)
    return faiss


@cache
def _import_faiss() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # SWIG's types, on Python 3.12 and later
        import faiss  # noqa: PLC0415 - 0.2 s, paid when an index is opened and not before
    return faiss
