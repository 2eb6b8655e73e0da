"""Export a trained resolver: ``python -m summitqa.training.resolver_export --model FOLDER --data FOLDER``.

Writes, as package data, the int8 graph, the tokenizer and a card: digests of files and data, licences, recipe, seed and
scores.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForTokenClassification

from summitqa.models.foreign import quiet
from summitqa.models.quantization import quantize_graph
from summitqa.models.resolver import CARD, RESOLVER_FOLDER
from summitqa.models.spans import GRAPH, TOKENIZER
from summitqa.models.weights import PACKAGED_NAME, PACKAGED_SHA256, file_sha256, packaged_model_folder

DATA = {
    "canard": ("CC BY-SA 4.0", "trained on 80 % of the articles; the others for choosing and for measuring"),
    "cast2019": ("MIT", "not trained on; one half of the topics for choosing, one for measuring"),
}


def main() -> None:
    """Write graph, tokenizer and card."""
    parser = argparse.ArgumentParser(description="Export a trained resolver.")
    parser.add_argument("--model", type=Path, required=True, help="Hugging Face folder that training wrote")
    parser.add_argument("--data", type=Path, required=True, help="folder of canard.json and cast2019.json")
    parser.add_argument("--out", type=Path, default=RESOLVER_FOLDER)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    full = options.out / "model-fp32.onnx"
    with quiet():
        export_graph(options.model, full)
        quantize_graph(full, options.out / GRAPH)
    full.unlink()
    shutil.copyfile(packaged_model_folder() / TOKENIZER, options.out / TOKENIZER)
    card = _card(options.out, options.model, options.data)
    (options.out / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def export_graph(folder: Path, target: Path) -> None:
    """Write the full-precision graph of the Hugging Face model in *folder* to *target*."""
    model = AutoModelForTokenClassification.from_pretrained(folder, attn_implementation="eager").eval()

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.model(input_ids=input_ids, token_type_ids=token_type_ids).logits
            return logits[..., 0]

    ids = torch.arange(11).unsqueeze(0)
    torch.onnx.export(
        Graph().eval(),
        (ids, torch.zeros_like(ids)),
        str(target),
        input_names=["input_ids", "token_type_ids"],
        output_names=["scores"],
        dynamic_axes={name: {1: "tokens"} for name in ("input_ids", "token_type_ids", "scores")},
        opset_version=17,
        dynamo=False,
    )


def _card(out: Path, model: Path, data: Path) -> dict[str, Any]:
    log = [json.loads(line) for line in (model / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    files = {name: file_sha256(out / name) for name in (GRAPH, TOKENIZER)}
    return {
        "version": files[GRAPH][:12],
        "files": files,
        "base": {"name": PACKAGED_NAME, "sha256": PACKAGED_SHA256, "licence": "Apache-2.0"},
        "recipe": "summitqa.training.resolver: QuReTeC (Voskarides et al. 2020), one score a word, frozen embeddings",
        "run": [entry for entry in log if "steps" in entry],
        "minutes": next((entry["minutes"] for entry in reversed(log) if "minutes" in entry), None),
        "held_out": next((entry["final"] for entry in reversed(log) if "final" in entry), None),
        "data": {
            name: {"sha256": file_sha256(data / f"{name}.json"), "licence": licence, "use": use}
            for name, (licence, use) in DATA.items()
        },
    }


if __name__ == "__main__":
    main()
