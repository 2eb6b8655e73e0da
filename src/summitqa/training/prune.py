"""Make a trained reader narrower: ``python -m summitqa.training.prune --model FOLDER --heads ... --feed-forward ...``.

Attention heads and feed-forward neurons that matter least for the output of their layer are removed one after the
other, and after each removal the remaining weights take over what can be told from the others (optimal brain surgeon,
Hassibi and Stork 1993; by whole structures, Kurtic et al. 2023). Nothing is trained: it takes one pass over some
windows and a few minutes; :mod:`summitqa.training.distill` then mends the loss, with a larger model or the wide reader
as teacher. How wide each layer should stay is told by :mod:`summitqa.training.sensitivity`.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn

from summitqa.training.loop import LOG, log
from summitqa.training.widths import Widths, as_config, keep_heads, keep_neurons, open_trained, widths_of
from summitqa.training.window_table import HELD_OUT_PART, DeviceTable, SpecialTokens, WindowTable, cut_batches

DAMPING = 1e-3
"""Added to the diagonal of the activations' second moments, as a share of its mean."""

TOKEN_BUDGET = 6_000
"""Tokens of a batch."""

NEURONS_AT_ONCE = 8

Moments = NDArray[np.float64]


def main() -> None:
    """Write the narrower reader as a Hugging Face folder."""
    parser = argparse.ArgumentParser(description="Make a trained reader narrower.")
    parser.add_argument("--model", type=Path, required=True, help="Hugging Face folder of the trained reader")
    parser.add_argument("--windows", type=Path, required=True, help="what distill_data wrote")
    parser.add_argument("--heads", type=int, nargs="+", required=True, help="heads to keep in each layer")
    parser.add_argument("--feed-forward", type=int, nargs="+", required=True, help="neurons to keep in each layer")
    parser.add_argument("--pairs", type=int, default=400, help="pairs of windows to look at")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    vocabulary = Tokenizer.from_file(str(options.model / "tokenizer.json")).get_vocab()
    special = SpecialTokens.of(vocabulary)
    table = WindowTable.load(options.windows)
    model = open_trained(options.model).eval()
    wanted = Widths(tuple(options.heads), tuple(options.feed_forward))
    chosen = {"what": "prune", "began_from": options.model.name, "pairs": options.pairs, "seed": options.seed}
    shutil.copytree(options.model, options.out, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.pt", "*.onnx"))
    log(options.out, {**chosen, "heads": options.heads, "feed_forward": options.feed_forward})
    prune(model, wanted, draw_batches(table, special, options.pairs, options.seed))
    model.save_pretrained(options.out)
    print(f"{options.out / LOG}: {sum(p.numel() for p in model.bert.encoder.parameters()):,} weights in the layers")


def prune(model: Any, wanted: Widths, batches: Sequence[dict[str, torch.Tensor]]) -> None:
    """Narrow *model* to the *wanted* widths in place, from the lowest layer to the highest.

    Args:
        model: a BERT with a question-answering head.
        wanted: no wider than it is.
        batches: what to call it with; their activations tell what matters.

    Raises:
        ValueError: if a wanted width is larger than what is there, or of another number of layers.
    """
    present = widths_of(model)
    for kept, there in ((wanted.heads, present.heads), (wanted.feed_forward, present.feed_forward)):
        if len(kept) != len(there) or any(not 0 < k <= t for k, t in zip(kept, there, strict=False)):
            raise ValueError(f"cannot keep {list(kept)} of {list(there)}")
    for layer, heads, neurons in zip(model.bert.encoder.layer, wanted.heads, wanted.feed_forward, strict=True):
        size = layer.attention.self.attention_head_size
        _narrow(model, batches, layer, layer.attention.output.dense, keep_heads, (heads, size, 1))
        _narrow(model, batches, layer, layer.output.dense, keep_neurons, (neurons, 1, NEURONS_AT_ONCE))
    model.config.layer_widths = as_config(wanted)


def _narrow(
    model: Any,
    batches: Sequence[dict[str, torch.Tensor]],
    layer: Any,
    output: nn.Linear,
    keep: Callable[[Any, torch.Tensor, torch.Tensor], None],
    sizes: tuple[int, int, int],
) -> None:
    n_kept, size, at_once = sizes
    if n_kept * size < output.in_features:
        kept, weight = remove_columns(
            output.weight.detach().double().numpy(), _moments(model, output, batches), n_kept, size, at_once
        )
        keep(layer, torch.from_numpy(kept), torch.from_numpy(weight).float())


def remove_columns(
    weight: NDArray[np.float64], moments: Moments, n_kept: int, size: int = 1, at_once: int = 1
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Remove the groups of columns that a product can spare best, and let the others take over.

    Args:
        weight: of the product, (out, in).
        moments: second moments of what it is multiplied with, (in, in).
        n_kept: groups to keep.
        size: columns of a group; neighbours.
        at_once: groups removed before their importance is told anew.

    Returns:
        The groups kept, int64 (n_kept,), ascending, and the weight of their columns, (out, n_kept * size).
    """
    inverse = np.linalg.inv(moments + np.eye(len(moments)) * moments.diagonal().mean() * DAMPING)
    groups = np.arange(weight.shape[1] // size)
    while len(groups) > n_kept:
        n = len(groups)
        gone = np.argsort(_losses(weight, inverse, size), kind="stable")[: min(at_once, n - n_kept)]
        columns = (gone[:, None] * size + np.arange(size)).ravel()
        rest = np.setdiff1d(np.arange(n * size), columns)
        shift = np.linalg.solve(inverse[np.ix_(columns, columns)], inverse[np.ix_(columns, rest)])
        weight = weight[:, rest] - weight[:, columns] @ shift
        inverse = inverse[np.ix_(rest, rest)] - inverse[np.ix_(rest, columns)] @ shift
        groups = np.delete(groups, gone)
    return groups, weight


def _losses(weight: NDArray[np.float64], inverse: Moments, size: int) -> NDArray[np.float64]:
    """Return by how much the squared error of the product grows when a group is removed, (groups,)."""
    n = weight.shape[1] // size
    parts = weight.reshape(len(weight), n, size)
    blocks = inverse.reshape(n, size, n, size)[np.arange(n), :, np.arange(n), :]
    return np.asarray(np.einsum("ogi,gij,ogj->g", parts, np.linalg.inv(blocks), parts, optimize=True))


@torch.inference_mode()
def _moments(model: Any, product: nn.Linear, batches: Sequence[dict[str, torch.Tensor]]) -> Moments:
    """Return the mean second moments of what *product* is called with, padding left out."""
    inputs: list[torch.Tensor] = []
    hook = product.register_forward_pre_hook(lambda _, called_with: inputs.append(called_with[0]))
    total, n = np.zeros((product.in_features, product.in_features)), 0
    for batch in batches:
        model(**batch)
        tokens = inputs.pop()[batch["attention_mask"].bool()]
        total, n = total + (tokens.T @ tokens).double().numpy(), n + len(tokens)
    hook.remove()
    return total / n


def draw_batches(table: WindowTable, special: SpecialTokens, n_pairs: int, seed: int) -> list[dict[str, torch.Tensor]]:
    """Return what to call a reader with to have it read *n_pairs* pairs of training windows, drawn by chance."""
    rng = np.random.default_rng(seed)
    pairs = rng.permutation(np.flatnonzero(table.part != HELD_OUT_PART))[:n_pairs]
    windows = DeviceTable(table, special, "cpu")
    batches = (windows.batch(*cut) for cut in cut_batches(table.n_tokens, pairs, TOKEN_BUDGET, rng))
    return [{"input_ids": b.ids, "token_type_ids": b.types, "attention_mask": b.mask} for b in batches]


if __name__ == "__main__":
    main()
