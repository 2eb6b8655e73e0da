"""Pairs of windows as arrays of token ids: one file that training on a GPU needs besides the models.

Questions and texts are kept once each; a window names one of either. Batches are put together on the device.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

if TYPE_CHECKING:
    from summitqa.training.window_tokens import Encoded

ROUND_TO = 16
"""Windows of a batch are padded to a multiple of so many tokens."""

TOKEN_BUDGET = 14_000
"""Tokens of a batch, padding counted."""

POOL = 4096
"""So many pairs, drawn at random, are sorted by length and cut into batches."""


@dataclass(frozen=True, slots=True)
class WindowTable:
    """Windows 2i and 2i + 1 are pair i.

    Attributes:
        question_tokens: of all questions, uint16; ``question_ends``: where each ends, int64.
        text_tokens: of all texts, uint16; ``text_ends`` likewise; ``text_readable``: may start or end a span, bool.
        question: of each window, int32; ``text`` likewise.
        start: token position of the answer in the window, uint8, 0 for "not here"; ``end`` likewise, inclusive.
        source: of each pair, an index into ``sources``, uint8.
        part: of each pair, uint8: the number of its variant, or ``HELD_OUT_PART``.
        sources: names.
    """

    question_tokens: NDArray[np.uint16]
    question_ends: NDArray[np.int64]
    text_tokens: NDArray[np.uint16]
    text_readable: NDArray[np.bool_]
    text_ends: NDArray[np.int64]
    question: NDArray[np.int32]
    text: NDArray[np.int32]
    start: NDArray[np.uint8]
    end: NDArray[np.uint8]
    source: NDArray[np.uint8]
    part: NDArray[np.uint8]
    sources: NDArray[np.str_]

    def save(self, path: Path) -> None:
        """Write the arrays to the ``.npz`` file *path*."""
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, allow_pickle=False, **asdict(self))

    @classmethod
    def load(cls, path: Path) -> WindowTable:
        """Read what :meth:`save` wrote."""
        with np.load(path) as stored:
            return cls(**{field.name: stored[field.name] for field in fields(cls)})

    @property
    def n_tokens(self) -> NDArray[np.int64]:
        """Tokens of each window with its three marks, int64."""
        asked = np.diff(self.question_ends, prepend=0)[self.question]
        return np.asarray(asked + np.diff(self.text_ends, prepend=0)[self.text] + 3, dtype=np.int64)


HELD_OUT_PART = 255
"""The part of pairs that are never trained on."""


class TableBuilder:
    """Collects encoded pairs."""

    def __init__(self) -> None:
        self._questions: dict[tuple[int, ...], int] = {}
        self._texts: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        self._windows: list[tuple[int, int, int, int]] = []
        self._pairs: list[tuple[str, int]] = []

    def add(self, source: str, part: int, pair: Iterable[Encoded]) -> None:
        """Add the two windows of a pair."""
        for window in pair:
            first = window.question_length + 2
            question = tuple(window.ids[1 : first - 1])
            text = tuple(window.ids[first:-1]), tuple(position - first for position in window.readable)
            asked = self._questions.setdefault(question, len(self._questions))
            read = self._texts.setdefault(text, len(self._texts))
            self._windows.append((asked, read, window.start, window.end))
        self._pairs.append((source, part))

    def build(self) -> WindowTable:
        """Return the table of all pairs added."""
        tokens = [text for text, _ in self._texts]
        readable = np.zeros(sum(map(len, tokens)), dtype=np.bool_)
        ends = np.cumsum([len(text) for text in tokens], dtype=np.int64)
        for (text, positions), end in zip(self._texts, ends, strict=True):
            readable[np.asarray(positions, dtype=np.int64) + end - len(text)] = True
        windows = np.asarray(self._windows, dtype=np.int32).reshape(-1, 4)
        names = sorted({source for source, _ in self._pairs})
        return WindowTable(
            question_tokens=_flat(list(self._questions)),
            question_ends=np.cumsum([len(question) for question in self._questions], dtype=np.int64),
            text_tokens=_flat(tokens),
            text_readable=readable,
            text_ends=ends,
            question=windows[:, 0].copy(),
            text=windows[:, 1].copy(),
            start=windows[:, 2].astype(np.uint8),
            end=windows[:, 3].astype(np.uint8),
            source=np.asarray([names.index(source) for source, _ in self._pairs], dtype=np.uint8),
            part=np.asarray([part for _, part in self._pairs], dtype=np.uint8),
            sources=np.asarray(names),
        )


def _flat(rows: Sequence[tuple[int, ...]]) -> NDArray[np.uint16]:
    return np.fromiter((token for row in rows for token in row), dtype=np.uint16)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of pairs, the first ones, then the second ones; all tensors (windows, tokens), int64 and bool.

    ``start`` and ``end`` are (windows,), ``rows`` the numbers of the windows in the table.
    """

    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    readable: torch.Tensor
    start: torch.Tensor
    end: torch.Tensor
    rows: torch.Tensor


@dataclass(frozen=True, slots=True)
class SpecialTokens:
    """Ids of the tokens that a tokenizer adds."""

    cls: int
    sep: int
    pad: int

    @classmethod
    def of(cls, vocabulary: Mapping[str, int]) -> SpecialTokens:
        """Return those of a BERT's *vocabulary*."""
        return cls(*(vocabulary[token] for token in ("[CLS]", "[SEP]", "[PAD]")))


class DeviceTable:
    """A table on a device, from which batches are gathered."""

    def __init__(self, table: WindowTable, special: SpecialTokens, device: str) -> None:
        self._special = special
        self.device = device

        def put(array: NDArray[np.generic], kind: torch.dtype = torch.int64) -> torch.Tensor:
            return torch.from_numpy(array.astype(np.int64)).to(device=device, dtype=kind)

        self._questions, self._texts = put(table.question_tokens), put(table.text_tokens)
        self._readable = put(table.text_readable, torch.bool)
        self._asked_ends, self._read_ends = put(table.question_ends), put(table.text_ends)
        self._n_asked, self._n_read = (
            torch.diff(ends, prepend=ends.new_zeros(1)) for ends in (self._asked_ends, self._read_ends)
        )
        self._question, self._text = put(table.question), put(table.text)
        self._start, self._end = put(table.start), put(table.end)

    def batch(self, pairs: NDArray[np.int64], length: int) -> Batch:
        """Return the windows of *pairs*, padded to *length* tokens."""
        rows = torch.from_numpy(np.concatenate([2 * pairs, 2 * pairs + 1])).to(self.device)
        question, text = self._question[rows], self._text[rows]
        n_asked, n_read = self._n_asked[question][:, None], self._n_read[text][:, None]
        place = torch.arange(length, device=self.device)[None, :]
        in_question = (place >= 1) & (place <= n_asked)
        in_text = (place >= n_asked + 2) & (place <= n_asked + n_read + 1)
        asked_at = (self._asked_ends[question][:, None] - n_asked + place - 1).clamp(0, len(self._questions) - 1)
        read_at = (self._read_ends[text][:, None] - n_read + place - n_asked - 2).clamp(0, len(self._texts) - 1)
        mask = place <= n_asked + n_read + 2
        ids = torch.where(mask, self._special.sep, self._special.pad)
        ids = torch.where(in_question, self._questions[asked_at], ids)
        ids = torch.where(in_text, self._texts[read_at], ids)
        ids[:, 0] = self._special.cls
        readable = in_text & self._readable[read_at]
        readable[:, 0] = True
        types = (mask & (place >= n_asked + 2)).long()
        return Batch(ids, types, mask.long(), readable, self._start[rows], self._end[rows], rows)


def cut_batches(
    n_tokens: NDArray[np.int64], pairs: NDArray[np.int64], budget: int, rng: np.random.Generator
) -> list[tuple[NDArray[np.int64], int]]:
    """Return batches of *pairs* in random order, each with its length; windows times length stay within *budget*."""
    longest = n_tokens.reshape(-1, 2).max(axis=1)
    batches: list[tuple[NDArray[np.int64], int]] = []
    shuffled = rng.permutation(pairs)
    for first in range(0, len(shuffled), POOL):
        pool = shuffled[first : first + POOL]
        pool = pool[np.argsort(longest[pool], kind="stable")]
        while len(pool):
            lengths = -(-longest[pool] // ROUND_TO) * ROUND_TO
            n = max(1, int(np.searchsorted(2 * lengths * np.arange(1, len(pool) + 1), budget, side="right")))
            batches.append((pool[:n], int(lengths[n - 1])))
            pool = pool[n:]
    return [batches[i] for i in rng.permutation(len(batches))]
