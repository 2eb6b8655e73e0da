"""Teaching a reader by larger models, from end to end with tiny ones that know nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertForQuestionAnswering

from summitqa.models.weights import packaged_model_folder
from summitqa.training import distill, prune
from summitqa.training.widths import Widths, open_trained, widths_of
from summitqa.training.window_table import HELD_OUT_PART, TableBuilder
from summitqa.training.window_tokens import WindowTokenizer
from summitqa.training.windows import Window

N_PAIRS = 24


@pytest.fixture
def windows(tmp_path: Path) -> Path:
    """Write pairs of which every fourth is held out and every third has no answer; the others are in two variants."""
    tokenizer = WindowTokenizer(packaged_model_folder())
    builder = TableBuilder()
    for number in range(N_PAIRS):
        text = f"The mill was built in {1800 + number}. Ana sold it."
        answer = (text.index("18"), text.index("18") + 4) if number % 3 else None
        pair = [
            tokenizer.encode("When was the mill built?", window)
            for window in (Window("", text, answer), Window("", f"Bo bought {number} mills.", None))
        ]
        builder.add("mills", HELD_OUT_PART if number % 4 == 0 else number % 2, [w for w in pair if w is not None])
    builder.build().save(tmp_path / "windows.npz")
    return tmp_path / "windows.npz"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Write a random model of two narrow layers with the packaged tokenizer."""
    torch.manual_seed(1)
    folder = tmp_path / "tiny"
    config = BertConfig(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32)
    BertForQuestionAnswering(config).save_pretrained(folder)
    shutil.copyfile(packaged_model_folder() / "tokenizer.json", folder / "tokenizer.json")
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr("sys.argv", ["distill", *map(str, arguments)])
    distill.main()


def last_entry(folder: Path) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads((folder / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    return entry


def test_a_teacher_scores_every_window_and_a_reader_learns_from_it(
    windows: Path, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scores for held-out windows too; the reader keeps the chosen layers, its embeddings stay as they were."""
    teacher, reader = tmp_path / "teacher", tmp_path / "reader"
    common = ("--windows", windows, "--model", model, "--vocabulary", model)
    run(monkeypatch, "teach", *common, "--out", teacher, "--variants", 0)
    scores = torch.load(teacher / "scores.pt")
    assert scores.shape == (2 * N_PAIRS, 208, 2)
    assert bool((scores[:, 1] != 0).all())
    run(monkeypatch, "learn", *common, "--out", reader, "--scores", teacher / "scores.pt", "--layers", 1, "--passes", 2)
    before, after = load_file(model / "model.safetensors"), load_file(reader / "model.safetensors")
    words = "bert.embeddings.word_embeddings.weight"
    assert torch.equal(before[words], after[words])
    assert not torch.equal(before["qa_outputs.weight"], after["qa_outputs.weight"])
    assert "bert.encoder.layer.0.output.dense.weight" in after
    assert "bert.encoder.layer.1.output.dense.weight" not in after
    assert last_entry(reader)["final"]["mills"]["n"] == N_PAIRS / 4
    assert (reader / "tokenizer.json").exists()


def test_a_narrow_reader_is_mended_by_the_wide_one(
    windows: Path, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It keeps its widths and comes nearer to the scores of its teacher; the log tells of both steps."""
    narrow, reader = tmp_path / "narrow", tmp_path / "reader"
    widths = "--heads 1 1 --feed-forward 2 2".split()
    monkeypatch.setattr(
        "sys.argv", ["prune", "--model", str(model), "--windows", str(windows), "--out", str(narrow), *widths]
    )
    prune.main()
    common = ("--windows", windows, "--model", narrow, "--vocabulary", narrow, "--teacher", model)
    run(monkeypatch, "mend", *common, "--out", reader, "--passes", 40, "--rate", 1e-3, "--label-share", 0)
    wide, before, after = (start_scores(folder) for folder in (model, narrow, reader))
    assert (after - wide).norm() < (before - wide).norm()
    assert widths_of(open_trained(reader)) == Widths((1, 1), (2, 2))
    entries = [json.loads(line) for line in (reader / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [entry["what"] for entry in entries if "what" in entry] == ["prune", "mend"]


def test_a_reader_is_tuned_on_a_share_of_the_windows(
    windows: Path, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the sources named only a share is drawn, and the labels pull it away from what it was."""
    reader = tmp_path / "reader"
    common = ("--windows", windows, "--model", model, "--vocabulary", model, "--teacher", model, "--out", reader)
    run(monkeypatch, "tune", *common, "--rate", 1e-3, "--keep", "mill=0.5")
    (began,) = (e for e in map(json.loads, (reader / "log.jsonl").read_text("utf-8").splitlines()) if "steps" in e)
    assert began["keep"] == {"mill": 0.5}
    assert 0 < began["pairs"] < N_PAIRS * 3 / 4
    assert not torch.allclose(start_scores(reader), start_scores(model))


def start_scores(folder: Path) -> torch.Tensor:
    """Return the scores of the words of a text like those trained on."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = torch.tensor([tokenizer.encode("When was the mill built?", "The mill was built in 1805. Ana sold it.").ids])
    with torch.inference_mode():
        scores: torch.Tensor = open_trained(folder).eval()(input_ids=ids).start_logits
    return scores.log_softmax(dim=1)


def test_no_more_is_trained_than_the_time_allows(
    windows: Path, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no time at all the teacher is written as it began."""
    teacher = tmp_path / "teacher"
    common = ("--windows", windows, "--model", model, "--vocabulary", model)
    run(monkeypatch, "teach", *common, "--out", teacher, "--variants", 0, 1, "--minutes", 1e-9)
    entries = (teacher / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [min(json.loads(line)) for line in entries] == ["began_from", "final"]
