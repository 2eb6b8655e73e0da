"""Models for tests: the packaged one, and small ones with random weights whose exports take a second."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from summitqa.models import OnnxEncoder, open_encoder
from summitqa.models.foreign import quiet
from summitqa.models.spec import Runtime
from summitqa.models.weights import packaged_model_folder
from summitqa.settings import DEFAULT_ENCODER, Settings

WIDTH = 32
_PARTS = "sentence_transformers.models."


def open_packaged(runtime: Runtime, threads: int = 2) -> OnnxEncoder:
    """Open the packaged encoder from the user's own model cache, where the export survives the run."""
    encoder = open_encoder(DEFAULT_ENCODER, runtime=runtime, cache_dir=Settings().cache_dir, threads=threads)
    assert isinstance(encoder, OnnxEncoder)
    return encoder


def make_model(folder: Path, *, pooling: str = "mean_tokens", prompts: dict[str, str] | None = None) -> Path:
    """Write a two-layer BERT with the packaged tokenizer and the given pooling and prompts to *folder*."""
    with quiet():
        import torch
        from transformers import BertConfig, BertModel

        torch.manual_seed(7)
        config = BertConfig(
            hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64, vocab_size=30522
        )
        BertModel(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(packaged_model_folder() / name, folder / name)
    modes = {
        f"pooling_mode_{mode}": mode == pooling for mode in ("mean_tokens", "cls_token", "max_tokens", "lasttoken")
    }
    (folder / "1_Pooling").mkdir()
    write_json(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": WIDTH, **modes})
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": 48, "do_lower_case": False})
    write_json(folder / "config_sentence_transformers.json", {"prompts": prompts or {}, "default_prompt_name": None})
    parts = ("", "Transformer"), ("1_Pooling", "Pooling")
    modules = [{"idx": i, "name": str(i), "path": path, "type": _PARTS + kind} for i, (path, kind) in enumerate(parts)]
    write_json(folder / "modules.json", modules)
    return folder


def add_dense(folder: Path) -> Path:
    """Put a dense layer behind the pooling of the model in *folder*."""
    with quiet():
        from sentence_transformers.sentence_transformer.modules import Dense

        (folder / "2_Dense").mkdir()
        Dense(in_features=WIDTH, out_features=16).save(str(folder / "2_Dense"))
    modules = json.loads((folder / "modules.json").read_text())
    modules.append({"idx": 2, "name": "2", "path": "2_Dense", "type": _PARTS + "Dense"})
    write_json(folder / "modules.json", modules)
    return folder


def write_json(path: Path, value: Any) -> None:
    """Write *value* to *path* as JSON."""
    path.write_text(json.dumps(value), encoding="utf-8")


def flip_byte(path: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
