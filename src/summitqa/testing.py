"""Fakes for tests, shipped with the package so that users can test against them too."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from summitqa.protocols import Progress, Vectors
from summitqa.types import Span
from summitqa.words import content_words

_TOKEN = re.compile(r"\w+|[^\w\s]")


class HashingEncoder:
    """An encoder whose vectors are hashed bags of words: equal words give real similarity.

    Deterministic across runs and machines, needs no model, and gives rankings that can be worked out
    by hand: the cosine of two texts is their share of common content words.
    """

    def __init__(self, dim: int = 512, max_tokens: int = 254) -> None:
        self._dim = dim
        self._max_tokens = max_tokens

    @property
    def id(self) -> str:
        """Identity: the width is all there is."""
        return f"hashing-{self._dim}"

    @property
    def dim(self) -> int:
        """Width of the vectors."""
        return self._dim

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens."""
        return self._max_tokens

    def token_spans(self, text: str) -> list[Span]:
        """Return words and single punctuation marks as tokens."""
        return [Span(*match.span()) for match in _TOKEN.finditer(text)]

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; float32 (q, dim)."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode passages; float32 (n, dim)."""
        vectors = self._encode(texts)
        if progress is not None:
            progress(len(texts), len(texts))
        return vectors

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in content_words(text):
                vectors[row, self._bucket(word)] += 1.0
            norm = float(np.linalg.norm(vectors[row]))
            if norm == 0.0:
                vectors[row, 0] = norm = 1.0
            vectors[row] /= norm
        return vectors

    def _bucket(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode(), digest_size=4).digest()
        return int.from_bytes(digest, "big") % self._dim
