"""Fit the reader's ranking and confidence: ``python -m summitqa.training.ranking DATA...``.

The first model ranks the units of a question (conditional logit), the second says whether the best one answers
(logistic regression). Both are fitted on the examples of :mod:`summitqa.training.examples`: articles that the span
model never saw, the project's own sets made for it, and the ``dev`` halves of gold questions. The ``test`` halves are
only reported.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from summitqa.models.features import CONFIDENCE_FEATURES, UNIT_FEATURES
from summitqa.models.reader import READER_FOLDER, RankingWeights, confidence_features
from summitqa.models.spans import load_card
from summitqa.models.weights import file_sha256
from summitqa.settings import Settings
from summitqa.training.examples import Example, ExampleMaker
from summitqa.training.squad import Article, load_articles

Matrix = NDArray[np.float64]

RANKING_WEIGHT, CONFIDENCE_WEIGHT = 2, 6
"""An own question counts as much as so many public ones: it is asked of tables and lists too, as users' documents have.
With a gold set left out of the fit, the AUROC of the confidence on it is 0.864 with a weight of six and 0.860 with
three; as many best units are right with either, and SQuADShifts is read a point better with a small one."""

REGULARISATION = 0.1
"""Inverse strength (C) of the confidence's regularisation, on features scaled to unit variance."""


def main() -> None:
    """Fit on the files given, report on a held-out part, write the weights."""
    options = _parse()
    parts = _load_parts(options)
    weights = _fit(parts["train"], parts["gold_dev"] + parts["authored"])
    report = {name: _score(part, weights) for name, part in parts.items() if part}
    authored = [folder / "gold.jsonl" for folder in options.authored]
    sources = [*options.data, *(file for file, _ in options.gold), *authored]
    _save(options, weights, sources, report)
    print(json.dumps(report, indent=2))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fit the reader's ranking and confidence.")
    parser.add_argument("data", nargs="+", type=Path, help="SQuAD files")
    parser.add_argument("--out", type=Path, default=Path("src/summitqa/models/weights/ranking.json"))
    parser.add_argument("--reader", type=Path, default=READER_FOLDER, help="folder of the span model")
    parser.add_argument("--questions", type=int, default=60, help="questions sampled of each article")
    parser.add_argument("--articles", type=int, default=40, help="articles sampled of each file")
    parser.add_argument("--cache", type=Path, help="file to keep the examples in, or to take them from if it is there")
    parser.add_argument(
        "--gold",
        nargs=2,
        action="append",
        type=Path,
        default=[],
        metavar=("FILE", "FOLDER"),
        help="gold questions and their documents; the dev half joins the fit",
    )
    parser.add_argument("--authored", nargs="*", type=Path, default=[], help="own sets, all of which joins the fit")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def _load_parts(options: argparse.Namespace) -> dict[str, list[Example]]:
    """Return the examples to train on, those held out, and the gold ones by half."""
    if options.cache and options.cache.exists():
        parts: dict[str, list[Example]] = pickle.loads(options.cache.read_bytes())  # noqa: S301 - our own file
        return parts
    rng = random.Random(options.seed)  # noqa: S311 - sampling, not secrets
    maker = ExampleMaker(Settings(), options.reader, _zero_weights())
    articles: list[Article] = []
    for path in options.data:
        of_file = [article for article in load_articles(path, ["fit"]) if article.questions]
        articles += rng.sample(of_file, min(options.articles, len(of_file)))
    rng.shuffle(articles)
    n_held_out = len(articles) // 5
    made: list[list[Example]] = []
    for number, article in enumerate(articles, start=1):
        print(f"article {number}/{len(articles)}", end="\r", flush=True)
        made.append(list(maker.of_article(article, options.questions, rng)))
    gold = [e for file, folder in options.gold for e in maker.of_gold(file, folder, f"gold/{folder.parent.name}")]
    parts = {
        "train": [example for of_article in made[n_held_out:] for example in of_article],
        "held_out": [example for of_article in made[:n_held_out] for example in of_article],
        "authored": [
            example
            for folder in options.authored
            for example in maker.of_gold(folder / "gold.jsonl", folder / "docs", f"authored/{folder.name}")
        ],
        "gold_dev": [example for example in gold if example.source.endswith("/dev")],
        "gold_test": [example for example in gold if example.source.endswith("/test")],
    }
    if options.cache:
        options.cache.parent.mkdir(parents=True, exist_ok=True)
        options.cache.write_bytes(pickle.dumps(parts))
    return parts


def _fit(public: list[Example], own: list[Example]) -> RankingWeights:
    ranked = [*public, *RANKING_WEIGHT * own]
    unit = _fit_ranking([example for example in ranked if example.right.any()])
    of_best = [_best(example, unit) for example in [*public, *CONFIDENCE_WEIGHT * own] if len(example.right)]
    inputs = np.array([features for features, _ in of_best])
    labels = np.array([right for _, right in of_best])
    scale = inputs.std(axis=0) + 1e-9
    model = LogisticRegression(C=REGULARISATION, max_iter=2000).fit(inputs / scale, labels)
    confidence = dict(zip(CONFIDENCE_FEATURES, model.coef_[0] / scale, strict=True)) | {"bias": model.intercept_[0]}
    rounded = {name: round(float(value), 4) for name, value in zip(UNIT_FEATURES, unit, strict=True)} | {"bias": 0.0}
    confidence = {name: round(float(value), 4) for name, value in confidence.items()}
    return RankingWeights(_version(rounded, confidence), rounded, confidence)


def _fit_ranking(examples: Sequence[Example]) -> Matrix:
    """Maximise the log probability, under a softmax over the units of a question, of the right ones together."""
    weights = torch.zeros(len(UNIT_FEATURES), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")
    data = [(torch.from_numpy(example.features), torch.from_numpy(example.right)) for example in examples]

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        terms = [torch.logsumexp(f @ weights, 0) - torch.logsumexp((f @ weights)[right], 0) for f, right in data]
        value = torch.stack(terms).mean() + 1e-4 * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach().numpy()


def _best(example: Example, unit_weights: Matrix) -> tuple[Matrix, bool]:
    scores = example.features @ unit_weights
    return confidence_features(example.features, scores), bool(example.right[int(np.argmax(scores))])


def _score(examples: Sequence[Example], weights: RankingWeights) -> dict[str, float]:
    unit = np.array([weights.unit[name] for name in UNIT_FEATURES])
    confidence = np.array([weights.confidence[name] for name in CONFIDENCE_FEATURES])
    of_best = [_best(example, unit) for example in examples if len(example.right)]
    labels = np.array([right for _, right in of_best])
    logits = np.array([float(features @ confidence) + weights.confidence["bias"] for features, _ in of_best])
    read = [example for example in examples if len(example.right)]
    findable = [right for (_, right), example in zip(of_best, read, strict=True) if example.right.any()]
    answered = logits > 0
    return {
        "questions": len(of_best),
        "answer_among_units": float(np.mean([e.right.any() for e in examples])),
        "best_unit_right": float(np.mean(findable)),
        "span_alone_right": float(
            np.mean([e.right[int(np.argmax(e.features[:, 0]))] for e in examples if e.right.any()])
        ),
        "auroc_of_confidence": float(roc_auc_score(labels, logits)),
        "coverage_at_half": float(answered.mean()),
        "precision_at_half": float(labels[answered].mean()),
    }


def _zero_weights() -> RankingWeights:
    return RankingWeights(
        "none", dict.fromkeys((*UNIT_FEATURES, "bias"), 0.0), dict.fromkeys((*CONFIDENCE_FEATURES, "bias"), 0.0)
    )


def _version(unit: dict[str, float], confidence: dict[str, float]) -> str:
    """Return what identifies the weights themselves, whatever they were fitted on."""
    return hashlib.sha256(json.dumps([unit, confidence], sort_keys=True).encode()).hexdigest()[:12]


def _save(
    options: argparse.Namespace, weights: RankingWeights, paths: Sequence[Path], report: dict[str, dict[str, float]]
) -> None:
    value = {
        "version": weights.version,
        "reader": load_card(options.reader)["version"],
        "seed": options.seed,
        "data": {"/".join(path.parts[-2:]): file_sha256(path) for path in paths},
        "report": {part: {name: round(number, 4) for name, number in of.items()} for part, of in report.items()},
        "unit": weights.unit,
        "confidence": weights.confidence,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
