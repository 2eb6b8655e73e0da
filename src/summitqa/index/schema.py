"""The SQL of a catalog, the SQLite it needs, and a digest of everything it holds.

Rows of ``passages`` are numbered 0 to n - 1 in the order of document id and passage, so that a row is
a position in the FAISS index and a rowid of the lexical index as well.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from functools import cache
from typing import Final

from summitqa.errors import IndexStoreError

APPLICATION_ID: Final = 0x53514120  # "SQA ", so that file(1) and we know whose database it is
MINIMUM_SQLITE: Final = (3, 37, 0)  # STRICT tables

# The words are ours (summitqa.words), joined by spaces: the tokenizer must only split at spaces and stem. "ascii"
# takes every character beyond ASCII for part of a token, in any script and any Unicode version; the characters
# that stand inside our numbers ("3.5", "1,200", "14:30") are named. Contentless, because the text is in documents.
CREATE: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL,
    n_characters INTEGER NOT NULL, n_passages INTEGER NOT NULL, first_row INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE TABLE blocks (
    document_id TEXT NOT NULL REFERENCES documents (id), position INTEGER NOT NULL,
    kind TEXT NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, level INTEGER,
    introduction TEXT NOT NULL, cells TEXT NOT NULL, header TEXT NOT NULL, PRIMARY KEY (document_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, document_id TEXT NOT NULL REFERENCES documents (id),
    kind TEXT NOT NULL, start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, units TEXT NOT NULL,
    heading_path TEXT NOT NULL, introduction TEXT NOT NULL, cells TEXT NOT NULL, header TEXT NOT NULL
) STRICT;
CREATE TABLE vectors (document_id TEXT PRIMARY KEY REFERENCES documents (id), data BLOB NOT NULL) STRICT;
CREATE TABLE words (word TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE lexicon USING fts5 (words, title, content = '', tokenize = "porter ascii tokenchars '.,:'");
"""

TABLES: Final = ("meta", "documents", "blocks", "passages", "vectors", "words")
"""The tables proper; those of FTS5 are its own business and covered by the digest of the content."""

_CONTENT: Final = (
    "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name",
    "SELECT * FROM pragma_user_version",
    "SELECT * FROM meta WHERE key <> 'content_sha256' ORDER BY key",
    "SELECT * FROM documents ORDER BY id",
    "SELECT * FROM blocks ORDER BY document_id, position",
    "SELECT * FROM passages ORDER BY row",
    "SELECT * FROM vectors ORDER BY document_id",
    "SELECT * FROM words ORDER BY word",
    "SELECT * FROM lexicon_config ORDER BY k",
    "SELECT * FROM lexicon_data ORDER BY id",
    "SELECT * FROM lexicon_docsize ORDER BY id",
    "SELECT * FROM lexicon_idx ORDER BY segid, term",
)


def digest_content(connection: sqlite3.Connection) -> str:
    """Return the hexadecimal SHA-256 of every value in the catalog, its own record of this digest apart.

    A damaged value inside an otherwise well-formed database file is found by this alone.
    """
    digest = hashlib.sha256()
    for query in _CONTENT:
        digest.update(query.encode())
        for values in connection.execute(query):
            raw = [value if isinstance(value, bytes) else str(value).encode() for value in values]
            digest.update(str([len(part) for part in raw]).encode() + b"".join(raw))
    return digest.hexdigest()


@cache
def require_sqlite() -> None:
    """Check, once, that this Python's SQLite can do what a catalog needs.

    Raises:
        IndexStoreError: if it is older than 3.37 or was built without FTS5.
    """
    with closing(sqlite3.connect(":memory:")) as probe:
        check_sqlite(probe, sqlite3.sqlite_version_info)


def check_sqlite(probe: sqlite3.Connection, version: tuple[int, ...]) -> None:
    """Check a *version* of SQLite, and that FTS5 works in the empty database *probe*.

    Raises:
        IndexStoreError: as :func:`require_sqlite` does.
    """
    found = ".".join(map(str, version))
    if version < MINIMUM_SQLITE:
        raise IndexStoreError(f"SQLite {found} of this Python is too old, 3.37 is needed; use a newer Python")
    try:
        probe.execute("CREATE VIRTUAL TABLE probe USING fts5 (word)")
    except sqlite3.DatabaseError as error:
        message = f"SQLite {found} of this Python has no FTS5 (full-text search); use a Python from python.org"
        raise IndexStoreError(message) from error
