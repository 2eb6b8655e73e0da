"""The door to tokenizers: text to token ids, and to the spans of its tokens.

Needs nothing but a model's ``tokenizer.json``; sentence-transformers and transformers are not loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summitqa.errors import ModelError, ModelNotFoundError
from summitqa.models.foreign import first_line
from summitqa.types import Span


class ModelTokenizer:
    """A model's own tokenizer; safe to use from several threads.

    Args:
        path: a ``tokenizer.json``. Truncation and padding set in it are switched off.

    Raises:
        ModelNotFoundError: if there is no such file.
        ModelError: if it cannot be understood.
    """

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415 - 50 ms that "--help" need not pay

        if not path.is_file():
            raise ModelNotFoundError(f"{path}: no such file; summitqa needs models with a fast tokenizer")
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(path))
        except Exception as error:  # tokenizers raises bare Exception
            raise ModelError(f"{path}: not a tokenizer ({first_line(error)})") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.n_special: int = self._tokenizer.num_special_tokens_to_add(is_pair=False)

    def token_spans(self, text: str) -> list[Span]:
        """Return the span of every token of *text* in code points, special tokens left out, never truncated."""
        return self.tokens(text)[1]

    def tokens(self, text: str) -> tuple[NDArray[np.int64], list[Span]]:
        """Return ids, int64 (tokens,), and spans of the tokens of *text* as :meth:`token_spans` counts them."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        spans = [Span(start, end) for start, end in encoding.offsets]
        return np.array(encoding.ids, dtype=np.int64), spans

    def token_ids(self, text: str, max_length: int) -> NDArray[np.int64]:
        """Return the ids of *text* with special tokens, int64 (tokens,), cut to *max_length* of them."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        encoding.truncate(max_length - self.n_special)
        return np.array(self._tokenizer.post_process(encoding).ids, dtype=np.int64)

    def room(self, prompt: str, max_length: int) -> int:
        """Return how many tokens of text fit into *max_length* beside *prompt* and the special tokens."""
        return max_length - self.n_special - len(self.token_spans(prompt))
