"""How sure a figure is: percentile bootstrap intervals, and the paired bootstrap between two runs.

A resample is a row of *weights*: how many times each question was drawn. A measure that is written as a function of
weights is computed over all resamples at once, and over the questions as they are with one row of ones; so the figure
and its interval cannot come from two different definitions. Knows numbers only, nothing of questions.

Source: Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapters 13 (percentile interval) and 16;
paired by question as in Koehn, *Statistical Significance Tests for Machine Translation Evaluation* (2004).
A limit of the method: when all values are equal, the interval has no width, however few they are; look at ``n`` too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SEED = 7
N_RESAMPLES = 2000

Floats = npt.NDArray[np.float64]

_TAILS = (2.5, 97.5)
_BATCH_CELLS = 2_000_000
"""Weights held in memory at a time: 16 MB."""


@dataclass(frozen=True, slots=True)
class PairedChange:
    """A mean difference between two runs over the same questions, with its 95 % interval."""

    difference: float
    low: float
    high: float

    @property
    def is_significant(self) -> bool:
        """Tell whether the interval leaves out zero."""
        return self.low > 0.0 or self.high < 0.0


def resample_weights(n: int, *, seed: int = SEED, n_resamples: int = N_RESAMPLES) -> Iterator[Floats]:
    """Yield batches of shape (b, n), ``n_resamples`` rows in all: how often each of *n* questions was drawn.

    The same arguments give the same weights.

    Raises:
        ValueError: if there is nothing to draw from.
    """
    if n < 1:
        raise ValueError("a resample needs at least one value")
    generator = np.random.default_rng(seed)
    batch = max(1, _BATCH_CELLS // n)
    for start in range(0, n_resamples, batch):
        rows = min(batch, n_resamples - start)
        drawn = generator.integers(0, n, size=(rows, n)) + n * np.arange(rows)[:, None]
        yield np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n).astype(np.float64)


def percentile_interval(statistics: Floats) -> tuple[float, float]:
    """Return the 2.5 % and 97.5 % points of resampled *statistics* of shape (b,).

    Resamples in which the statistic has no value (``nan``: none of the questions it is about was drawn) are left out.

    Raises:
        ValueError: if it has no value in any resample.
    """
    known = statistics[~np.isnan(statistics)]
    if not known.size:
        raise ValueError("the statistic has no value in any resample")
    low, high = np.percentile(known, _TAILS)
    return float(low), float(high)


def bootstrap_interval(
    values: Sequence[float], *, seed: int = SEED, n_resamples: int = N_RESAMPLES
) -> tuple[float, float]:
    """Return the 95 % interval of the mean of *values*.

    Raises:
        ValueError: if there is no value.
    """
    return percentile_interval(_resampled_means(values, seed, n_resamples))


def paired_bootstrap(
    before: Sequence[float], after: Sequence[float], *, seed: int = SEED, n_resamples: int = N_RESAMPLES
) -> PairedChange:
    """Return how much the mean changed from *before* to *after*, the scores of the same questions in the same order.

    Questions are drawn in pairs, so what makes a question hard for both runs cancels out.

    Raises:
        ValueError: if the two differ in length or are empty.
    """
    differences = [b - a for a, b in zip(before, after, strict=True)]
    low, high = percentile_interval(_resampled_means(differences, seed, n_resamples))
    return PairedChange(sum(differences) / len(differences), low, high)


def _resampled_means(values: Sequence[float], seed: int, n_resamples: int) -> Floats:
    numbers = np.asarray(values, dtype=np.float64)
    n = len(numbers)
    return np.concatenate([w @ numbers / n for w in resample_weights(n, seed=seed, n_resamples=n_resamples)])
