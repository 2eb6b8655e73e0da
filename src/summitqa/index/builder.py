"""Writes a new catalog file, whole, in one transaction; nobody sees it before it is moved into place.

It is made without a journal, because a file that is not finished is thrown away.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np

from summitqa.errors import IndexWriteError
from summitqa.index.catalog import CatalogMeta
from summitqa.index.files import sync_file, write_error, write_errors
from summitqa.index.manifest import SCHEMA_VERSION
from summitqa.index.records import encode_block, encode_passage
from summitqa.index.schema import APPLICATION_ID, CREATE, digest_content, require_sqlite
from summitqa.protocols import Vectors
from summitqa.reading import build_view
from summitqa.types import Document, Passage
from summitqa.words import split_words


class CatalogBuilder:
    """Collects documents in ascending order of id into a new catalog file.

    Args:
        path: where the file is made; anything there is replaced.
        encoder_id: identity of the encoder that made the vectors.
        dim: width of the vectors.
        fingerprint: settings and versions that the passages were made under.
        generation: number of writes that led to it, this one included.
    """

    def __init__(self, path: Path, *, encoder_id: str, dim: int, fingerprint: str, generation: int) -> None:
        """Start the file.

        Raises:
            IndexWriteError: if it cannot be written.
            IndexStoreError: if this Python's SQLite cannot make a catalog.
        """
        require_sqlite()
        self._path = path
        self._encoder_id, self._dim = encoder_id, dim
        self._fingerprint, self._generation = fingerprint, generation
        self._words: Counter[str] = Counter()
        self._n_documents = self._n_rows = 0
        self._last_id: str | None = None
        with self._write_errors():
            path.unlink(missing_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            self._start()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        """Return the builder itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._connection.close()

    def add(self, document: Document, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add a document with its passages, in order, and their vectors, float32 of shape (n, dim).

        Raises:
            ValueError: if ids do not ascend, a passage is not of the document, or the vectors do not fit.
            IndexWriteError: if the disk is full, or the file cannot be written.
        """
        self._check(document, passages, vectors)
        with self._write_errors():
            self._add_document(document, passages, vectors)
            title = " ".join(split_words(document.title))
            for row, passage in enumerate(passages, start=self._n_rows):
                self._add_passage(row, passage, split_words(build_view(passage, document.text).text), title)
        self._n_rows += len(passages)
        self._n_documents += 1
        self._last_id = document.id

    def finish(self) -> tuple[CatalogMeta, str]:
        """Complete the file, flush it to disk, and return what it says of itself and its SHA-256.

        Raises:
            IndexWriteError: if the disk is full, or the file cannot be written.
        """
        meta = CatalogMeta(
            self._generation, self._encoder_id, self._dim, self._fingerprint, self._n_documents, self._n_rows
        )
        with self._write_errors():
            self._finish(meta)
            return meta, sync_file(self._path)

    def _start(self) -> None:
        with self._write_errors():
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = ON", "temp_store = MEMORY"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._connection.execute(f"PRAGMA user_version = {self._generation}")
            self._connection.executescript(f"BEGIN;{CREATE}")

    def _check(self, document: Document, passages: Sequence[Passage], vectors: Vectors) -> None:
        if self._last_id is not None and document.id <= self._last_id:
            raise ValueError(f"documents must come in ascending order of id: {document.id!r} after {self._last_id!r}")
        if vectors.shape != (len(passages), self._dim) or vectors.dtype != np.float32:
            found = f"{vectors.dtype} of shape {vectors.shape}"
            raise ValueError(f"{document.id}: vectors are {found}, not float32 of shape {(len(passages), self._dim)}")
        if not np.isfinite(vectors).all():
            raise ValueError(f"{document.id}: a vector holds a value that is not a finite number")
        for passage in passages:
            if passage.document_id != document.id or passage.span.end > len(document.text):
                raise ValueError(f"{document.id}: passage {passage.id} is not of this document")

    def _add_document(self, document: Document, passages: Sequence[Passage], vectors: Vectors) -> None:
        sizes = (len(document.text), len(passages), self._n_rows)
        values = (document.id, document.title, document.source, document.sha256, *sizes, document.text)
        self._connection.execute(_insert("documents", len(values)), values)
        for position, block in enumerate(document.blocks):
            columns = (document.id, position, *encode_block(block))
            self._connection.execute(_insert("blocks", len(columns)), columns)
        data = np.ascontiguousarray(vectors, dtype="<f4").tobytes()
        self._connection.execute(_insert("vectors", 2), (document.id, data))

    def _add_passage(self, row: int, passage: Passage, words: list[str], title: str) -> None:
        self._words.update(set(words))
        values = (row, *encode_passage(passage))
        self._connection.execute(_insert("passages", len(values)), values)
        lexical = "INSERT INTO lexicon (rowid, words, title) VALUES (?, ?, ?)"
        self._connection.execute(lexical, (row, " ".join(words), title))

    def _finish(self, meta: CatalogMeta) -> None:
        self._connection.executemany(_insert("words", 2), sorted(self._words.items()))
        self._connection.execute("INSERT INTO lexicon (lexicon) VALUES ('optimize')")
        stored = {"schema_version": SCHEMA_VERSION, **{name: getattr(meta, name) for name in meta.__slots__}}
        self._connection.executemany(_insert("meta", 2), [(key, str(value)) for key, value in stored.items()])
        self._connection.execute("COMMIT")  # FTS5 writes its last pages only now
        self._connection.execute(_insert("meta", 2), ("content_sha256", digest_content(self._connection)))
        self._connection.close()

    @contextmanager
    def _write_errors(self) -> Iterator[None]:
        """Turn what a full disk or a read-only folder causes into IndexWriteError."""
        try:
            with write_errors(self._path):
                yield
        except IndexWriteError:
            raise
        except sqlite3.OperationalError as error:
            raise write_error(self._path, str(error)) from error


def _insert(table: str, n_values: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * n_values)})"  # noqa: S608 - tables of our own
