"""Runs a sentence-transformers model in torch: for a GPU, and for models that ONNX export cannot take.

A batch of texts is padded to its longest, so a vector may differ in its last bits with the texts beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from summitqa.errors import ModelRuntimeError
from summitqa.models.foreign import first_line
from summitqa.models.reference import load_reference, read_spec
from summitqa.models.spec import EncoderSpec
from summitqa.models.tokens import ModelTokenizer
from summitqa.models.weights import ModelSource
from summitqa.protocols import Progress, Vectors
from summitqa.types import Span

BATCH = 32
_TEXTS_BETWEEN_PROGRESS = 256


def open_torch_encoder(source: ModelSource, *, threads: int) -> TorchEncoder:
    """Load *source* in torch, on a GPU if there is one; *threads* holds for the whole process.

    Raises:
        ModelDigestError: if the weights are not the expected ones.
        ModelNotFoundError: if the weights, the tokenizer or sentence-transformers are missing.
        ModelError: if the folder is not a sentence-transformers model.
    """
    weights_sha256 = source.weights_sha256()
    model = load_reference(source.folder, device=None)
    import torch  # noqa: PLC0415 - takes seconds

    torch.set_num_threads(threads)
    tokenizer = ModelTokenizer(source.folder / "tokenizer.json")
    return TorchEncoder(model, read_spec(model, weights_sha256), tokenizer)


class TorchEncoder:
    """A ``SentenceTransformer`` behind the :class:`summitqa.protocols.Encoder` protocol.

    Args:
        model: a loaded ``SentenceTransformer``.
        spec: what is known of it.
        tokenizer: its tokenizer.
    """

    def __init__(self, model: Any, spec: EncoderSpec, tokenizer: ModelTokenizer) -> None:
        self._model = model
        self._spec = spec
        self._tokenizer = tokenizer
        self._max_tokens = tokenizer.room(spec.passage_prompt, spec.max_length)

    @property
    def id(self) -> str:
        """Identity of weights, pooling and length, equal on all machines."""
        return self._spec.id_for("torch")

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
        return self._encode(texts, self._spec.query_prompt, None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode passages; float32 (n, dim), rows of unit length. Raises ModelRuntimeError."""
        return self._encode(texts, self._spec.passage_prompt, progress)

    def _encode(self, texts: Sequence[str], prompt: str, progress: Progress | None) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), _TEXTS_BETWEEN_PROGRESS):
            part = list(texts[start : start + _TEXTS_BETWEEN_PROGRESS])
            vectors[start : start + len(part)] = self._run(part, prompt)
            if progress is not None:
                progress(start + len(part), len(texts))
        return vectors

    def _run(self, texts: list[str], prompt: str) -> Vectors:
        try:
            vectors: Vectors = self._model.encode(
                texts, prompt=prompt, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        except RuntimeError as error:  # torch's own, out of memory on a GPU among them
            raise ModelRuntimeError(f"{self.id}: torch failed ({first_line(error)})") from error
        return vectors
