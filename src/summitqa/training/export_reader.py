"""Export a trained reader: ``python -m summitqa.training.export_reader --model FOLDER``.

From a Hugging Face folder to what is shipped: an int8 ONNX graph that reads one window, the tokenizer, and
a model card with digests, data, recipe and held-out scores.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForQuestionAnswering

from summitqa.models.foreign import quiet
from summitqa.models.quantization import quantize_graph
from summitqa.models.spans import CARD, GRAPH, TOKENIZER
from summitqa.models.weights import PACKAGED_NAME, PACKAGED_SHA256, file_sha256
from summitqa.training.reader import LIMITS, STRUCTURES

LICENCES = {
    "squad1_train_sample": "CC BY-SA 4.0",
    "squad2_train_10_articles": "CC BY-SA 4.0",
    "squad2_dev_16_articles": "CC BY-SA 4.0",
    "squadshifts_new_wiki": "CC BY 4.0",
    "squadshifts_amazon_reviews": "CC BY 4.0",
    "squadshifts_reddit": "CC BY 4.0",
    "qamr_wikinews": "MIT",
    "qamr_wikipedia": "MIT",
}


def main() -> None:
    """Write graph, tokenizer and card."""
    parser = argparse.ArgumentParser(description="Export a trained reader.")
    parser.add_argument("--model", type=Path, required=True, help="Hugging Face folder that training wrote")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--out", type=Path, default=Path("src/summitqa/models/weights/reader"))
    parser.add_argument("--authored", type=Path, nargs="*", default=[], help="own question sets it was trained on")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    full = options.out / "model-fp32.onnx"
    export_graph(options.model, full)
    with quiet():
        quantize_graph(full, options.out / GRAPH)
    full.unlink()
    shutil.copyfile(options.model / "tokenizer.json", options.out / TOKENIZER)
    card = _card(options.out, options.model, options.data, options.authored)
    (options.out / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def export_graph(folder: Path, target: Path) -> None:
    """Write the full-precision graph of the Hugging Face model in *folder* to *target*."""
    with quiet():
        _trace(AutoModelForQuestionAnswering.from_pretrained(folder, attn_implementation="eager").eval(), target)


def _trace(model: Any, target: Path) -> None:
    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            out = self.model(input_ids=input_ids, token_type_ids=token_type_ids)
            return out.start_logits, out.end_logits

    ids = torch.arange(11).unsqueeze(0)
    torch.onnx.export(
        Graph().eval(),
        (ids, torch.zeros_like(ids)),
        str(target),
        input_names=["input_ids", "token_type_ids"],
        output_names=["start", "end"],
        dynamic_axes={name: {1: "tokens"} for name in ("input_ids", "token_type_ids", "start", "end")},
        opset_version=17,
        dynamo=False,
    )


def _card(out: Path, model: Path, data: Path, authored: Sequence[Path]) -> dict[str, Any]:
    log = [json.loads(line) for line in (model / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    files = {name: file_sha256(out / name) for name in (GRAPH, TOKENIZER)}
    tables = data.parent / "structure" / "tatqa_dev.json"
    return {
        "version": files[GRAPH][:12],
        "files": files,
        "base": {"name": PACKAGED_NAME, "sha256": PACKAGED_SHA256, "licence": "Apache-2.0"},
        "recipe": "summitqa.training.reader: pairs of windows, span loss and shared normalisation, frozen embeddings",
        "run": [entry for entry in log if "steps" in entry],
        "share_of_trained_weights": next(
            (e["share_of_trained_weights"] for e in log if "share_of_trained_weights" in e), 1
        ),
        "minutes": round(_minutes(log), 1),
        "held_out": next((entry["final"] for entry in reversed(log) if "final" in entry), None),
        "data": {
            name: {"sha256": file_sha256(data / f"{name}.json"), "licence": LICENCES[name], "limit": limit}
            for name, limit in LIMITS.items()
        }
        | {
            "tatqa_dev": {"sha256": file_sha256(tables), "licence": "CC BY 4.0", "limit": None},
            "synthetic tables and lists": {"sha256": None, "licence": "Apache-2.0", "limit": sum(STRUCTURES.values())},
        }
        | {
            f"eval/fitting/{folder.name}": {
                "sha256": file_sha256(folder / "gold.jsonl"),
                "licence": "Apache-2.0",
                "limit": None,
            }
            for folder in authored
        },
    }


def _minutes(log: Sequence[dict[str, Any]]) -> float:
    """Return how long all runs took together; each counts its minutes from its own beginning."""
    told = [float(entry["minutes"]) for entry in log if "minutes" in entry]
    return sum(now for now, after in zip(told, [*told[1:], 0.0], strict=True) if after < now)


if __name__ == "__main__":
    main()
