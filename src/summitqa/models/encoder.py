"""Opens encoders, and runs exported ones: one text a run, several runs at once.

Owns the choice of a runtime and the work between text and vectors. Knows nothing of what the vectors are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summitqa.models.cache import CachedModel, open_cached
from summitqa.models.onnx import OnnxSession
from summitqa.models.spec import Runtime, pool_tokens
from summitqa.models.tokens import ModelTokenizer
from summitqa.models.torch_encoder import open_torch_encoder
from summitqa.models.weights import locate_model
from summitqa.protocols import Encoder, Progress, Vectors
from summitqa.types import Span

_TEXTS_IN_FLIGHT = 1024


def open_encoder(name: str, *, runtime: Runtime, cache_dir: Path, threads: int) -> Encoder:
    """Open the encoder *name*; the first time a model is exported, which takes some ten seconds.

    Args:
        name: the packaged model, a local folder, or a name in the local Hugging Face cache.
        runtime: ``onnx-int8``, ``onnx-fp32`` or ``torch``.
        cache_dir: where exported models are kept.
        threads: texts encoded at once; for torch, threads of one batch.

    Raises:
        ModelNotFoundError: if there is no such model on this machine; the network is never tried.
        ModelDigestError: if its weights or its export are damaged and cannot be mended.
        ModelError: if it cannot be loaded or exported, or the cache cannot be written.
    """
    source = locate_model(name)
    if runtime == "torch":
        return open_torch_encoder(source, threads=threads)
    cached = open_cached(source, "int8" if runtime == "onnx-int8" else "fp32", cache_dir)
    return OnnxEncoder(cached, runtime=runtime, threads=threads)


class OnnxEncoder:
    """An exported encoder; safe to use from several threads.

    Each text is a run of its own on one thread, so its vector depends on nothing but itself: not on the
    texts beside it, not on the number of threads (see :mod:`summitqa.models.export`). Many texts are spread
    over *threads* runs at once, which also gives more passages a second than runs of several threads.

    Args:
        cached: the export.
        runtime: the runtime it was exported for, part of the id.
        threads: runs at once within one call.
    """

    def __init__(self, cached: CachedModel, *, runtime: Runtime, threads: int) -> None:
        self._spec = cached.spec
        self._id = cached.spec.id_for(runtime)
        self._session = OnnxSession(cached.graph, threads=1)
        self._tokenizer = ModelTokenizer(cached.tokenizer)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="encoder") if threads > 1 else None
        self._max_tokens = self._tokenizer.room(self._spec.passage_prompt, self._spec.max_length)

    @property
    def id(self) -> str:
        """Identity of weights, pooling, length and precision, equal on all machines."""
        return self._id

    @property
    def dim(self) -> int:
        """Width of the vectors."""
        return self._spec.dim

    @property
    def max_tokens(self) -> int:
        """Longest passage in tokens, special tokens and prompt left out, that is encoded without truncation."""
        return self._max_tokens

    def token_spans(self, text: str) -> list[Span]:
        """Return the span of every token of *text* in code points, special tokens left out, never truncated."""
        return self._tokenizer.token_spans(text)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; float32 (q, dim), rows of unit length. Raises ModelRuntimeError."""
        return self._encode([self._spec.query_prompt + text for text in texts], None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode passages; float32 (n, dim), rows of unit length. Raises ModelRuntimeError."""
        return self._encode([self._spec.passage_prompt + text for text in texts], progress)

    def _encode(self, texts: list[str], progress: Progress | None) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, vector in enumerate(self._run_all(texts)):
            vectors[row] = vector
            if progress is not None:
                progress(row + 1, len(texts))
        return vectors

    def _run_all(self, texts: list[str]) -> Iterator[NDArray[np.float32]]:
        if self._pool is None or len(texts) == 1:
            yield from map(self._run, texts)
            return
        for start in range(0, len(texts), _TEXTS_IN_FLIGHT):
            yield from self._pool.map(self._run, texts[start : start + _TEXTS_IN_FLIGHT])

    def _run(self, text: str) -> NDArray[np.float32]:
        ids = self._tokenizer.token_ids(text, self._spec.max_length)
        (hidden,) = self._session.run({"input_ids": ids[np.newaxis]})
        return pool_tokens(hidden[0], self._spec.pooling)
