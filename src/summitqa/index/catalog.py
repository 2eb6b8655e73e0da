"""The catalog, opened for reading: documents, blocks, passages, vectors and the lexical index in one SQLite file.

A catalog file never changes once it is in place, so it is opened as immutable: no lock, no journal, a
read-only folder will do. One connection serves all threads, one at a time: a second connection opened
later could meet a newer file under the same name. Nothing here knows of FAISS, manifests or models.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from summitqa.errors import DocumentNotFoundError, IndexCorruptError
from summitqa.index.files import REBUILD
from summitqa.index.manifest import check_schema
from summitqa.index.records import BLOCK_COLUMNS, PASSAGE_COLUMNS, decode_block, decode_passage
from summitqa.index.schema import TABLES, digest_content, require_sqlite
from summitqa.protocols import Vectors
from summitqa.types import Document, DocumentInfo, Passage

MAX_TERMS = 64
"""Distinct terms of a lexical query that count; a question of 2,000 characters rarely has as many."""

TITLE_WEIGHT = 0.3
"""Weight of a title's words in BM25. From 0.05 to 1 makes no difference of note on three sets of SQuAD paragraphs
(recall@5 0.956 without titles, 0.959 with 0.3, 728 questions on 16 articles); 0.3 keeps titles from drowning text."""

_ROWS_AT_ONCE = 500  # below the number of parameters that any SQLite takes

_SEARCH = f"""
SELECT rowid, -bm25(lexicon, 1.0, {TITLE_WEIGHT}) AS score FROM lexicon
WHERE lexicon MATCH ? ORDER BY score DESC, rowid LIMIT ?
"""  # noqa: S608 - a number of our own


IN_MEMORY_BYTES = 64_000_000
"""A catalog up to this size is read into memory when it is opened; a larger one is read from its file."""


@dataclass(frozen=True, slots=True)
class CatalogMeta:
    """What a catalog says of itself.

    Attributes:
        generation: number of writes that led to it.
        fingerprint: settings and versions that passages were made under.
    """

    generation: int
    encoder_id: str
    dim: int
    fingerprint: str
    n_documents: int
    n_passages: int


def _connect(path: Path) -> sqlite3.Connection:
    """Open a catalog read-only: a copy in memory of a small one, so that damage to the file later cannot reach it."""
    if not 0 < path.stat().st_size <= IN_MEMORY_BYTES:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    try:
        connection.deserialize(path.read_bytes())
        connection.execute("PRAGMA query_only = 1")
    except BaseException:
        connection.close()
        raise
    return connection


class Catalog:
    """One catalog file, opened read-only; may be used by several threads at once."""

    def __init__(self, path: Path) -> None:
        """Open the catalog at *path*, which must exist.

        Raises:
            IndexCorruptError: if it is not a catalog.
            IndexMismatchError: if it is of another version of the format.
            IndexStoreError: if this Python's SQLite has no FTS5.
        """
        require_sqlite()
        self.path = path
        self._lock = threading.Lock()
        with self._damage():
            self._connection = _connect(path)
        try:
            self.meta = self._load_meta()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Release the file; closing twice is harmless."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        """Return the catalog itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the catalog."""
        self.close()

    def check(self) -> None:
        """Read everything and compare it with the digest taken when it was written.

        Raises:
            IndexCorruptError: if the file's structure or any value in it is damaged.
        """
        with self._damage(), self._lock:
            for table in TABLES:
                found = self._connection.execute(f"PRAGMA integrity_check({table})").fetchone()[0]
                if found != "ok":
                    raise ValueError(found)
            recorded = self._connection.execute("SELECT value FROM meta WHERE key = 'content_sha256'").fetchone()
            if recorded != (digest_content(self._connection),):
                raise ValueError("its content differs from its digest")

    def documents(self) -> list[DocumentInfo]:
        """List the documents by id."""
        query = "SELECT id, title, sha256, source, n_characters, n_passages FROM documents ORDER BY id"
        return [DocumentInfo(*values) for values in self._fetch(query)]

    def document(self, document_id: str) -> Document:
        """Return a document, its digest checked against its text.

        Raises:
            DocumentNotFoundError: if there is none of that id.
        """
        known = document_id.encode("utf-8", "replace").decode() == document_id  # no half of a surrogate pair
        query = "SELECT id, title, text, source, sha256 FROM documents WHERE id = ?"
        found = self._fetch(query, document_id) if known else []
        if not found:
            raise DocumentNotFoundError(
                f"{document_id!r}: no document of that id is in the index; GET /v1/documents lists those that are"
            )
        blocks = self._fetch(
            f"SELECT {BLOCK_COLUMNS} FROM blocks WHERE document_id = ? ORDER BY position",  # noqa: S608 - our constant
            document_id,
        )
        name, title, text, source, sha256 = found[0]
        with self._damage():
            return Document(name, title, text, tuple(map(decode_block, blocks)), source, sha256)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages at *rows*, in order.

        Raises:
            ValueError: if there is no such row.
        """
        found: dict[int, tuple[Any, ...]] = {}
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            wanted = [int(row) for row in rows[start : start + _ROWS_AT_ONCE]]
            query = f"SELECT row, {PASSAGE_COLUMNS} FROM passages WHERE row IN ({', '.join('?' * len(wanted))})"  # noqa: S608 - our constant
            found.update((values[0], values[1:]) for values in self._fetch(query, *wanted))
        missing = [row for row in rows if row not in found]
        if missing:
            raise ValueError(f"no passage at rows {missing[:3]} of {self.meta.n_passages}")
        with self._damage():
            return [decode_passage(found[row]) for row in rows]

    def passages_of(self, document_id: str) -> list[Passage]:
        """Return the passages of a document, in order; none if there is no such document."""
        query = f"""
            WITH place AS (SELECT first_row, first_row + n_passages AS end_row FROM documents WHERE id = ?)
            SELECT {PASSAGE_COLUMNS} FROM place JOIN passages ON row >= first_row AND row < end_row
            ORDER BY row"""  # noqa: S608 - our constant
        found = self._fetch(query, document_id)
        with self._damage():
            return [decode_passage(values) for values in found]

    def vectors_of(self, document_id: str) -> Vectors:
        """Return the vectors of a document's passages, float32 of shape (n, dim); n is 0 if it has none."""
        found = self._fetch("SELECT data FROM vectors WHERE document_id = ?", document_id)
        with self._damage():
            flat = np.frombuffer(found[0][0] if found else b"", dtype="<f4")
            return flat.reshape(-1, self.meta.dim).astype(np.float32, copy=False)

    def vectors(self) -> Iterator[Vectors]:
        """Yield the vectors of all passages in row order, one document's at a time."""
        for (document_id,) in self._fetch("SELECT id FROM documents WHERE n_passages > 0 ORDER BY id"):
            yield self.vectors_of(document_id)

    def search_lexical(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Return up to *k* ``(row, BM25)`` of passages that hold any of *terms*, by ``(-score, row)``.

        At most ``MAX_TERMS`` distinct terms count. A passage holds the words of its reading view and, with
        less weight, of its document's title; words match by their stem.
        """
        query = " OR ".join(map(_quote, list(dict.fromkeys(terms))[:MAX_TERMS]))
        if not query or k <= 0:
            return []
        return [(row, float(score)) for row, score in self._fetch(_SEARCH, query, k)]

    def holds(self, term: str) -> bool:
        """Tell whether any passage holds *term* or a word of the same stem."""
        return bool(self._fetch("SELECT 1 FROM lexicon WHERE lexicon MATCH ? LIMIT 1", _quote(term)))

    def words(self) -> list[tuple[str, int]]:
        """Return every distinct word of the passages with the number of passages that hold it."""
        return [(word, n) for word, n in self._fetch("SELECT word, n FROM words ORDER BY word")]

    def _fetch(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        with self._damage(), self._lock:
            return self._connection.execute(query, values).fetchall()

    def _load_meta(self) -> CatalogMeta:
        stored = dict(self._fetch("SELECT key, value FROM meta"))
        with self._damage():
            check_schema(self.path, int(stored["schema_version"]))
            return CatalogMeta(
                generation=int(stored["generation"]),
                encoder_id=stored["encoder_id"],
                dim=int(stored["dim"]),
                fingerprint=stored["fingerprint"],
                n_documents=int(stored["n_documents"]),
                n_passages=int(stored["n_passages"]),
            )

    @contextmanager
    def _damage(self) -> Iterator[None]:
        """Turn what a damaged file causes into IndexCorruptError."""
        try:
            yield
        except sqlite3.ProgrammingError as error:
            raise ValueError(f"{self.path}: the index is closed") from error
        except (sqlite3.Error, ValueError, KeyError, IndexError) as error:
            raise corrupt_error(self.path, str(error)) from error


def corrupt_error(path: Path, reason: str) -> IndexCorruptError:
    """Return the error for a catalog that cannot be trusted because of *reason*."""
    return IndexCorruptError(f"{path}: damaged ({' '.join(reason.split())}); {REBUILD}")


def _quote(term: str) -> str:
    """Return *term* as an FTS5 string, in which nothing is query language.

    NUL would end the query; half of a surrogate pair cannot be handed to SQLite.
    """
    known = term.encode("utf-8", "replace").decode().replace("\0", " ")
    return '"' + known.replace('"', '""') + '"'
