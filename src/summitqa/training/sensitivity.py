"""Tell which layers can spare what: ``python -m summitqa.training.sensitivity --model FOLDER --windows FILE``.

Each layer is narrowed alone, to each of some numbers of heads or neurons, and its scores are compared with the wide
reader's. Widths for :mod:`summitqa.training.prune` are chosen from the printed table: as much as possible where little
is lost. Some forty minutes on two cores.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from summitqa.training.prune import draw_batches, prune
from summitqa.training.span_losses import Scores, distillation_loss
from summitqa.training.widths import Widths, open_trained, widths_of
from summitqa.training.window_table import SpecialTokens, WindowTable

N_PROBED = 80
"""Pairs of windows on which scores are compared."""

Batches = Sequence[dict[str, torch.Tensor]]


def main() -> None:
    """Print one line for each layer and width."""
    parser = argparse.ArgumentParser(description="Tell which layers of a reader can spare what.")
    parser.add_argument("--model", type=Path, required=True, help="Hugging Face folder of the trained reader")
    parser.add_argument("--windows", type=Path, required=True, help="what distill_data wrote")
    parser.add_argument("--heads", type=int, nargs="*", default=[10, 8, 6], help="numbers of heads to try")
    parser.add_argument("--feed-forward", type=int, nargs="*", default=[1152, 768, 384, 128], help="and of neurons")
    parser.add_argument("--pairs", type=int, default=400, help="pairs of windows that narrowing looks at")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    special = SpecialTokens.of(Tokenizer.from_file(str(options.model / "tokenizer.json")).get_vocab())
    table = WindowTable.load(options.windows)
    model = open_trained(options.model).eval()
    looked_at = draw_batches(table, special, options.pairs, options.seed)
    probed = draw_batches(table, special, N_PROBED, options.seed + 1)
    print("layer\theads\tneurons\tdivergence")
    for layer, widths in one_narrowed(widths_of(model), options.heads, options.feed_forward):
        lost = divergence_when_narrowed(model, widths, looked_at, probed)
        print(layer, widths.heads[layer], widths.feed_forward[layer], f"{lost:.4f}", sep="\t", flush=True)


def one_narrowed(present: Widths, heads: Sequence[int], neurons: Sequence[int]) -> Iterator[tuple[int, Widths]]:
    """Yield the number of a layer, from 0, and *present* with that layer alone narrowed, in all wanted ways."""
    for layer in range(len(present.heads)):
        for fewer in (number for number in heads if number < present.heads[layer]):
            yield layer, Widths(_with(present.heads, layer, fewer), present.feed_forward)
        for fewer in (number for number in neurons if number < present.feed_forward[layer]):
            yield layer, Widths(present.heads, _with(present.feed_forward, layer, fewer))


def _with(numbers: tuple[int, ...], place: int, number: int) -> tuple[int, ...]:
    return (*numbers[:place], number, *numbers[place + 1 :])


def divergence_when_narrowed(model: Any, wanted: Widths, looked_at: Batches, probed: Batches) -> float:
    """Return how far the scores of a window stray from the wide reader's: the loss of distillation, mean of windows.

    Args:
        model: a BERT with a question-answering head; it stays as it is.
        wanted: widths of the narrow reader.
        looked_at: windows by which it is narrowed.
        probed: windows whose scores are compared, in pairs.
    """
    narrow = copy.deepcopy(model)
    prune(narrow, wanted, looked_at)
    total, n = 0.0, 0
    with torch.inference_mode():
        for batch in probed:
            n_windows = len(batch["input_ids"])
            tokens = batch["attention_mask"].bool()
            total += n_windows * float(distillation_loss(_scores(narrow, batch), _scores(model, batch), tokens))
            n += n_windows
    return total / n


def _scores(model: Any, batch: dict[str, torch.Tensor]) -> Scores:
    found = model(**batch)
    return Scores(found.start_logits, found.end_logits)


if __name__ == "__main__":
    main()
