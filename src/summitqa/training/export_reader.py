"""Export a trained reader: ``python -m summitqa.training.export_reader --model FOLDER``.

From a Hugging Face folder to what is shipped: an int8 ONNX graph that reads one window, the tokenizer, and
a model card with digests, data, recipe and held-out scores.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from summitqa.models.foreign import quiet
from summitqa.models.spans import CARD, GRAPH, TOKENIZER
from summitqa.models.weights import PACKAGED_NAME, PACKAGED_SHA256, file_sha256
from summitqa.training.distill_data import LIMITS
from summitqa.training.graphs import describe_runs, read_log, write_int8_graph
from summitqa.training.reader import STRUCTURES
from summitqa.training.widths import open_trained, widths_of

OUTPUTS = ("start", "end")

TEACHER = {
    "name": "all-mpnet-base-v2",
    "sha256": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "licence": "Apache-2.0",
}

RECIPE = "summitqa.training.reader: pairs of windows, span loss and shared normalisation, frozen embeddings"
RECIPES_OF_MORE = {
    "learn": "distill learn: the mean scores of larger models ({teachers} of them) beside the labels",
    "prune": "summitqa.training.prune",
    "mend": "distill mend with the wide reader as teacher",
    "tune": "distill tune on more of our own questions, with a trained reader as teacher beside the labels",
}
"""What the recipe goes on with, by the steps in the log."""

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
    parser.add_argument("--questions", type=Path, help="own questions on public paragraphs it was trained on")
    options = parser.parse_args()
    reader = load_trained(options.model)
    write_int8_graph(reader, options.out, OUTPUTS)
    shutil.copyfile(options.model / "tokenizer.json", options.out / TOKENIZER)
    own = {folder.name: folder / "gold.jsonl" for folder in options.authored}
    if options.questions:
        own[options.questions.name] = options.questions
    card = _card(options.out, options.model, options.data, own) | {"widths": asdict(widths_of(reader.model))}
    (options.out / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def load_trained(folder: Path) -> torch.nn.Module:
    """Return the Hugging Face model in *folder* as a module that gives :data:`OUTPUTS`."""
    with quiet():
        return _SpanScores(open_trained(folder))


class _SpanScores(torch.nn.Module):
    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        out = self.model(input_ids=input_ids, token_type_ids=token_type_ids)
        return out.start_logits, out.end_logits


def _card(out: Path, model: Path, data: Path, own: Mapping[str, Path]) -> dict[str, Any]:
    log = read_log(model)
    further = [
        RECIPES_OF_MORE[entry["what"]].format(teachers=len(entry.get("teachers") or ()))
        for entry in log
        if entry.get("what") in RECIPES_OF_MORE
    ]
    files = {name: file_sha256(out / name) for name in (GRAPH, TOKENIZER)}
    tables = data.parent / "structure" / "tatqa_dev.json"
    return {
        "version": files[GRAPH][:12],
        "files": files,
        "base": {"name": PACKAGED_NAME, "sha256": PACKAGED_SHA256, "licence": "Apache-2.0"},
        "teacher": TEACHER,
        "recipe": "; then ".join([RECIPE, *(step for step, _ in itertools.groupby(further))]),
        **describe_runs(log),
        "share_of_trained_weights": next(
            (e["share_of_trained_weights"] for e in reversed(log) if "share_of_trained_weights" in e), 1
        ),
        "data": {
            name: {"sha256": file_sha256(data / f"{name}.json"), "licence": LICENCES[name], "limit": limit}
            for name, limit in LIMITS.items()
        }
        | {
            "tatqa_dev": {"sha256": file_sha256(tables), "licence": "CC BY 4.0", "limit": None},
            "synthetic tables and lists": {"sha256": None, "licence": "Apache-2.0", "limit": sum(STRUCTURES.values())},
        }
        | {
            f"eval/fitting/{name}": {"sha256": file_sha256(file), "licence": "Apache-2.0", "limit": None}
            for name, file in own.items()
        },
    }


if __name__ == "__main__":
    main()
