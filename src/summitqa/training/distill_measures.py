"""How well a model reads the held-out pairs of a table, on the device where it is trained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from summitqa.training.loop import autocast
from summitqa.training.span_losses import CLOSED, Scores
from summitqa.training.window_table import (
    HELD_OUT_PART,
    TOKEN_BUDGET,
    Batch,
    DeviceTable,
    WindowTable,
    cut_batches,
)

MAX_ANSWER_TOKENS = 30


@torch.inference_mode()
def measure(
    model: Any, table: WindowTable, windows: DeviceTable, read: Callable[[Callable[..., Any], Batch], Scores]
) -> dict[str, dict[str, float]]:
    """Return per group of sources: F1 of the spans by tokens, how often the right window wins, AUROC of near misses.

    AUROC is that of the best span's score minus the score of "not here", over the windows meant to be read.
    """
    rows: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    pairs = np.flatnonzero(table.part == HELD_OUT_PART)
    for cut in cut_batches(table.n_tokens, pairs, TOKEN_BUDGET, np.random.default_rng(0)):
        batch = windows.batch(*cut)
        with autocast(windows.device):
            scores = read(model, batch)
        start, end, best = (part.cpu().numpy() for part in best_spans(scores, batch.readable))
        wanted_start, wanted_end = batch.start.cpu().numpy(), batch.end.cpu().numpy()
        half = len(cut[0])
        for i, pair in enumerate(cut[0]):
            common = min(end[i], wanted_end[i]) - max(start[i], wanted_start[i]) + 1
            lengths = end[i] - start[i] + wanted_end[i] - wanted_start[i] + 2
            f1 = max(0.0, 2 * common / lengths)
            name = str(table.sources[table.source[pair]]).split("_")[0]
            rows[name].append((float(wanted_start[i] > 0), f1, float(best[i] > best[half + i]), float(best[i])))
    return {name: _summary(np.asarray(found)) for name, found in sorted(rows.items())}


def _summary(found: Any) -> dict[str, float]:
    answered = found[found[:, 0] > 0]
    summary = {"n": len(found), "f1": float(answered[:, 1].mean()), "right_window": float(answered[:, 2].mean())}
    if len(answered) < len(found):
        summary["auroc"] = float(roc_auc_score(found[:, 0], found[:, 3]))
    return {name: round(value, 4) for name, value in summary.items()}


def best_spans(scores: Scores, readable: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return start, end and score minus the score of "not here" of each window's best span, (windows,) each."""
    spans = readable.clone()
    spans[:, 0] = False
    start, end = scores.start.masked_fill(~spans, CLOSED), scores.end.masked_fill(~spans, CLOSED)
    n = start.shape[1]
    both = start[:, :, None] + end[:, None, :]
    ones = torch.ones(n, n, dtype=torch.bool, device=both.device)
    both = both.masked_fill(~(ones.triu() & ~ones.triu(MAX_ANSWER_TOKENS)), 2 * CLOSED)
    best, place = both.flatten(1).max(dim=1)
    return place // n, place % n, best - scores.start[:, 0] - scores.end[:, 0]
