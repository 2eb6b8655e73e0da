"""Training windows as token ids, with the token positions at which an answer starts and ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from transformers import AutoTokenizer

from summitqa.training.windows import Window

BUCKETS = (96, 128, 160, 208)
"""Lengths that windows are padded to; a compiled model is made for each."""

MAX_QUESTION_TOKENS = 40


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window as token ids; ``start`` and ``end`` are token positions, 0 for "not here".

    Attributes:
        readable: positions at which a span may start or end.
        offsets: where each token stands in context and text together.
    """

    ids: list[int]
    question_length: int
    start: int
    end: int
    readable: list[int]
    offsets: list[tuple[int, int]]


class WindowTokenizer:
    """Turns a question and a window into token ids: [CLS] question [SEP] context text [SEP]."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self.cls, self.sep, self.pad = (
            self._tokenizer.cls_token_id,
            self._tokenizer.sep_token_id,
            self._tokenizer.pad_token_id,
        )

    def save(self, folder: Path) -> None:
        """Write the tokenizer's files into *folder*."""
        self._tokenizer.save_pretrained(folder)

    def encode(self, question: str, window: Window, max_length: int = BUCKETS[-1]) -> Encoded | None:
        """Return the tokens, ``None`` if the answer is cut off."""
        asked = self._tokenizer(window.question or question, add_special_tokens=False)["input_ids"]
        asked = asked[:MAX_QUESTION_TOKENS]
        whole = window.context + window.text
        read = self._tokenizer(whole, add_special_tokens=False, return_offsets_mapping=True)
        room = max_length - len(asked) - 3
        ids, offsets = read["input_ids"][:room], read["offset_mapping"][:room]
        shift = len(asked) + 2
        quotable = [(low + len(window.context), high + len(window.context)) for low, high in window.cells]
        quotable = quotable or [(len(window.context), len(whole))]
        readable = [
            i + shift
            for i, (s, e) in enumerate(offsets)
            if s < e and any(low <= s and e <= high for low, high in quotable)
        ]
        start = end = 0
        if window.answer is not None:
            low, high = (position + len(window.context) for position in window.answer)
            inside = [i for i, (s, e) in enumerate(offsets) if s < high and e > low]
            if not inside or offsets[inside[-1]][1] < high:
                return None
            start, end = inside[0] + shift, inside[-1] + shift
        tokens = [self.cls, *asked, self.sep, *ids, self.sep]
        return Encoded(tokens, len(asked), start, end, readable, [(0, 0)] * shift + offsets + [(0, 0)])
