"""Export a trained resolver: ``python -m summitqa.training.export_resolver --model FOLDER --data FOLDER``.

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
from summitqa.models.resolver import CARD, RESOLVER_FOLDER
from summitqa.models.spans import GRAPH, TOKENIZER
from summitqa.models.weights import PACKAGED_NAME, PACKAGED_SHA256, file_sha256, packaged_model_folder
from summitqa.training.graphs import describe_runs, read_log, write_int8_graph

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
    with quiet():
        model = AutoModelForTokenClassification.from_pretrained(options.model, attn_implementation="eager")
    write_int8_graph(_WordScores(model), options.out, ["scores"])
    shutil.copyfile(packaged_model_folder() / TOKENIZER, options.out / TOKENIZER)
    card = _card(options.out, options.model, options.data)
    (options.out / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


class _WordScores(torch.nn.Module):
    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.model(input_ids=input_ids, token_type_ids=token_type_ids).logits
        return logits[..., 0]


def _card(out: Path, model: Path, data: Path) -> dict[str, Any]:
    files = {name: file_sha256(out / name) for name in (GRAPH, TOKENIZER)}
    return {
        "version": files[GRAPH][:12],
        "files": files,
        "base": {"name": PACKAGED_NAME, "sha256": PACKAGED_SHA256, "licence": "Apache-2.0"},
        "recipe": "summitqa.training.resolver: QuReTeC (Voskarides et al. 2020), one score a word, frozen embeddings",
        **describe_runs(read_log(model)),
        "data": {
            name: {"sha256": file_sha256(data / f"{name}.json"), "licence": licence, "use": use}
            for name, (licence, use) in DATA.items()
        },
    }


if __name__ == "__main__":
    main()
