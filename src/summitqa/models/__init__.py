"""Models that turn text into vectors: where their weights are, how they are exported and how they run.

Importing this package loads no model library. onnxruntime, tokenizers, sentence-transformers and torch
are imported by their doors (``onnx``, ``tokens``, ``reference``, ``export``) when a model is opened.
"""

from __future__ import annotations

from summitqa.models.condition import ModelCondition, describe_models
from summitqa.models.encoder import OnnxEncoder, open_encoder
from summitqa.models.torch_encoder import TorchEncoder

__all__ = ["ModelCondition", "OnnxEncoder", "TorchEncoder", "describe_models", "open_encoder"]
