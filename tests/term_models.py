"""A term model for tests, which says of words what it is told."""

from collections.abc import Sequence

from summitqa.types import Span


class ListedTerms:
    """A term model that gives each of the words listed its probability."""

    def __init__(self, **probabilities: float) -> None:
        self._probabilities = probabilities
        self.asked: list[tuple[list[str], str]] = []

    @property
    def id(self) -> str:
        """Name it."""
        return "listed"

    def score_words(self, history: Sequence[str], question: str) -> list[list[tuple[Span, float]]]:
        """Return the words of each text with what is listed for them, 0 for the others."""
        self.asked.append((list(history), question))
        return [list(self._scored(text)) for text in history]

    def _scored(self, text: str) -> Sequence[tuple[Span, float]]:
        start, found = 0, []
        for word in text.split():
            begin = text.index(word, start)
            start = begin + len(word)
            bare = word.strip("?.,|")
            probability = self._probabilities.get(bare.lower(), 0.0)
            found += [(Span(begin, begin + len(bare)), probability)] if bare else []
        return found
