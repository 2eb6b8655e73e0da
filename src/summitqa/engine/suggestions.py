"""Suggestions: questions that headings make, to begin with or to ask instead."""

from __future__ import annotations

from summitqa.conversation import suggest_questions
from summitqa.protocols import PassageIndex

SUGGEST_FROM = 20
"""Documents whose headings make suggestions, at most."""


class Suggestions:
    """A few questions to begin with, worked out once for each generation of the index."""

    def __init__(self) -> None:
        self._kept: tuple[int, tuple[str, ...]] | None = None

    def of(self, index: PassageIndex) -> tuple[str, ...]:
        """Return the questions that the headings of the first documents make."""
        kept = self._kept
        if kept is None or kept[0] != index.generation:
            kept = self._kept = index.generation, suggest_questions(_headings(index))
        return kept[1]


def _headings(index: PassageIndex) -> list[str]:
    documents = [index.document(info.id) for info in index.documents()[:SUGGEST_FROM]]
    return [
        block.span.text_of(document.text)
        for document in documents
        for block in document.blocks
        if block.kind == "heading"
    ]
