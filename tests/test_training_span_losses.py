"""Losses on pairs of windows: what they reward, and what they leave out of account."""

from __future__ import annotations

import torch

from summitqa.training.span_losses import Scores, Targets, distillation_loss, hidden_loss, label_loss

READABLE = torch.tensor([[True, False, True, True]] * 2)
"""One pair of windows of four tokens; the second token is a question's."""


def scores(first: list[float], second: list[float]) -> Scores:
    """Return the same scores for starts and ends of the two windows."""
    table = torch.tensor([first, second], dtype=torch.float32)
    return Scores(table, table.clone())


def targets(first: int, second: int) -> Targets:
    """Return one-token answers, 0 for none."""
    places = torch.tensor([first, second])
    return Targets(places, places.clone())


def test_right_spans_cost_less_than_wrong_ones() -> None:
    """The answer's token in the first window, "not here" in the second."""
    right = label_loss(scores([0, 0, 9, 0], [9, 0, 0, 0]), targets(2, 0), READABLE)
    wrong = label_loss(scores([0, 0, 0, 9], [9, 0, 0, 0]), targets(2, 0), READABLE)
    assert right < 0.01 < wrong


def test_a_span_that_outscores_the_right_one_in_the_other_window_costs() -> None:
    """Though each window alone is read rightly: its own "not here" is higher still."""
    apart = label_loss(scores([0, 0, 9, 0], [30, 0, 0, 0]), targets(2, 0), READABLE)
    above = label_loss(scores([0, 0, 9, 0], [30, 0, 15, 0]), targets(2, 0), READABLE)
    assert above > apart + 1


def test_pairs_without_an_answer_only_count_window_by_window() -> None:
    """Nothing is to be told apart when neither window answers."""
    loss = label_loss(scores([30, 0, 5, 0], [30, 0, 15, 0]), targets(0, 0), READABLE)
    assert float(loss) < 1e-4


def test_the_teachers_own_scores_cost_nothing() -> None:
    """Up to a constant a window, and whatever stands at tokens that cannot be answers."""
    taught = scores([1, 0, 4, 2], [3, 0, 1, 1])
    assert abs(float(distillation_loss(taught, taught, READABLE))) < 1e-5
    moved = scores([6, 40, 9, 7], [8, -40, 6, 6])
    assert abs(float(distillation_loss(moved, taught, READABLE))) < 1e-5


def test_other_scores_than_the_teachers_cost() -> None:
    """The more, the farther they are."""
    taught = scores([0, 0, 4, 0], [4, 0, 0, 0])
    near = distillation_loss(scores([0, 0, 3, 0], [3, 0, 0, 0]), taught, READABLE)
    far = distillation_loss(scores([4, 0, 0, 0], [0, 0, 4, 0]), taught, READABLE)
    assert 0 < near < far


def test_hidden_states_cost_by_their_distance_whatever_their_scale() -> None:
    """Nothing for equal ones, the same for both multiplied, nothing for what padding holds."""
    torch.manual_seed(3)
    taught, found = torch.randn(2, 4, 8), torch.randn(2, 4, 8)
    mask = torch.tensor([[1, 1, 1, 0]] * 2)
    assert float(hidden_loss([taught], [taught], mask)) == 0
    cost = hidden_loss([found], [taught], mask)
    assert torch.isclose(cost, hidden_loss([10 * found], [10 * taught], mask))
    found[:, 3] = 100
    assert torch.isclose(cost, hidden_loss([found], [taught], mask))
