"""The cache of documents lately read."""

from summitqa.index.cache import DocumentCache
from summitqa.types import Document


class Shelf:
    """Documents of ten characters, and a note of each reading."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def fetch(self, document_id: str) -> Document:
        self.read.append(document_id)
        return Document(id=document_id, title="", text="0123456789", blocks=())


def test_a_document_is_read_once() -> None:
    """The second time it comes from memory."""
    shelf = Shelf()
    cache = DocumentCache(shelf.fetch)
    assert cache.get("a") is cache.get("a")
    assert shelf.read == ["a"]


def test_the_one_not_used_for_longest_is_forgotten_first() -> None:
    """With room for two of them, a third takes the place of the one used least lately."""
    shelf = Shelf()
    cache = DocumentCache(shelf.fetch, max_characters=20)
    for name in ("a", "b", "a", "c", "a", "b"):
        cache.get(name)
    assert shelf.read == ["a", "b", "c", "b"]


def test_a_document_larger_than_the_room_is_kept_alone() -> None:
    """One document is always kept, however long."""
    shelf = Shelf()
    cache = DocumentCache(shelf.fetch, max_characters=1)
    for name in ("a", "a", "b"):
        cache.get(name)
    assert shelf.read == ["a", "b"]
