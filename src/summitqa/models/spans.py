"""The span model: which characters of a reading view answer a question, and how strongly.

A question-answering head scores every token as a start and as an end; a span's score is the sum of both
less the score of the first token, which means "not here" (Devlin et al. 2019). Starts and ends are
searched jointly, inside one quotable unit, with ``end >= start`` and a bounded length; scores of
different passages are on one scale. Each window is a run of its own, so that its scores depend on
nothing but itself (int8 takes its scales from the whole batch); several runs go on at once.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summitqa.errors import ModelDigestError, ModelError, ModelRuntimeError
from summitqa.models.onnx import OnnxSession
from summitqa.models.tokens import ModelTokenizer
from summitqa.models.weights import file_sha256
from summitqa.reading import ReadingView
from summitqa.types import Span

MAX_QUESTION_TOKENS = 40
MAX_ANSWER_TOKENS = 30
MAX_WINDOW_TOKENS = 208
"""Tokens of question, passage and marks together; longer passages are read in overlapping windows."""

OVERLAP_TOKENS = 48
MAX_JOINED = 4
JOINED_MARGIN = 4.0
"""Most answers of one unit, and how many logits the others may lie below the best."""

_JOINT = re.compile(r"\s*(?:,|;|/|&|,?\s*\b(?:and|or|as well as|along with)\b)\s*(?:the\s+|an?\s+)?", re.IGNORECASE)
FIRST_TOKEN_S = 0.00025
"""Seconds a token takes on one thread, until some have been read."""

SPEED_MEMORY = 0.1
"""Weight of the newest window in the running mean of the speed; the mean follows load within some ten windows."""

CARD = "reader.json"
GRAPH = "model-int8.onnx"
TOKENIZER = "tokenizer.json"

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SpanScore:
    """The best span inside one unit.

    Attributes:
        answer: where it stands in the document.
        score: its score over "not here".
        joined: further spans of the unit that score nearly as high and are joined to it by "and" or a comma.
    """

    answer: Span | None
    score: float
    joined: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Window:
    """Token ids of a question and a part of a view; ``bounds`` are the view's tokens, int64 (tokens, 2)."""

    view: int
    ids: NDArray[np.int64]
    n_question: int
    bounds: NDArray[np.int64]


class PendingScores:
    """Views that are being read; :meth:`finish` waits for the scores."""

    def __init__(
        self, views: Sequence[ReadingView], windows: Sequence[_Window], runs: Sequence[Future[tuple[Logits, Logits]]]
    ) -> None:
        self._views = views
        self._windows = windows
        self._runs = runs

    def finish(self) -> list[list[SpanScore]]:
        """Return, for each view, the best span of each of its units, in the order of ``passage.units``.

        A unit without a token scores ``-inf``.

        Raises:
            ModelRuntimeError: when the graph fails or gives something else than two scores a token.
        """
        best = [[SpanScore(None, float("-inf")) for _ in view.passage.units] for view in self._views]
        for window, run in zip(self._windows, self._runs, strict=True):
            start, end = run.result()
            view = self._views[window.view]
            for position, unit in enumerate(view.passage.units):
                for shown in _ranges(view, unit):
                    found = _best_span(window, start, end, shown, view)
                    if found.score > best[window.view][position].score:
                        best[window.view][position] = found
        return best


def load_card(folder: Path, name: str = CARD) -> dict[str, Any]:
    """Read the card *name* of a trained model: version, digests of its files, recipe, data and scores.

    Raises:
        ModelDigestError: if it is missing or damaged.
    """
    try:
        card = json.loads((folder / name).read_text(encoding="utf-8"))
        if isinstance(card["version"], str) and set(card["files"]) == {GRAPH, TOKENIZER}:
            return dict(card)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDigestError(f"{folder / name}: damaged ({type(error).__name__}); install summitqa again") from error
    raise ModelDigestError(f"{folder / name}: not the card of a model; install summitqa again")


def verify_files(folder: Path, card: str = CARD) -> None:
    """Check the files of a trained model against its card.

    Raises:
        ModelDigestError: if a file is not the one the card names.
        ModelError: if one cannot be read.
    """
    for name, expected in load_card(folder, card)["files"].items():
        found = file_sha256(folder / name)
        if found != expected:
            raise ModelDigestError(f"{folder / name}: has SHA-256 {found}, expected {expected}; install summitqa again")


class SpanModel:
    """Scores the units of reading views; may be used by several threads at once.

    Args:
        folder: holds the card, the graph and the tokenizer.
        threads: windows read at once.

    Raises:
        ModelDigestError: if a file is not the one the card names.
        ModelError: if a file cannot be read or loaded.
    """

    def __init__(self, folder: Path, *, threads: int) -> None:
        verify_files(folder)
        self.version: str = load_card(folder)["version"]
        self._session = OnnxSession(folder / GRAPH, threads=1)
        self._tokenizer = ModelTokenizer(folder / TOKENIZER)
        self._marks = self._tokenizer.token_ids("", 2)
        if len(self._marks) != 2:
            raise ModelError(f"{folder / TOKENIZER}: has no pair of marks; install summitqa again")
        self._threads = threads
        self._token_s = FIRST_TOKEN_S
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    def token_spans(self, text: str) -> list[Span]:
        """Return the span of every token of *text*. See :class:`summitqa.protocols.Tokenizer`."""
        return self._tokenizer.token_spans(text)

    def score_units(self, question: str, views: Sequence[ReadingView]) -> list[list[SpanScore]]:
        """Read the views and wait: :meth:`start` and :meth:`PendingScores.finish` in one."""
        return self.start(question, views).finish()

    def start(self, question: str, views: Sequence[ReadingView]) -> PendingScores:
        """Begin to read the views, longest window first, and return at once."""
        windows = [window for number, view in enumerate(views) for window in self._windows(question, number, view)]
        windows.sort(key=lambda window: -len(window.ids))
        return PendingScores(views, windows, [self._pool.submit(self._run, window) for window in windows])

    def affordable(self, question: str, views: Sequence[ReadingView], budget_s: float) -> int:
        """Return how many of *views*, from the first, can be read in *budget_s* seconds by past speed; at least one."""
        longest = total = 0.0
        for number, view in enumerate(views):
            for window in self._windows(question, number, view):
                longest, total = max(longest, len(window.ids)), total + len(window.ids)
            if number and max(longest, total / self._threads) * self._token_s > budget_s:
                return number
        return len(views)

    def _windows(self, question: str, number: int, view: ReadingView) -> Iterator[_Window]:
        asked, _ = self._tokenizer.tokens(question)
        asked = asked[:MAX_QUESTION_TOKENS]
        ids, spans = self._tokenizer.tokens(view.text)
        bounds = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(len(spans), 2)
        room = MAX_WINDOW_TOKENS - len(asked) - 3
        first = 0
        while True:
            part = slice(first, first + room)
            whole = np.concatenate([self._marks[:1], asked, self._marks[1:], ids[part], self._marks[1:]])
            yield _Window(number, whole, len(asked) + 2, bounds[part])
            if first + room >= len(ids):
                return
            first += room - OVERLAP_TOKENS

    def _run(self, window: _Window) -> tuple[Logits, Logits]:
        """Return start and end scores of the window's tokens, float32 (tokens,) each."""
        types = np.zeros_like(window.ids)
        types[window.n_question :] = 1
        began = time.perf_counter()
        outputs = self._session.run({"input_ids": window.ids[np.newaxis], "token_type_ids": types[np.newaxis]})
        if [output.shape for output in outputs] != [(1, len(window.ids))] * 2:
            raise ModelRuntimeError(f"the reader gave {[o.shape for o in outputs]}; install summitqa again")
        self._token_s += SPEED_MEMORY * ((time.perf_counter() - began) / len(window.ids) - self._token_s)
        return outputs[0][0], outputs[1][0]


def _ranges(view: ReadingView, unit: Span) -> list[Span]:
    """Return where spans may lie in the view: in the unit, or in one cell of a table row."""
    inside = [cell for cell in view.passage.cells if cell in unit] or [unit]
    return [shown for part in inside if (shown := view.from_document(part)) is not None]


def _best_span(window: _Window, start: Logits, end: Logits, shown: Span, view: ReadingView) -> SpanScore:
    low, high = window.bounds[:, 0], window.bounds[:, 1]
    inside = np.flatnonzero((low >= shown.start) & (high <= shown.end) & (low < high))
    if not len(inside):
        return SpanScore(None, float("-inf"))
    first, n = int(inside[0]), len(inside)
    tokens = slice(first + window.n_question, first + window.n_question + n)
    sums = start[tokens, None] + end[None, tokens] + _FORBIDDEN[:n, :n]
    spans: list[Span] = []
    scores: list[float] = []
    for _ in range(MAX_JOINED):
        begin, stop = divmod(int(sums.argmax()), n)
        span = Span(int(low[first + begin]), int(high[first + stop]))
        score = float(sums[begin, stop] - start[0] - end[0])
        if spans and (score < scores[0] - JOINED_MARGIN or not _is_joined(view.text, spans, span)):
            break
        spans.append(span)
        scores.append(score)
        sums[: stop + 1, begin:] = -np.inf  # what overlaps is no other answer
    joined = [view.to_document(span) for span in spans[1:]]
    return SpanScore(view.to_document(spans[0]), scores[0], tuple(span for span in joined if span is not None))


def _is_joined(text: str, spans: Sequence[Span], other: Span) -> bool:
    """Tell whether nothing but "and", "or" or a comma stands between *other* and one of *spans*."""
    return any(
        _JOINT.fullmatch(text[min(span.end, other.end) : max(span.start, other.start)]) is not None for span in spans
    )


def _forbid(n: int) -> Logits:
    """Return what is added to the score of a span by its first and last token: 0, or -inf if it may not be."""
    allowed = np.triu(np.ones((n, n), dtype=bool)) & ~np.triu(np.ones((n, n), dtype=bool), MAX_ANSWER_TOKENS)
    return np.where(allowed, 0.0, -np.inf).astype(np.float32)


_FORBIDDEN = _forbid(MAX_WINDOW_TOKENS)
