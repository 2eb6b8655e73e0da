"""Measure the reader on articles nothing was trained or fitted on: ``python -m summitqa.training.measure_reader``.

The ``report`` part of each source is written in SQuAD form and evaluated like any SQuAD file with its context given
(:mod:`summitqa.evaluation.formats.squad`): F1 and exact match when an answer is forced, and how well the confidence
tells answerable questions from SQuAD 2.0's human-written near misses. With ``--model`` the full-precision graph is
measured beside the shipped int8 one. Results go to the model card's folder.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sklearn.metrics import roc_auc_score

from summitqa.engine import open_passage_encoder
from summitqa.evaluation.formats.asking import RunOptions
from summitqa.evaluation.formats.squad import evaluate_squad
from summitqa.evaluation.formats.squad_scores import SquadPrediction, score_predictions
from summitqa.models.reader import READER_FOLDER, HybridReader, load_weights
from summitqa.models.spans import CARD, GRAPH, TOKENIZER, SpanModel
from summitqa.models.weights import file_sha256
from summitqa.settings import Settings
from summitqa.training.export_reader import OUTPUTS, load_trained
from summitqa.training.graphs import write_graph
from summitqa.training.squad import load_parts

SOURCES: dict[str, tuple[str, ...]] = {
    "squad": ("squad1_train_sample", "squad2_dev_16_articles"),
    "squadshifts": ("squadshifts_new_wiki", "squadshifts_amazon_reviews", "squadshifts_reddit"),
    "qamr": ("qamr_wikinews", "qamr_wikipedia"),
}
RESULTS = "held_out.json"


def main() -> None:
    """Measure every source with each graph and write the results."""
    parser = argparse.ArgumentParser(description="Measure the reader on held-out articles.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the SQuAD-form files")
    parser.add_argument("--model", type=Path, help="Hugging Face folder, to measure full precision as well")
    parser.add_argument("--out", type=Path, default=READER_FOLDER / RESULTS)
    parser.add_argument("--sample", type=int, help="questions of each source (default: all)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        readers = {"int8": READER_FOLDER}
        if options.model:
            readers["fp32"] = _full_precision(options.model, Path(folder) / "fp32")
        files = {name: _write(options.data, name, Path(folder)) for name in SOURCES}
        results = {
            precision: {name: _measure(file, reader, options.sample) for name, file in files.items()}
            for precision, reader in readers.items()
        }
    options.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=2))


def _write(data: Path, name: str, folder: Path) -> Path:
    """Write the report part of a source in SQuAD form."""
    target = folder / f"{name}.json"
    articles = [
        {"title": part.title, "paragraphs": list(_with_own_ids(part.paragraphs, f"{stem}-{number}"))}
        for stem in SOURCES[name]
        for number, part in enumerate(load_parts(data / f"{stem}.json", ["report"]))
    ]
    target.write_text(json.dumps({"version": "v2.0", "data": articles}), encoding="utf-8")
    return target


def _with_own_ids(paragraphs: list[dict[str, Any]], prefix: str) -> Iterator[dict[str, Any]]:
    for number, paragraph in enumerate(paragraphs):
        qas = [{**qa, "id": f"{prefix}-{number}-{i}"} for i, qa in enumerate(paragraph["qas"])]
        yield {**paragraph, "qas": qas}


def _measure(file: Path, reader_folder: Path, sample: int | None) -> dict[str, float]:
    settings = Settings()
    encoder = open_passage_encoder(settings)
    reader = HybridReader(SpanModel(reader_folder, threads=settings.threads), load_weights())
    options = RunOptions(sample=sample)
    result = evaluate_squad(
        file, encoder=encoder, reader=reader, settings=settings, mode="reader_only", options=options
    )
    forced = score_predictions(result.predictions, 0.0).has_answer
    figures = {"questions": len(result.predictions), "f1": forced.f1 or 0.0, "exact_match": forced.exact or 0.0}
    return {name: round(value, 2) for name, value in figures.items()} | _separation(result.predictions)


def _separation(predictions: tuple[SquadPrediction, ...]) -> dict[str, float]:
    """Return the AUROC of the confidence between answerable and unanswerable questions, if there are both."""
    labels = [bool(p.accepted) for p in predictions]
    if all(labels):
        return {}
    return {
        "unanswerable": labels.count(False),
        "auroc": round(float(roc_auc_score(labels, [p.confidence for p in predictions])), 4),
    }


def _full_precision(model: Path, folder: Path) -> Path:
    """Export *model* without quantisation into a folder that opens as a reader."""
    folder.mkdir()
    write_graph(load_trained(model), folder / GRAPH, OUTPUTS)
    shutil.copyfile(model / TOKENIZER, folder / TOKENIZER)
    files = {name: file_sha256(folder / name) for name in (GRAPH, TOKENIZER)}
    (folder / CARD).write_text(json.dumps({"version": "fp32", "files": files}), encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
