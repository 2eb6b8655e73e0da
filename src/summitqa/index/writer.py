"""Writing an index: all at once, in files beside the old ones, which stay in use until the new are whole.

Only what changed is new; documents that are kept bring their passages and vectors along from the old
catalog. The result is the same file whichever way the documents came in, so answers don't depend on
history. Encoding and chunking are the caller's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from types import TracebackType
from typing import Self

from summitqa.errors import IndexNotFoundError, IndexStoreError
from summitqa.index.builder import CatalogBuilder
from summitqa.index.catalog import Catalog, CatalogMeta
from summitqa.index.files import CATALOG, new_path, prepare_folder, remove_new_files, write_errors, write_lock
from summitqa.index.inspection import last_generation
from summitqa.index.snapshot import OpenCatalog, VectorOptions, build_vectors, open_catalog, open_snapshot, put_in_place
from summitqa.protocols import Vectors
from summitqa.types import Document, Passage

NewDocument = tuple[Document, Sequence[Passage], Vectors]
"""A document, its passages in order, and their vectors, float32 of shape (n, dim)."""


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """What a write did; counts of documents, then the state after it."""

    added: int
    changed: int
    removed: int
    unchanged: int
    n_passages: int
    generation: int


class IndexWriter:
    """The one writer of an index folder; a context manager that holds the folder's write lock.

    Args:
        folder: the index folder, created if there is none.
        encoder_id: identity of the encoder that makes the vectors.
        fingerprint: everything else that decides passages: versions and settings of structure and chunking.
            What was made by another encoder or under another fingerprint is not kept.
        rebuild: start from nothing, even if what is there is damaged or of another format.
        options: how vectors are searched in the index written.
    """

    def __init__(
        self,
        folder: Path,
        *,
        encoder_id: str,
        fingerprint: str,
        rebuild: bool = False,
        options: VectorOptions | None = None,
    ) -> None:
        self._folder = folder
        self._encoder_id = encoder_id
        self._fingerprint = fingerprint
        self._rebuild = rebuild
        self._options = options or VectorOptions()
        self._old: OpenCatalog | None = None
        self._has_written = False
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Take the write lock and open what is there.

        Raises:
            IndexBusyError: if another process is writing.
            IndexWriteError: if the folder cannot be written.
            IndexCorruptError: if what is there is damaged, unless *rebuild*.
            IndexMismatchError: if it is of another version of the format, unless *rebuild*.
            IndexStoreError: if it cannot be read, unless *rebuild*.
        """
        prepare_folder(self._folder)
        with ExitStack() as stack:
            stack.enter_context(write_lock(self._folder))
            with write_errors(self._folder):
                remove_new_files(self._folder)
            self._old = self._open_old()
            if self._old is not None:
                stack.enter_context(self._old.catalog)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release the lock; what was not moved into place is gone."""
        self._stack.close()

    def unchanged(self, documents: Iterable[Document]) -> set[str]:
        """Return the ids of those *documents* that are in the index just so, made in the same way."""
        catalog = self._reusable
        if catalog is None:
            return set()
        known = {info.id: info.sha256 for info in catalog.documents()}
        same_text = (document for document in documents if known.get(document.id) == document.sha256)
        return {document.id for document in same_text if catalog.document(document.id) == document}

    def replace(self, keep: Collection[str], new: Sequence[NewDocument], *, dim: int) -> IndexSummary:
        """Make the index hold the documents *keep* as they are and *new* beside them, and nothing else.

        Nothing is written if that is what it holds already. A writer writes once.

        Args:
            keep: ids out of what :meth:`unchanged` returned.
            new: further documents, in any order.
            dim: width of the encoder's vectors.

        Raises:
            ValueError: if *keep* names what cannot be kept, *new* does not fit together, or this is a second write.
            IndexWriteError: if the disk is full, or the folder cannot be written; the old index stays.
        """
        if self._has_written:
            raise ValueError("a writer writes once; open another")
        catalog, before, kept = self._reusable, self._ids(), set(keep)
        if kept and (catalog is None or catalog.meta.dim != dim or not kept <= before):
            raise ValueError("documents to keep are not in the index, or were made with another encoder or settings")
        if catalog is not None and not new and kept == before:
            return self._mend()
        try:
            meta = self._write(merge(self._load(kept), sorted(new, key=_id_of), key=_id_of), dim)
        finally:
            with suppress(OSError):
                remove_new_files(self._folder)
        self._has_written = True
        new_ids = {document.id for document, _, _ in new}
        return IndexSummary(
            added=len(new_ids - before),
            changed=len(new_ids & before),
            removed=len(before - new_ids - kept),
            unchanged=len(kept),
            n_passages=meta.n_passages,
            generation=meta.generation,
        )

    @property
    def _reusable(self) -> Catalog | None:
        """The old catalog if documents in it may be kept."""
        if self._old is None or self._rebuild:
            return None
        meta = self._old.catalog.meta
        same = (meta.encoder_id, meta.fingerprint) == (self._encoder_id, self._fingerprint)
        return self._old.catalog if same else None

    def _open_old(self) -> OpenCatalog | None:
        try:
            return open_catalog(self._folder)
        except IndexNotFoundError:
            return None
        except IndexStoreError:
            if self._rebuild:
                return None
            raise

    def _ids(self) -> set[str]:
        """Return the ids of the documents in the index before the write."""
        return {info.id for info in self._old.catalog.documents()} if self._old is not None else set()

    def _load(self, kept: set[str]) -> Iterator[NewDocument]:
        """Yield documents of the old catalog, in ascending order of id, with what was made of them."""
        for document_id in sorted(kept):
            catalog = self._reusable
            assert catalog is not None
            yield catalog.document(document_id), catalog.passages_of(document_id), catalog.vectors_of(document_id)

    def _mend(self) -> IndexSummary:
        """Leave the catalog as it is; see that what is derived from it is there."""
        with open_snapshot(self._folder, self._options, locked=True).catalog as catalog:
            meta = catalog.meta
        return IndexSummary(0, 0, 0, meta.n_documents, meta.n_passages, meta.generation)

    def _write(self, items: Iterable[NewDocument], dim: int) -> CatalogMeta:
        path = new_path(self._folder, CATALOG)
        with CatalogBuilder(
            path,
            encoder_id=self._encoder_id,
            dim=dim,
            fingerprint=self._fingerprint,
            generation=last_generation(self._folder) + 1,
        ) as builder:
            for document, passages, vectors in items:
                builder.add(document, passages, vectors)
            meta, sha256 = builder.finish()
        with Catalog(path) as catalog:
            vectors_index = build_vectors(catalog, self._options)
        previous = self._old.sha256 if self._old is not None else None
        put_in_place(self._folder, meta, vectors_index, sha256=sha256, previous_sha256=previous)
        return meta


def _id_of(item: NewDocument) -> str:
    return item[0].id
