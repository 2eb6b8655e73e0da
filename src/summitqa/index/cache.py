"""Documents lately read, kept in memory up to a number of characters."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from summitqa.types import Document

MAX_CHARACTERS = 8_000_000
"""Code points of the documents kept, the last one apart; at worst 32 MB."""


class DocumentCache:
    """Gives documents by id, reading each once while there is room. Safe to use from several threads.

    Args:
        read: reads a document; what it raises passes through.
        max_characters: bound on the texts kept together.
    """

    def __init__(self, read: Callable[[str], Document], *, max_characters: int = MAX_CHARACTERS) -> None:
        self._read = read
        self._max_characters = max_characters
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._n_characters = 0
        self._lock = threading.Lock()

    def get(self, document_id: str) -> Document:
        """Return a document, from memory if it is there."""
        with self._lock:
            document = self._kept.get(document_id)
            if document is not None:
                self._kept.move_to_end(document_id)
                return document
        document = self._read(document_id)
        with self._lock:
            if document_id not in self._kept:
                self._kept[document_id] = document
                self._n_characters += len(document.text)
            while self._n_characters > self._max_characters and len(self._kept) > 1:
                _, forgotten = self._kept.popitem(last=False)
                self._n_characters -= len(forgotten.text)
        return document
