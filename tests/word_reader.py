"""A reader that knows words only, for tests that count what is read."""

from __future__ import annotations

from collections.abc import Sequence

from summitqa.errors import ModelRuntimeError
from summitqa.protocols import ReadMore
from summitqa.reading import ReadingView
from summitqa.types import Hit, Reading, Span
from summitqa.words import content_words


class WordReader:
    """Answers with the last word of the sentence that shares most words with the question; fails on "broken".

    Its probability is the share of the question's content words that the sentence holds.
    """

    id = "words"

    def __init__(self) -> None:
        self.n_asked = 0
        self.n_units: list[int] = []

    def affordable(self, question: str, views: Sequence[ReadingView], budget_s: float) -> int:
        return len(views) if question and budget_s else 1

    def read(
        self, question: str, views: Sequence[ReadingView], hits: Sequence[Hit], more: ReadMore | None = None
    ) -> list[Reading]:
        assert more is None or views
        self.n_asked += 1
        self.n_units = [len(view.passage.units) for view in views]
        assert len(hits) == len(views)
        if "broken" in question:
            raise ModelRuntimeError("the reader broke")
        asked = set(content_words(question))
        readings = []
        for number, view in enumerate(views):
            for unit in view.passage.units:
                shown = view.from_document(unit)
                assert shown is not None
                text = shown.text_of(view.text)
                share = len(asked & set(content_words(text))) / len(asked)
                end = unit.start + len(text.rstrip("."))
                answer = Span(unit.start + text.rstrip(".").rfind(" ") + 1, end)
                readings.append(Reading(number, unit, answer, share, share))
        return sorted(readings, key=lambda reading: -reading.score)
