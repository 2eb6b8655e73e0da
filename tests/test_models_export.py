"""Exports of models of other shapes: what can be exported gives the model's vectors, the rest is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from model_folders import add_dense, make_model, write_json
from summitqa.errors import ModelError, ModelNotFoundError
from summitqa.models import open_encoder
from summitqa.models.reference import load_reference

TEXTS = ["Who will attend the talks?", "Peace.", "A much longer text about drones and gas. " * 9]


@pytest.mark.parametrize("pooling", ["mean_tokens", "cls_token", "max_tokens"])
def test_pooling_follows_the_model(tmp_path: Path, pooling: str) -> None:
    """Mean, first-token and maximum pooling give the vectors that sentence-transformers gives."""
    folder = make_model(tmp_path / "model", pooling=pooling)
    encoder = open_encoder(str(folder), runtime="onnx-fp32", cache_dir=tmp_path, threads=1)
    expected = load_reference(folder, device="cpu").encode(TEXTS, normalize_embeddings=True)
    assert np.allclose(encoder.encode_passages(TEXTS), expected, atol=1e-5)
    assert f"/{pooling.partition('_')[0]}-48/" in encoder.id
    assert (encoder.dim, encoder.max_tokens) == (32, 46)


def test_prompts_of_the_model_are_used(tmp_path: Path) -> None:
    """Questions and passages get their own prompts, which are part of the id and of the token budget."""
    folder = make_model(tmp_path / "model", prompts={"query": "query: ", "passage": "passage: "})
    encoder = open_encoder(str(folder), runtime="onnx-fp32", cache_dir=tmp_path, threads=1)
    torch_encoder = open_encoder(str(folder), runtime="torch", cache_dir=tmp_path, threads=2)
    model = load_reference(folder, device="cpu")
    for runtime in (encoder, torch_encoder):
        assert np.allclose(runtime.encode_query(TEXTS), model.encode_query(TEXTS, normalize_embeddings=True), atol=1e-5)
        passages = model.encode(TEXTS, prompt="passage: ", normalize_embeddings=True)
        assert np.allclose(runtime.encode_passages(TEXTS), passages, atol=1e-5)
        assert runtime.max_tokens == 44
        assert "/mean-48-" in runtime.id


def test_model_with_more_modules_runs_in_torch_only(tmp_path: Path) -> None:
    """A dense layer is refused by the export with the runtime to use instead, which gives its vectors."""
    folder = add_dense(make_model(tmp_path / "model"))
    with pytest.raises(ModelError, match=r'pooling "mean\+dense".*SUMMITQA_RUNTIME=torch'):
        open_encoder(str(folder), runtime="onnx-int8", cache_dir=tmp_path, threads=1)
    encoder = open_encoder(str(folder), runtime="torch", cache_dir=tmp_path, threads=2)
    assert encoder.encode_query(TEXTS).shape == (3, 16)
    assert not list((tmp_path / "models").glob(".*")), "the refused export left files"


def test_unknown_pooling_is_refused(tmp_path: Path) -> None:
    """A pooling that the encoder does not know is refused by its name."""
    folder = make_model(tmp_path / "model", pooling="lasttoken")
    with pytest.raises(ModelError, match='pooling "lasttoken" is not one of mean, cls, max'):
        open_encoder(str(folder), runtime="onnx-fp32", cache_dir=tmp_path, threads=1)


def test_export_that_reads_text_otherwise_is_refused(tmp_path: Path) -> None:
    """The proof catches a model that prepares text in a way the export does not, here by another tokenizer."""
    folder = make_model(tmp_path / "model")
    tokenizer = json.loads((folder / "tokenizer.json").read_text())
    tokenizer["normalizer"]["lowercase"] = False
    write_json(folder / "tokenizer.json", tokenizer)
    with pytest.raises(ModelError, match=r"the export has cosine 0\..*SUMMITQA_RUNTIME=torch"):
        open_encoder(str(folder), runtime="onnx-fp32", cache_dir=tmp_path, threads=1)


def test_missing_tokenizer_is_refused(tmp_path: Path) -> None:
    """Without a fast tokenizer there is no export."""
    folder = make_model(tmp_path / "model")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"no tokenizer\.json"):
        open_encoder(str(folder), runtime="onnx-fp32", cache_dir=tmp_path, threads=1)


def test_damaged_tokenizer_is_refused(tmp_path: Path) -> None:
    """A tokenizer that cannot be read is an error of one line."""
    folder = make_model(tmp_path / "model")
    write_json(folder / "tokenizer.json", {"model": None})
    with pytest.raises(ModelError, match="model") as caught:
        open_encoder(str(folder), runtime="onnx-fp32", cache_dir=tmp_path, threads=1)
    assert "\n" not in str(caught.value)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    """Weights that are no weights are an error that names the folder."""
    folder = make_model(tmp_path / "model")
    (folder / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelError, match=str(folder)):
        open_encoder(str(folder), runtime="onnx-fp32", cache_dir=tmp_path, threads=1)


def test_folder_without_weights_is_not_found(tmp_path: Path) -> None:
    """An empty folder is not a model for any runtime."""
    (tmp_path / "model").mkdir()
    for runtime in ("onnx-int8", "torch"):
        with pytest.raises(ModelNotFoundError, match=r"no model\.safetensors"):
            open_encoder(str(tmp_path / "model"), runtime=runtime, cache_dir=tmp_path, threads=1)
