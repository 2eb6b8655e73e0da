"""What has to be known of an encoder besides its graph: identity, pooling, length, prompts.

The one place where an encoder's id is made and where token vectors become a text's vector. Knows no
model library.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Runtime = Literal["onnx-int8", "onnx-fp32", "torch"]
Precision = Literal["int8", "fp32"]
POOLINGS = ("mean", "cls", "max")
"""What :func:`pool_tokens` can do."""

RECIPES: dict[Runtime, str] = {"onnx-int8": "onnx-int8.1", "onnx-fp32": "onnx-fp32", "torch": "torch"}
"""Runtime as it stands in an id; the number grows when a change of the quantisation changes vectors."""


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """An encoder without its weights.

    Attributes:
        name: short name for people.
        weights_sha256: digest of the weights it was made from.
        dim: width of the vectors.
        max_length: longest input in tokens, special tokens included.
        pooling: how token vectors become one; a model that does more than :data:`POOLINGS` has its own name for it.
        query_prompt: put before every question.
        passage_prompt: put before every passage.
    """

    name: str
    weights_sha256: str
    dim: int
    max_length: int
    pooling: str
    query_prompt: str = ""
    passage_prompt: str = ""

    def id_for(self, runtime: Runtime) -> str:
        """Return the identity of the vectors this encoder gives when run by *runtime*, equal on all machines.

        For example ``all-minilm-l6-v2@53aa51172d14/mean-256/onnx-int8.1``. Vectors are always of unit length.
        """
        reading = f"{self.pooling}-{self.max_length}"
        if self.query_prompt or self.passage_prompt:
            prompts = f"{self.query_prompt}\0{self.passage_prompt}".encode()
            reading += f"-{hashlib.sha256(prompts).hexdigest()[:8]}"
        return f"{self.name}@{self.weights_sha256[:12]}/{reading}/{RECIPES[runtime]}"


def pool_tokens(hidden: NDArray[np.float32], pooling: str) -> NDArray[np.float32]:
    """Return the unit vector (dim,) of one text from its token vectors (tokens, dim), none of them padding.

    Raises:
        ValueError: if *pooling* is not one of :data:`POOLINGS`.
    """
    if pooling == "cls":
        vector = hidden[0]
    elif pooling == "max":
        vector = hidden.max(axis=0)
    elif pooling == "mean":
        vector = hidden.mean(axis=0)
    else:
        raise ValueError(f"pooling {pooling!r} is not one of {', '.join(POOLINGS)}")
    # 1e-12 is the floor of torch.nn.functional.normalize, which the reference uses.
    unit: NDArray[np.float32] = (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
    return unit
