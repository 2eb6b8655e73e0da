"""Packing units into passages: where to break so that passages are neither tiny nor cut mid-paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from summitqa.types import Span

_GOOD_SHARE = 0.55
_COST_INSIDE_BLOCK = 0.3
_COST_OF_PASSAGE = 0.01
_MAX_UNITS = 32


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or list item to be packed.

    Attributes:
        span: where it stands in the document.
        n_tokens: what it costs.
        ends_block: whether a paragraph or item ends with it.
        gap_tokens: what stands between it and the next unit costs, a bullet for example.
    """

    span: Span
    n_tokens: int
    ends_block: bool = False
    gap_tokens: int = 0


def pack_units(units: Sequence[Unit], capacity: int) -> list[Sequence[Unit]]:
    """Return *units* in runs of *capacity* tokens at most; a unit beyond it stands alone.

    Of all ways to break, the cheapest: a run below 55 % of the capacity costs the square of what it
    lacks, a break inside a block 0.3, each run 0.01. That fills passages of 128 tokens to about 60 to
    110 and keeps paragraphs whole. Linear, since a run holds 32 units at most.
    """
    ends = list(accumulate(unit.n_tokens + unit.gap_tokens for unit in units))
    starts = [0, *ends[:-1]] if units else []
    good = max(1.0, _GOOD_SHARE * capacity)
    costs, breaks = [0.0], [0]
    for last in range(len(units)):
        best_cost, best_first = float("inf"), last
        inside = 0.0 if last + 1 == len(units) or units[last].ends_block else _COST_INSIDE_BLOCK
        for first in range(last, max(-1, last - _MAX_UNITS), -1):
            size = ends[last] - units[last].gap_tokens - starts[first]
            if size > capacity and first < last:
                break
            lacking = max(0.0, 1.0 - size / good)
            cost = costs[first] + lacking * lacking + inside + _COST_OF_PASSAGE
            if cost < best_cost:
                best_cost, best_first = cost, first
        costs.append(best_cost)
        breaks.append(best_first)
    return _runs(units, breaks)


def _runs(units: Sequence[Unit], breaks: Sequence[int]) -> list[Sequence[Unit]]:
    """Follow the chosen breaks back from the end."""
    runs = []
    end = len(units)
    while end > 0:
        runs.append(units[breaks[end] : end])
        end = breaks[end]
    return runs[::-1]
