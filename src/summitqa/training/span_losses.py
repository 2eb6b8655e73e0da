"""Losses of the reader on batches of window pairs: from labels, and from the scores of a larger model.

Two losses on labels: the usual one (the span, or the first token for "not here", Devlin et al. 2019) and one softmax
over both windows of a pair (shared normalisation, Clark and Gardner 2018), which puts passages on one scale. The third
one (distillation, Hinton et al. 2015) brings the softmaxes of a small model near to those of a large one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional

CLOSED = -1e4
"""The score of a token at which no span may start or end."""

TEMPERATURE = 2.0
"""What scores are divided by in distillation, so that small differences count."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Start and end scores of windows, float32 (windows, tokens)."""

    start: torch.Tensor
    end: torch.Tensor


@dataclass(frozen=True, slots=True)
class Targets:
    """Token positions of the answers, int64 (windows,), 0 for "not here": first windows, then the second ones."""

    start: torch.Tensor
    end: torch.Tensor


def label_loss(scores: Scores, targets: Targets, readable: torch.Tensor) -> torch.Tensor:
    """Return the loss against the labels.

    Args:
        scores: of the first windows of the pairs, then of the second ones in the same order.
        targets: likewise.
        readable: tokens that may start or end a span, and the first token, bool (windows, tokens).
    """
    half = len(readable) // 2
    total = torch.zeros((), device=readable.device)
    for own, wanted in ((scores.start, targets.start), (scores.end, targets.end)):
        total = total + functional.cross_entropy(own.masked_fill(~readable, CLOSED), wanted)
        together = _side_by_side(own, readable)
        answered = (wanted[:half] > 0).float()
        shared = functional.cross_entropy(together, wanted[:half], reduction="none")
        total = total + 0.5 * (shared * answered).sum() / answered.sum().clamp(min=1)
    return total


def distillation_loss(scores: Scores, taught: Scores, readable: torch.Tensor) -> torch.Tensor:
    """Return how far *scores* are from the *taught* ones, window by window and pair by pair."""
    total = torch.zeros((), device=readable.device)
    for own, other in ((scores.start, taught.start), (scores.end, taught.end)):
        closed = (own.masked_fill(~readable, CLOSED), other.masked_fill(~readable, CLOSED))
        pairs = (_side_by_side(own, readable), _side_by_side(other, readable))
        total = total + _divergence(*closed) + 0.5 * _divergence(*pairs)
    return total


def hidden_loss(hidden: Sequence[torch.Tensor], taught: Sequence[torch.Tensor], mask: torch.Tensor) -> torch.Tensor:
    """Return how far hidden states are from the *taught* ones: squared error by their variance, mean of the layers.

    Args:
        hidden: of each layer, (windows, tokens, width).
        taught: likewise.
        mask: 1 for tokens, 0 for padding, (windows, tokens).
    """
    tokens = mask.bool()
    errors = [
        functional.mse_loss(own[tokens], other[tokens]) / other[tokens].var()
        for own, other in zip(hidden, taught, strict=True)
    ]
    return torch.stack(errors).mean()


def _side_by_side(scores: torch.Tensor, readable: torch.Tensor) -> torch.Tensor:
    """Return the scores of both windows of each pair in one row, without those for "not here"."""
    half = len(scores) // 2
    spans = scores.masked_fill(~readable, CLOSED)
    spans = torch.cat([torch.full_like(spans[:, :1], CLOSED), spans[:, 1:]], dim=1)
    return torch.cat([spans[:half], spans[half:]], dim=1)


def _divergence(scores: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    own = functional.log_softmax(scores / TEMPERATURE, dim=1)
    wanted = functional.log_softmax(taught / TEMPERATURE, dim=1)
    return functional.kl_div(own, wanted, reduction="batchmean", log_target=True) * TEMPERATURE**2
