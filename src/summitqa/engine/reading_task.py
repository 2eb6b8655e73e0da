"""Reading for one question: which of the passages found are read, how many of them at once, and how many not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summitqa.answering import select_quotes
from summitqa.engine.parts import Parts
from summitqa.protocols import PassageIndex
from summitqa.reading import ReadingView, build_view
from summitqa.types import Hit, Reading

READ_ON = (0.02, 0.5)
"""Where the quotes from the passages read at first are less probable than the upper one, more passages are read; below
the lower one they hardly ever answer, above the upper one they hardly ever change the answer. Nine own sets that
nothing was trained on, 1,050 answerable questions, most in other words than the text: with ten passages instead of the
first few, 37 more are answered rightly and 15 more questions wrongly."""


class ReadingTask:
    """Reads the passages found for *question*, best first, as long as time and doubt last.

    Args:
        question: as it was understood.
        hits: what was found, best first.
        index: it was found in.
        parts: the reader and the settings.
        left_s: gives the seconds that are left of a budget; ``None`` if there is none.
    """

    def __init__(
        self,
        question: str,
        hits: Sequence[Hit],
        index: PassageIndex,
        parts: Parts,
        left_s: Callable[[], float] | None,
    ) -> None:
        self._question = question
        self._hits = hits
        self._index = index
        self._parts = parts
        self._left_s = left_s
        self.views: list[ReadingView] = []
        self.n_skipped = 0

    def read(self, n_worth: int) -> list[Reading]:
        """Read the first *n_worth* passages, and more where these leave the answer in doubt; return the readings.

        ``views`` holds what was read. ``n_skipped`` counts what was worth reading and left out for lack of time.

        Raises:
            ModelRuntimeError: when the reader fails.
        """
        views = self._build(self._hits[:n_worth])
        if not views:
            return []
        if self._left_s is not None:
            self.n_skipped = len(views) - self._affordable(views)
            views = views[: len(views) - self.n_skipped]
        self.views = views
        return self._parts.reader.read(self._question, views, self._hits[: len(views)], self._more)

    def _more(self, readings: Sequence[Reading]) -> tuple[Sequence[ReadingView], Sequence[Hit]]:
        """Return what else to read when the first passages gave *readings*."""
        selection = select_quotes(self._question, readings, self.views, self._index.document)
        enough = min(READ_ON[1], self._parts.settings.min_confidence)
        if self.n_skipped or not READ_ON[0] <= selection.probability < enough:
            return (), ()
        n_read = len(self.views)
        hits = self._hits[n_read : self._parts.settings.n_read_in_doubt]
        views = self._build(hits)
        if self._left_s is not None and views:
            n_affordable = self._affordable(views) if self._left_s() > 0 else 0
            self.n_skipped = len(views) - n_affordable
            views = views[:n_affordable]
        self.views = [*self.views, *views]
        return views, hits[: len(views)]

    def _build(self, hits: Sequence[Hit]) -> list[ReadingView]:
        return [build_view(hit.passage, self._index.document(hit.passage.document_id).text) for hit in hits]

    def _affordable(self, views: Sequence[ReadingView]) -> int:
        assert self._left_s is not None
        return self._parts.reader.affordable(self._question, views, self._left_s())
