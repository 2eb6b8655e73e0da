"""The material of an answer: a question, what was read for it, and what the reader proposes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summitqa.reading import ReadingView
from summitqa.types import Document, Passage, Reading, Span
from summitqa.words import content_words, same_root


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to answer from.

    Attributes:
        question: the question as it was read.
        readings: what the reader proposes, best first.
        views: the views it read.
        document_of: gives the document of an id.
    """

    question: str
    readings: Sequence[Reading]
    views: Sequence[ReadingView]
    document_of: Callable[[str], Document]

    def passage_of(self, reading: Reading) -> Passage:
        """Return the passage that *reading* was found in."""
        return self.views[reading.view].passage

    def source_of(self, reading: Reading) -> Document:
        """Return the document that *reading* was found in."""
        return self.document_of(self.passage_of(reading).document_id)

    def text_of(self, reading: Reading) -> str:
        """Return the unit that *reading* proposes, as text."""
        return reading.unit.text_of(self.source_of(reading).text)

    def n_covered(self, text: str) -> int:
        """Return how many different content words of the question stand in *text*."""
        words = content_words(text)
        return sum(any(same_root(word, own) for own in words) for word in set(content_words(self.question)))


def words_of(document: Document, span: Span) -> list[str]:
    """Return the content words of *span*, folded."""
    return content_words(span.text_of(document.text))
