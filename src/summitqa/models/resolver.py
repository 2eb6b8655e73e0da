"""The resolver's model: which words of the earlier turns a follow-up leaves out.

One score a word, from the recipe of QuReTeC (Voskarides et al. 2020): a transformer reads ``[CLS] earlier turns [SEP]
question [SEP]`` and says of each word of the earlier turns whether the question needs it. Knows nothing of what is
done with the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summitqa.errors import ModelRuntimeError
from summitqa.models.onnx import OnnxSession
from summitqa.models.spans import GRAPH, TOKENIZER, load_card, verify_files
from summitqa.models.tokens import ModelTokenizer
from summitqa.types import Span

RESOLVER_FOLDER = Path(__file__).parent / "weights" / "resolver"
CARD = "resolver.json"

MAX_WINDOW_TOKENS = 48
"""Of earlier turns, question and marks together; time grows with them. F1 of added terms on the parts for choosing of
CANARD and CAsT: 0.38 and 0.45 with 48, 0.39 and 0.49 with 64."""

MAX_QUESTION_TOKENS = 28
MAX_TEXT_TOKENS = 24
"""Tokens read of one text of the earlier turns: the beginning of a long quote says what it is about."""

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class HistoryWord:
    """A word of the earlier turns: in which text, where in it, and the position of its first token."""

    text: int
    span: Span
    token: int


@dataclass(frozen=True, slots=True)
class TermWindow:
    """What the model reads: ``ids`` and ``types``, int64 (tokens,) each, and the words of the earlier turns in it."""

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    words: tuple[HistoryWord, ...]


def build_window(
    tokenizer: ModelTokenizer,
    history: Sequence[str],
    question: str,
    *,
    max_tokens: int = MAX_WINDOW_TOKENS,
    max_text_tokens: int = MAX_TEXT_TOKENS,
) -> TermWindow:
    """Return *question* and as many texts of *history*, oldest first, as fit; the oldest are left out first."""
    marks = tokenizer.token_ids("", 2)
    asked = tokenizer.tokens(question)[0][:MAX_QUESTION_TOKENS]
    room = max_tokens - len(asked) - 3
    parts: list[tuple[int, NDArray[np.int64], list[Span]]] = []
    for number in range(len(history) - 1, -1, -1):
        ids, spans = _word_tokens(tokenizer, history[number])
        n_kept = min(len(ids), max_text_tokens, room)
        parts.insert(0, (number, ids[:n_kept], spans[:n_kept]))
        room -= n_kept
    words: list[HistoryWord] = []
    first = 1
    for number, part_ids, part_spans in parts:
        words += _words_of(history[number], number, part_spans, first)
        first += len(part_ids)
    ids = np.concatenate([marks[:1], *(part for _, part, _ in parts), marks[1:], asked, marks[1:]])
    types = np.zeros_like(ids)
    types[first + 1 :] = 1
    return TermWindow(ids, types, tuple(words))


def _word_tokens(tokenizer: ModelTokenizer, text: str) -> tuple[NDArray[np.int64], list[Span]]:
    """Return ids and spans of the tokens of *text* without its punctuation, which takes room and says little.

    With 64 tokens, F1 of added terms on CAsT (the part for choosing) was 0.46 with punctuation and 0.49 without.
    """
    ids, spans = tokenizer.tokens(text)
    kept = [i for i, span in enumerate(spans) if any(c.isalnum() for c in span.text_of(text))]
    return ids[kept], [spans[i] for i in kept]


def open_term_model(*, threads: int) -> OnnxTermModel:
    """Open the packaged model.

    Raises:
        ModelError: if a file is missing, damaged or cannot be loaded.
    """
    return OnnxTermModel(RESOLVER_FOLDER, threads=threads)


class OnnxTermModel:
    """Scores the words of earlier turns. See :class:`summitqa.protocols.TermModel`; safe in several threads.

    Args:
        folder: holds the card, the graph and the tokenizer.
        threads: threads that share the work of one run.

    Raises:
        ModelDigestError: if a file is not the one the card names.
        ModelError: if a file cannot be read or loaded.
    """

    def __init__(self, folder: Path, *, threads: int) -> None:
        verify_files(folder, CARD)
        self._version: str = load_card(folder, CARD)["version"]
        self._session = OnnxSession(folder / GRAPH, threads=threads)
        self._tokenizer = ModelTokenizer(folder / TOKENIZER)

    @property
    def id(self) -> str:
        """Identity of the weights."""
        return self._version

    def score_words(self, history: Sequence[str], question: str) -> list[list[tuple[Span, float]]]:
        """Return each text's words that were read, with the probability that *question* needs them.

        Raises:
            ModelRuntimeError: when the graph fails or gives something else than one score a token.
        """
        window = build_window(self._tokenizer, history, question)
        feeds = {"input_ids": window.ids[np.newaxis], "token_type_ids": window.types[np.newaxis]}
        (scores, *_) = self._session.run(feeds)
        if scores.shape != (1, len(window.ids)):
            raise ModelRuntimeError(f"the resolver gave {scores.shape}; install summitqa again")
        found: list[list[tuple[Span, float]]] = [[] for _ in history]
        for word in window.words:
            found[word.text].append((word.span, float(1.0 / (1.0 + np.exp(-scores[0, word.token])))))
        return found


def _words_of(text: str, number: int, spans: Sequence[Span], first: int) -> list[HistoryWord]:
    """Return the words of *text* of which a first token was kept, *first* being the position of the text's first."""
    token_at = {span.start: position for position, span in enumerate(spans, start=first)}
    found = (Span(*match.span()) for match in _WORD.finditer(text))
    return [HistoryWord(number, span, token_at[span.start]) for span in found if span.start in token_at]
