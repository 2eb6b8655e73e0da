"""Readers whose layers have widths of their own: fewer attention heads, narrower feed-forward blocks.

Hugging Face's classes know one width for all layers. The widths are kept in ``config.json`` under ``layer_widths``;
the weights are saved as usual.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import AutoConfig, AutoModelForQuestionAnswering

WEIGHTS = "model.safetensors"


@dataclass(frozen=True, slots=True)
class Widths:
    """Attention heads and feed-forward neurons of each layer, lowest first."""

    heads: tuple[int, ...]
    feed_forward: tuple[int, ...]


def widths_of(model: Any) -> Widths:
    """Return the widths of a BERT with a question-answering head."""
    layers = model.bert.encoder.layer
    return Widths(
        tuple(layer.attention.self.num_attention_heads for layer in layers),
        tuple(layer.intermediate.dense.out_features for layer in layers),
    )


def as_config(widths: Widths) -> dict[str, list[int]]:
    """Return what ``config.json`` keeps of *widths* under ``layer_widths``."""
    return {name: list(numbers) for name, numbers in asdict(widths).items()}


def build(config: Any, widths: Widths) -> Any:
    """Return a reader of *widths* with untrained weights; *config* is a BERT's and gets the widths."""
    config.num_hidden_layers = len(widths.heads)
    config.layer_widths = as_config(widths)
    classes: Any = AutoModelForQuestionAnswering
    model = classes.from_config(config, attn_implementation="eager")
    for layer, heads, neurons in zip(model.bert.encoder.layer, widths.heads, widths.feed_forward, strict=True):
        size = layer.attention.self.attention_head_size
        keep_heads(layer, torch.arange(heads), layer.attention.output.dense.weight[:, : heads * size])
        keep_neurons(layer, torch.arange(neurons), layer.output.dense.weight[:, :neurons])
    return model


def open_trained(folder: Path) -> Any:
    """Open the reader that training, distilling or pruning wrote to the Hugging Face folder *folder*."""
    config = AutoConfig.from_pretrained(folder)
    stored = getattr(config, "layer_widths", None)
    if stored is None:
        return AutoModelForQuestionAnswering.from_pretrained(folder, attn_implementation="eager")
    model = build(config, Widths(tuple(stored["heads"]), tuple(stored["feed_forward"])))
    model.load_state_dict(load_file(folder / WEIGHTS))
    return model.eval()


def keep_heads(layer: Any, heads: torch.Tensor, projection: torch.Tensor) -> None:
    """Leave only *heads*, int64 (n,), in a layer; *projection* is what its output becomes, (width, n * head size)."""
    attention = layer.attention.self
    size = attention.attention_head_size
    rows = (heads[:, None] * size + torch.arange(size)).flatten()
    for product in (attention.query, attention.key, attention.value):
        _keep_rows(product, rows)
    _set_weight(layer.attention.output.dense, projection)
    attention.num_attention_heads, attention.all_head_size = len(heads), len(rows)


def keep_neurons(layer: Any, neurons: torch.Tensor, projection: torch.Tensor) -> None:
    """Leave only *neurons*, int64 (n,), in the feed-forward block; *projection* becomes its output, (width, n)."""
    _keep_rows(layer.intermediate.dense, neurons)
    _set_weight(layer.output.dense, projection)


def _keep_rows(product: nn.Linear, rows: torch.Tensor) -> None:
    _set_weight(product, product.weight[rows])
    product.bias = nn.Parameter(product.bias.detach()[rows].clone())


def _set_weight(product: nn.Linear, weight: torch.Tensor) -> None:
    product.weight = nn.Parameter(weight.detach().clone().contiguous())
    product.out_features, product.in_features = weight.shape
