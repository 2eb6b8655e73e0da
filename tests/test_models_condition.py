"""What the doctor is told of the encoder, whatever state it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_folders import flip_byte
from summitqa.models import OnnxEncoder, describe_models
from summitqa.models.weights import PACKAGED_SHA256
from summitqa.settings import DEFAULT_ENCODER, Settings


def test_ready_encoder_has_its_identity(minilm: OnnxEncoder) -> None:
    """With weights and export in order the condition tells the id that indexes record, and no problem."""
    condition = describe_models(DEFAULT_ENCODER, runtime="onnx-int8", cache_dir=Settings().cache_dir)
    assert (condition.encoder_id, condition.export, condition.problems) == (minilm.id, "ready", ())
    assert condition.weights_sha256 == PACKAGED_SHA256


def test_missing_export_is_no_problem(tmp_path: Path) -> None:
    """Before the first use there is no export, which is made by itself; looking makes nothing."""
    condition = describe_models(DEFAULT_ENCODER, runtime="onnx-fp32", cache_dir=tmp_path)
    assert (condition.export, condition.encoder_id, condition.problems) == ("missing", None, ())
    assert list(tmp_path.iterdir()) == []


def test_torch_uses_no_export(tmp_path: Path) -> None:
    """The torch runtime has weights and no export."""
    condition = describe_models(DEFAULT_ENCODER, runtime="torch", cache_dir=tmp_path)
    assert (condition.export, condition.export_folder) == ("unused", None)


def test_damaged_export_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    """A damaged export is named with what mends it."""
    folder = describe_models(DEFAULT_ENCODER, runtime="onnx-int8", cache_dir=tmp_path).export_folder
    assert folder is not None
    Path(folder).mkdir(parents=True)
    (Path(folder) / "encoder.json").write_text('{"sha256": "", "files": {}}')
    flip_byte(Path(folder) / "encoder.json")
    condition = describe_models(DEFAULT_ENCODER, runtime="onnx-int8", cache_dir=tmp_path)
    assert condition.export == "damaged"
    assert [f"{folder}/encoder.json: damaged" in problem for problem in condition.problems] == [True]


@pytest.mark.parametrize("name", ["nobody/nothing", "empty"])
def test_absent_model_is_a_problem(name: str, tmp_path: Path) -> None:
    """A model that is not there, or a folder without weights, is one problem and no error."""
    (tmp_path / "empty").mkdir()
    shown = name.replace("empty", str(tmp_path / "empty"))
    condition = describe_models(shown, runtime="onnx-int8", cache_dir=tmp_path)
    assert [problem.startswith(shown) for problem in condition.problems] == [True]
    assert condition.weights_sha256 is None
