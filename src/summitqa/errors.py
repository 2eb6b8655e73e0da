"""Every error summitqa raises on purpose. A test compares this drawing with the classes.

    SummitQAError
    ├── CorpusError
    │   ├── EmptyCorpusError
    │   ├── DuplicateDocumentError
    │   └── UnreadableDocumentError
    ├── IndexStoreError
    │   ├── IndexNotFoundError
    │   ├── IndexCorruptError
    │   ├── IndexMismatchError
    │   ├── IndexBusyError
    │   └── IndexWriteError
    ├── ModelError
    │   ├── ModelNotFoundError
    │   ├── ModelDigestError
    │   └── ModelRuntimeError
    ├── QuestionError
    ├── DocumentNotFoundError
    ├── CitationError
    ├── OverloadedError
    ├── RemoteError
    │   ├── UnreachableServerError
    │   ├── UnknownServerError
    │   ├── RemoteTimeoutError
    │   └── RemoteProblemError
    └── EvaluationDataError

Each message is one line that says what, where, expected, found, and what to do next; each is written
for the person at the terminal or behind the HTTP call. A caller's mistake in code is a ``ValueError``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class SummitQAError(Exception):
    """Base of all errors that summitqa raises on purpose; ``str(error)`` may be shown to a user."""


class CorpusError(SummitQAError):
    """A source document, or the set of them, cannot be used."""


class EmptyCorpusError(CorpusError):
    """There is no document where documents were looked for."""


class DuplicateDocumentError(CorpusError):
    """Two sources would get the same document id."""


class UnreadableDocumentError(CorpusError):
    """One source cannot be read: encoding, NUL bytes, size, emptiness, permissions, format."""


class IndexStoreError(SummitQAError):
    """The index on disk cannot be used or written."""


class IndexNotFoundError(IndexStoreError):
    """There is no index in the folder."""


class IndexCorruptError(IndexStoreError):
    """The catalog, the source of truth, is damaged."""


class IndexMismatchError(IndexStoreError):
    """The index was built by another encoder or another version of its format."""


class IndexBusyError(IndexStoreError):
    """Another process is writing the index."""


class IndexWriteError(IndexStoreError):
    """The index could not be written (full disk, read-only folder); the old one is untouched."""


class ModelError(SummitQAError):
    """A model cannot be loaded or run."""


class ModelNotFoundError(ModelError):
    """The named model is neither packaged nor on disk."""


class ModelDigestError(ModelError):
    """A model file's digest is not the expected one."""


class ModelRuntimeError(ModelError):
    """A model failed while running; never to be taken for "no answer"."""


class QuestionError(SummitQAError):
    """The question is empty, too long, or not text."""


class DocumentNotFoundError(SummitQAError):
    """No document of that id is in the index."""


class CitationError(SummitQAError):
    """A citation does not match its document: the provenance promise would be broken."""


class OverloadedError(SummitQAError):
    """More questions are waiting than the server accepts; try again shortly."""


class RemoteError(SummitQAError):
    """A summitqa server could not be asked over HTTP."""


class UnreachableServerError(RemoteError):
    """Nothing answers at the address, or the address is none."""


class UnknownServerError(RemoteError):
    """Something answers at the address, but not as a summitqa server does."""


class RemoteTimeoutError(RemoteError, TimeoutError):
    """The server did not answer in time."""


class RemoteProblemError(RemoteError):
    """The server answered with an error.

    Attributes:
        status: the HTTP status, 0 if it is not known.
        problem: the problem document (RFC 9457) as it came, empty if none did.
    """

    def __init__(self, message: str, *, status: int = 0, problem: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.problem: Mapping[str, Any] = dict(problem or {})


class EvaluationDataError(SummitQAError):
    """A gold file or report is malformed or does not fit the documents."""
