"""Go on from the shipped reader: ``python -m summitqa.training.warm_start --out FOLDER`` writes it for training.

The Hugging Face folder that a graph was exported from is too large to keep in the repository. The graph holds the same
weights, rounded to seven bits a channel; training mends the rounding within a few steps. Embeddings are frozen in
training and come from the base model.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import AutoModel

from summitqa.models.reader import READER_FOLDER
from summitqa.models.spans import GRAPH, TOKENIZER, load_card, verify_files
from summitqa.models.weights import packaged_model_folder
from summitqa.training.loop import log
from summitqa.training.widths import Widths, build

PRODUCTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The matrix products of a layer in the order in which the graph runs, and so stores, them."""


def main() -> None:
    """Write the folder: model, tokenizer, and a log that names the reader."""
    parser = argparse.ArgumentParser(description="Write a shipped reader as a Hugging Face folder.")
    parser.add_argument("--reader", type=Path, default=READER_FOLDER, help="folder of a shipped reader")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    open_shipped(options.reader).save_pretrained(options.out)
    shutil.copyfile(options.reader / TOKENIZER, options.out / TOKENIZER)
    log(options.out, {"reader": load_card(options.reader)["version"]})


def open_shipped(folder: Path) -> Any:
    """Return the reader in *folder* as a Hugging Face model of the graph's widths.

    Raises:
        ModelDigestError: if the graph is not the one its card names.
    """
    base = AutoModel.from_pretrained(packaged_model_folder())
    stored = _stored_weights(folder)
    products = _products(stored)
    query, intermediate = PRODUCTS.index("attention.self.query"), PRODUCTS.index("intermediate.dense")
    widths = Widths(
        tuple(len(w) * base.config.num_attention_heads // base.config.hidden_size for w in _every(products, query)),
        tuple(len(w) for w in _every(products, intermediate)),
    )
    model = build(base.config, widths)
    model.bert.embeddings.load_state_dict(base.embeddings.state_dict())
    _copy_weights(model, stored, products)
    return model


def _stored_weights(folder: Path) -> dict[str, NDArray[Any]]:
    verify_files(folder)
    return {part.name: numpy_helper.to_array(part) for part in onnx.load(folder / GRAPH).graph.initializer}


def _copy_weights(model: Any, stored: Mapping[str, NDArray[Any]], products: list[NDArray[np.float32]]) -> None:
    state = model.state_dict()
    found = {name.removeprefix("model."): value for name, value in stored.items() if name.startswith("model.")}
    found = {name: value for name, value in found.items() if name in state}
    found |= dict(zip(_product_names(model.config.num_hidden_layers), products, strict=True))
    for name, value in found.items():
        if tuple(state[name].shape) != value.shape:
            raise ValueError(f"{name} has the shape {value.shape} in the graph, expected {state[name].shape}")
        state[name] = torch.from_numpy(value.astype(np.float32))
    model.load_state_dict(state)


def _every(products: list[NDArray[np.float32]], place: int) -> list[NDArray[np.float32]]:
    """Return the weight at *place* of each layer; the last product is the head."""
    return products[place : len(products) - 1 : len(PRODUCTS)]


def _product_names(n_layers: int) -> list[str]:
    layers = [f"bert.encoder.layer.{layer}.{product}.weight" for layer in range(n_layers) for product in PRODUCTS]
    return [*layers, "qa_outputs.weight"]


def _products(stored: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
    """Return the weight matrices in the order of the graph, full precision, as torch keeps them (out, in)."""
    names = [name.removesuffix("_quantized") for name in stored if name.endswith("_quantized")]
    products = sorted((name for name in names if "MatMul" in name), key=lambda name: int(name.rsplit("_", 1)[1]))
    return [
        ((stored[f"{n}_quantized"].astype(np.float32) - stored[f"{n}_zero_point"]) * stored[f"{n}_scale"]).T.copy()
        for n in products
    ]


if __name__ == "__main__":
    main()
