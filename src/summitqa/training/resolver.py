"""Train the resolver's model: ``python -m summitqa.training.resolver --data FOLDER --out FOLDER``.

The recipe of QuReTeC (Voskarides et al. 2020) on the packaged MiniLM: a score for the first token of each word of the
earlier turns, cross-entropy against "a person added this word when writing the question out". Seeded; stops and
resumes at checkpoints; logs loss, rate, speed and scores on the articles held out for choosing as JSON lines.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional
from transformers import AutoModelForTokenClassification

from summitqa.models.resolver import TermWindow, build_window
from summitqa.models.tokens import ModelTokenizer
from summitqa.models.weights import packaged_model_folder
from summitqa.training.loop import Loop, freeze, log, train
from summitqa.training.resolver_data import TermExample, load_canard, missing_words, term_examples, texts_of
from summitqa.words import content_words

BUCKETS = (32, 48, 64, 80, 96, 112, 136, 160)
WINDOW = {"max_tokens": 160, "max_text_tokens": 48}
"""More than is read at run time, so that the model learns from more of each conversation."""

N_HELD_OUT = 400
ALONE = 0.35
"""Share of follow-ups beside which a question that stands alone is learnt."""

FROZEN_LAYERS = 1
"""The lowest layers, which know words and no sentences, stay as they are."""

POSITIVE_WEIGHT = 2.0
"""Weight of a missing word; there are some fourteen others for each."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A window with the token positions that carry a label, and the labels: 1 for a missing word."""

    window: TermWindow
    tokens: list[int]
    labels: list[float]


def main() -> None:
    """Train, or go on training, and write the model folder."""
    parser = argparse.ArgumentParser(description="Train the resolver's model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of canard.json and cast2019.json")
    parser.add_argument("--out", type=Path, required=True, help="model folder; checkpoints are kept in it")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--batch", type=int, default=16, help="windows a step")
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate")
    parser.add_argument("--limit", type=int, help="examples at most (default: all)")
    parser.add_argument("--layers", type=int, default=3, help="lowest layers of the base model that are kept")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--compile", action="store_true", help="compile the model; worth its minute on long runs")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)  # noqa: S311 - sampling, not secrets
    tokenizer = ModelTokenizer(packaged_model_folder() / "tokenizer.json")
    batches = list(_batches(tokenizer, options, rng))
    held_out = [
        TermExample(texts_of(one.written_out), one.question, missing_words(one.question, one.rewrite))
        for one in load_canard(options.data / "canard.json", "dev")[:N_HELD_OUT]
    ]
    chosen = {name: getattr(options, name) for name in ("seed", "passes", "batch", "rate", "limit", "layers")}
    log(
        options.out,
        {"steps": len(batches), "held_out": len(held_out), "alone": ALONE, "frozen_layers": FROZEN_LAYERS, **chosen},
    )
    model = _build_model(options.layers)
    train(model, batches, _loss, len, Loop(options.out, options.rate, 100, options.compile))
    model.save_pretrained(options.out)
    log(options.out, {"final": measure(model, [label(example, tokenizer) for example in held_out])})


def label(example: TermExample, tokenizer: ModelTokenizer) -> Labelled:
    """Return the window of *example* with a label for each content word of the earlier turns."""
    window = build_window(tokenizer, example.history, example.question, **WINDOW)
    tokens, labels = [], []
    for word in window.words:
        parts = set(content_words(word.span.text_of(example.history[word.text])))
        if parts:
            tokens.append(word.token)
            labels.append(float(not parts.isdisjoint(example.missing)))
    return Labelled(window, tokens, labels)


@torch.inference_mode()
def measure(model: torch.nn.Module, examples: Sequence[Labelled]) -> dict[str, float]:
    """Return precision, recall and F1 of the missing words at a probability of one half."""
    right = found = wanted = 0
    model.eval()
    for example in examples:
        labels = torch.tensor(example.labels)
        scores = _scores(model, [example], len(example.window.ids))[0, example.tokens]
        right += int(((scores > 0) & (labels > 0)).sum())
        found += int((scores > 0).sum())
        wanted += int(labels.sum())
    model.train()
    return {
        "precision": round(right / max(1, found), 4),
        "recall": round(right / max(1, wanted), 4),
        "f1": round(2 * right / max(1, found + wanted), 4),
    }


def _build_model(n_layers: int) -> Any:
    model = AutoModelForTokenClassification.from_pretrained(
        packaged_model_folder(), num_labels=1, num_hidden_layers=n_layers, attn_implementation="sdpa"
    )
    freeze(model, FROZEN_LAYERS)
    return model


def _batches(tokenizer: ModelTokenizer, options: argparse.Namespace, rng: random.Random) -> Iterator[list[Labelled]]:
    """Yield full batches of one length bucket each, in a seeded order that a resumed run repeats."""
    follow_ups = load_canard(options.data / "canard.json", "train")
    waiting: dict[int, list[Labelled]] = defaultdict(list)
    for _ in range(options.passes):
        examples = list(term_examples(follow_ups, rng, alone=ALONE))
        rng.shuffle(examples)
        for example in examples[: options.limit]:
            labelled = label(example, tokenizer)
            bucket = next(length for length in BUCKETS if len(labelled.window.ids) <= length)
            waiting[bucket].append(labelled)
            if len(waiting[bucket]) == options.batch:
                yield waiting.pop(bucket)


def _loss(model: Callable[..., Any], batch: Sequence[Labelled]) -> torch.Tensor:
    length = next(bucket for bucket in BUCKETS if max(len(one.window.ids) for one in batch) <= bucket)
    scores = _scores(model, batch, length)
    rows = [row for row, one in enumerate(batch) for _ in one.tokens]
    picked = scores[rows, [token for one in batch for token in one.tokens]]
    labels = torch.tensor([value for one in batch for value in one.labels])
    return functional.binary_cross_entropy_with_logits(picked, labels, pos_weight=torch.tensor(POSITIVE_WEIGHT))


def _scores(model: Callable[..., Any], batch: Sequence[Labelled], length: int) -> torch.Tensor:
    """Return the score of every token, float32 (windows, length)."""
    ids, types, mask = (torch.zeros((len(batch), length), dtype=torch.long) for _ in range(3))
    for row, one in enumerate(batch):
        n = len(one.window.ids)
        ids[row, :n], types[row, :n], mask[row, :n] = torch.tensor(one.window.ids), torch.tensor(one.window.types), 1
    logits: torch.Tensor = model(input_ids=ids, token_type_ids=types, attention_mask=mask).logits
    return logits[..., 0].float()


if __name__ == "__main__":
    main()
