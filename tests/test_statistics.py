"""Bootstrap intervals and the paired bootstrap."""

import numpy as np
import pytest

from summitqa.evaluation.statistics import (
    PairedChange,
    bootstrap_interval,
    paired_bootstrap,
    percentile_interval,
    resample_weights,
)


def test_each_resample_draws_as_many_as_there_are() -> None:
    """Rows of weights are counts that add up to n, in as many rows as were asked for."""
    weights = np.concatenate(list(resample_weights(5, n_resamples=300)))
    assert weights.shape == (300, 5)
    assert set(weights.sum(axis=1)) == {5.0}


def test_weights_come_in_batches_that_fit_into_memory() -> None:
    """A set of many questions is resampled a few rows at a time, none lost."""
    assert [len(batch) for batch in resample_weights(1_000_000, n_resamples=5)] == [2, 2, 1]


def test_the_same_seed_gives_the_same_interval() -> None:
    """Intervals are reproducible, and another seed gives other resamples."""
    values = list(np.linspace(0, 1, 50))
    assert bootstrap_interval(values) == bootstrap_interval(values, seed=7)
    assert bootstrap_interval(values) != bootstrap_interval(values, seed=8)


def test_the_interval_is_that_of_the_binomial() -> None:
    """For 50 of 100 right the interval is about 0.5 ± 1.96 √(0.25 / 100) = 0.402 to 0.598."""
    low, high = bootstrap_interval([0.0, 1.0] * 50, n_resamples=20_000)
    assert (low, high) == pytest.approx((0.402, 0.598), abs=0.01)


def test_equal_values_have_no_width() -> None:
    """Nothing varies when a single value is drawn again and again."""
    assert bootstrap_interval([0.25]) == (0.25, 0.25)


def test_percentiles_are_of_the_known_values() -> None:
    """Of 0 … 100 the 2.5 % and 97.5 % points are 2.5 and 97.5; a resample without a value is left out."""
    assert percentile_interval(np.append(np.arange(101.0), np.nan)) == (2.5, 97.5)


def test_nothing_to_draw_from_is_an_error() -> None:
    """An interval of no value would be made up."""
    with pytest.raises(ValueError, match="at least one value"):
        bootstrap_interval([])
    with pytest.raises(ValueError, match="no value in any"):
        percentile_interval(np.array([np.nan]))


def test_pairs_cancel_what_makes_questions_hard() -> None:
    """A gain of 0.1 on every question is certain, however much the questions differ."""
    before = [0.0, 0.5, 0.9]
    change = paired_bootstrap(before, [value + 0.1 for value in before])
    assert (change.difference, change.low, change.high) == pytest.approx((0.1, 0.1, 0.1))
    assert change.is_significant


def test_one_flip_each_way_is_no_evidence() -> None:
    """One question won and one lost of ten: the mean does not change and the interval holds zero."""
    change = paired_bootstrap([1.0, 0.0] + [1.0] * 8, [0.0, 1.0] + [1.0] * 8)
    assert change.difference == 0.0
    assert not change.is_significant


def test_a_loss_of_many_is_significant() -> None:
    """Six of ten questions lost and none won: the interval lies below zero."""
    change = paired_bootstrap([1.0] * 10, [0.0] * 6 + [1.0] * 4)
    assert change.difference == -0.6
    assert change.is_significant


def test_an_interval_that_touches_zero_is_no_evidence() -> None:
    """Zero must lie outside."""
    assert not PairedChange(0.1, 0.0, 0.2).is_significant
    assert PairedChange(0.1, 0.01, 0.2).is_significant


def test_pairs_are_of_equal_length() -> None:
    """Runs over different questions cannot be paired."""
    with pytest.raises(ValueError, match="shorter"):
        paired_bootstrap([1.0, 0.0], [1.0])
