"""Narrowing a reader: what can be told from the rest goes first, and the rest takes over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertForQuestionAnswering

from summitqa.training.prune import prune, remove_columns
from summitqa.training.sensitivity import divergence_when_narrowed, one_narrowed
from summitqa.training.widths import Widths, build, open_trained, widths_of


@pytest.fixture
def model() -> Any:
    """Return a random reader of two layers, each of four heads and 32 neurons."""
    torch.manual_seed(1)
    config = BertConfig(
        hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=32, initializer_range=0.5
    )
    model: Any = BertForQuestionAnswering(config)
    return model.eval()


@pytest.fixture
def batches() -> list[dict[str, torch.Tensor]]:
    """Return windows of random tokens, the last two tokens padding."""
    torch.manual_seed(2)
    ids = torch.randint(1, 1000, (40, 12))
    mask = torch.ones_like(ids)
    mask[:, -2:] = 0
    return [{"input_ids": ids, "token_type_ids": torch.zeros_like(ids), "attention_mask": mask}]


def start_scores(model: Any, batches: list[dict[str, torch.Tensor]]) -> torch.Tensor:
    with torch.inference_mode():
        scores: torch.Tensor = model(**batches[0]).start_logits
    return scores[:, :-2]


def test_a_column_that_can_be_told_from_the_others_is_removed_without_loss() -> None:
    """The third input is the sum of the first two: two of the three say it all."""
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(500, 2))
    inputs = np.column_stack([inputs, inputs.sum(axis=1), rng.normal(size=500)])
    weight = rng.normal(size=(5, 4))
    kept, rest = remove_columns(weight, inputs.T @ inputs / 500, 3)
    assert 3 in kept
    assert np.allclose(inputs[:, kept] @ rest.T, inputs @ weight.T, atol=0.05)


def test_columns_are_removed_by_groups_of_neighbours() -> None:
    """The group whose inputs are always zero goes, the others stay as they are."""
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(500, 6))
    inputs[:, 2:4] = 0
    weight = rng.normal(size=(5, 6))
    kept, rest = remove_columns(weight, inputs.T @ inputs / 500, 2, size=2)
    assert kept.tolist() == [0, 2]
    assert np.allclose(rest, weight[:, [0, 1, 4, 5]], atol=0.02)


def test_a_narrow_reader_reads_nearly_as_the_wide_one(model: Any, batches: list[dict[str, torch.Tensor]]) -> None:
    """Better than one that merely lost the same number of heads and neurons."""
    before = start_scores(model, batches)
    state = model.state_dict()
    prune(model, Widths((3, 4), (24, 16)), batches)
    assert widths_of(model) == Widths((3, 4), (24, 16))
    cut = build(BertConfig(**model.config.to_dict()), Widths((3, 4), (24, 16)))
    cut.load_state_dict({name: state[name][tuple(slice(n) for n in w.shape)] for name, w in cut.state_dict().items()})
    assert (start_scores(model, batches) - before).norm() < 0.5 * (start_scores(cut.eval(), batches) - before).norm()


def test_a_narrow_reader_is_opened_as_it_was_saved(
    model: Any, batches: list[dict[str, torch.Tensor]], tmp_path: Path
) -> None:
    """Its widths are in the folder's config, a wide reader's are the library's own."""
    model.save_pretrained(tmp_path / "wide")
    assert widths_of(open_trained(tmp_path / "wide")) == Widths((4, 4), (32, 32))
    prune(model, Widths((2, 4), (32, 8)), batches)
    model.save_pretrained(tmp_path / "narrow")
    opened = open_trained(tmp_path / "narrow")
    assert torch.allclose(start_scores(opened, batches), start_scores(model, batches), atol=1e-5)


@pytest.mark.parametrize("wanted", [Widths((4,), (32,)), Widths((5, 4), (32, 32)), Widths((4, 4), (0, 32))])
def test_widths_that_a_reader_does_not_have_are_refused(
    wanted: Widths, model: Any, batches: list[dict[str, torch.Tensor]]
) -> None:
    """Another number of layers, more than there is, nothing at all."""
    with pytest.raises(ValueError, match="cannot keep"):
        prune(model, wanted, batches)
    assert widths_of(model) == Widths((4, 4), (32, 32))


def test_each_layer_is_narrowed_alone() -> None:
    """In each of the ways that make it narrower than it is."""
    tried = list(one_narrowed(Widths((4, 2), (32, 32)), [4, 3], [16]))
    assert tried == [
        (0, Widths((3, 2), (32, 32))),
        (0, Widths((4, 2), (16, 32))),
        (1, Widths((4, 2), (32, 16))),
    ]


def test_the_more_is_removed_the_further_the_scores_stray(model: Any, batches: list[dict[str, torch.Tensor]]) -> None:
    """From nothing at all; the reader that is looked into stays as it is."""
    strayed = [divergence_when_narrowed(model, Widths((4, 4), (32, n)), batches, batches) for n in (32, 24, 2)]
    assert strayed[0] == pytest.approx(0, abs=1e-6)
    assert 0 < strayed[1] < strayed[2]
    assert widths_of(model) == Widths((4, 4), (32, 32))
