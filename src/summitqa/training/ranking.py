"""Fit the reader's ranking and confidence: ``python -m summitqa.training.ranking DATA...``.

Each article of the given SQuAD files is indexed on its own, as a user's document would be, and every
question is asked of the whole of it. Half of the questions lose the paragraph they were asked on: they,
and the unanswerable ones of SQuAD 2.0, teach when to stay silent. The first model ranks the units of a
question (conditional logit), the second says whether the best one answers (logistic regression).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from summitqa.chunking import split_passages
from summitqa.corpus import load_documents
from summitqa.evaluation.gold import load_gold
from summitqa.evaluation.measures import citation_hit
from summitqa.index import IndexWriter, open_index
from summitqa.models import open_encoder
from summitqa.models.features import CONFIDENCE_FEATURES, UNIT_FEATURES
from summitqa.models.reader import READER_FOLDER, HybridReader, RankingWeights, confidence_features
from summitqa.models.spans import SpanModel, load_card
from summitqa.protocols import Encoder, PassageIndex
from summitqa.reading import build_view
from summitqa.retrieval import HybridRetriever
from summitqa.settings import Settings
from summitqa.training.squad import Article, TrainingQuestion, load_articles
from summitqa.types import Document

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question: features (n, len(UNIT_FEATURES)) and which of them answer it, (n,)."""

    features: Matrix
    right: NDArray[np.bool_]


def main() -> None:
    """Fit on the files given, report on a held-out part, write the weights."""
    parser = argparse.ArgumentParser(description="Fit the reader's ranking and confidence.")
    parser.add_argument("data", nargs="+", type=Path, help="SQuAD files")
    parser.add_argument("--out", type=Path, default=Path("src/summitqa/models/weights/ranking.json"))
    parser.add_argument("--questions", type=int, default=60, help="questions sampled of each article")
    parser.add_argument("--articles", type=int, default=40, help="articles sampled of each file")
    parser.add_argument(
        "--gold",
        nargs=2,
        action="append",
        type=Path,
        default=[],
        metavar=("FILE", "FOLDER"),
        help="gold questions and their documents; the dev half joins the fit",
    )
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311 - sampling, not secrets
    articles: list[Article] = []
    for path in options.data:
        of_file = [article for article in load_articles(path, held_out=True) if article.questions]
        articles += rng.sample(of_file, min(options.articles, len(of_file)))
    rng.shuffle(articles)
    held_out = articles[: len(articles) // 5]
    train = articles[len(held_out) :]
    settings = Settings()
    encoder = open_encoder(
        settings.encoder, runtime=settings.runtime, cache_dir=settings.cache_dir, threads=settings.threads
    )
    span_model = SpanModel(READER_FOLDER, threads=settings.threads)
    reader = HybridReader(span_model, _zero_weights())
    examples = [list(_examples(part, encoder, reader, options.questions, rng)) for part in (train, held_out)]
    gold = [example for file, folder in options.gold for example in _gold_examples(file, folder, encoder, reader)]
    dev, test = ([example for split, example in gold if split == name] for name in ("dev", "test"))
    weights = _fit([*examples[0], *dev])
    parts = {"train": examples[0], "held_out": examples[1], "gold_dev": dev, "gold_test": test}
    report = {name: _score(part, weights) for name, part in parts.items() if part}
    sources = [*options.data, *(file for file, _ in options.gold)]
    _save(options.out, weights, sources, options.seed, report)
    print(json.dumps(report, indent=2))


def _gold_examples(file: Path, folder: Path, encoder: Encoder, reader: HybridReader) -> Iterator[tuple[str, Example]]:
    """Yield the gold questions that need no history, asked of all their documents, with their split."""
    documents = load_documents([folder], max_file_bytes=Settings().max_file_bytes)
    by_id = {document.id: document for document in documents}
    with _index_of(documents, encoder) as index:
        retriever = HybridRetriever(index, encoder)
        for question in load_gold(file, by_id.__getitem__):
            if question.history:
                continue
            hits = retriever.retrieve(question.question, Settings().n_read)
            views = [build_view(hit.passage, by_id[hit.passage.document_id].text) for hit in hits]
            candidates, features, _ = reader.describe(question.question, views, [hit.score for hit in hits])
            places = [(views[candidate.view].passage.document_id, candidate.unit) for candidate in candidates]
            right = [citation_hit(question, place) > 0 for place in places]
            yield question.split, Example(features, np.array(right, dtype=bool))


@contextmanager
def _index_of(documents: Sequence[Document], encoder: Encoder) -> Iterator[PassageIndex]:
    """Open an index of *documents* that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        items = []
        for document in documents:
            passages = split_passages(document, encoder, max_tokens=Settings().passage_tokens)
            views = [build_view(passage, document.text).text for passage in passages]
            items.append((document, passages, encoder.encode_passages(views)))
        with IndexWriter(Path(folder), encoder_id=encoder.id, fingerprint="training") as writer:
            writer.replace(set(), items, dim=encoder.dim)
        with open_index(Path(folder), encoder_id=encoder.id) as index:
            yield index


def _examples(
    articles: Sequence[Article], encoder: Encoder, reader: HybridReader, n_questions: int, rng: random.Random
) -> Iterator[Example]:
    for number, article in enumerate(articles, start=1):
        print(f"article {number}/{len(articles)}", end="\r", flush=True)
        with _index_of([article.document], encoder) as index:
            retriever = HybridRetriever(index, encoder)
            for question in rng.sample(article.questions, min(n_questions, len(article.questions))):
                yield _example(question, article, retriever, reader, leave_out=rng.random() < 0.5)


def _example(
    question: TrainingQuestion,
    article: Article,
    retriever: HybridRetriever,
    reader: HybridReader,
    *,
    leave_out: bool,
) -> Example:
    n_read = Settings().n_read
    hits = retriever.retrieve(question.question, 2 * n_read)
    if leave_out:
        hits = [hit for hit in hits if not hit.passage.span.overlaps(question.paragraph)]
    hits = hits[:n_read]
    views = [build_view(hit.passage, article.document.text) for hit in hits]
    candidates, features, _ = reader.describe(question.question, views, [hit.score for hit in hits])
    right = [any(answer in candidate.unit for answer in question.answers) for candidate in candidates]
    return Example(features, np.array(right, dtype=bool))


def _fit(examples: Sequence[Example]) -> RankingWeights:
    unit = _fit_ranking([example for example in examples if example.right.any()])
    of_best = [_best(example, unit) for example in examples if len(example.right)]
    inputs = np.array([features for features, _ in of_best])
    labels = np.array([right for _, right in of_best])
    scale = inputs.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=2000).fit(inputs / scale, labels)
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
    out: Path, weights: RankingWeights, paths: Sequence[Path], seed: int, report: dict[str, dict[str, float]]
) -> None:
    value = {
        "version": weights.version,
        "reader": load_card(READER_FOLDER)["version"],
        "seed": seed,
        "data": {"/".join(path.parts[-2:]): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
        "report": {part: {name: round(number, 4) for name, number in of.items()} for part, of in report.items()},
        "unit": weights.unit,
        "confidence": weights.confidence,
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
