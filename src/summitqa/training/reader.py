"""Train the extractive reader: ``python -m summitqa.training.reader --data FOLDER --out FOLDER``.

A question-answering head on the packaged MiniLM, trained on pairs of windows with the losses on labels of
:mod:`summitqa.training.span_losses`. Seeded; stops and resumes at checkpoints; logs loss, learning rate, speed and
held-out scores as JSON lines. :mod:`summitqa.training.distill` goes on from there with a larger model as a teacher.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch

from summitqa.engine import open_passage_encoder
from summitqa.evaluation.measures import token_f1
from summitqa.models.spans import CARD, load_card
from summitqa.models.weights import packaged_model_folder
from summitqa.settings import Settings
from summitqa.training.authored import authored_pairs
from summitqa.training.distill_measures import best_spans
from summitqa.training.loop import LOG, Loop, freeze, log, train
from summitqa.training.span_losses import Scores, Targets, label_loss
from summitqa.training.squad import HELD_OUT
from summitqa.training.structures import structure_pairs
from summitqa.training.warm_start import open_shipped
from summitqa.training.widths import open_trained
from summitqa.training.window_tokens import BUCKETS, Encoded, WindowTokenizer
from summitqa.training.windows import Pair, Window, load_pairs

LIMITS = {
    "squad1_train_sample": 4000,
    "squad2_train_10_articles": 5000,
    "squad2_dev_16_articles": 6000,
    "squadshifts_new_wiki": 6000,
    "squadshifts_amazon_reviews": 5500,
    "squadshifts_reddit": 5500,
    "qamr_wikinews": 6000,
    "qamr_wikipedia": 3000,
}
STRUCTURES = {"tables": 1600, "lists": 800}
CHECKPOINT_EVERY = 200


def main() -> None:
    """Train, or go on training, and write the model folder."""
    parser = argparse.ArgumentParser(description="Train the extractive reader.")
    parser.add_argument("--data", type=Path, required=True, help="folder of SQuAD-form files")
    parser.add_argument("--out", type=Path, required=True, help="model folder; checkpoints are kept in it")
    parser.add_argument("--passes", type=float, default=1.25)
    parser.add_argument("--pairs", type=int, default=16, help="pairs a step")
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate")
    parser.add_argument("--frozen-layers", type=int, default=0, help="lowest layers that are left as they are")
    parser.add_argument("--start", type=Path, help="shipped or trained reader to go on from (default: the base model)")
    parser.add_argument("--share", type=float, default=1.0, help="share of the public data's limits to sample")
    parser.add_argument("--squad2-share", type=float, help="the same for SQuAD 2.0 (default: --share)")
    parser.add_argument("--authored", type=Path, nargs="*", default=[], help="own question sets to train on as well")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.squad2_share is None:
        options.squad2_share = options.share
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)  # noqa: S311 - sampling, not secrets
    tokenizer = WindowTokenizer(packaged_model_folder())
    pairs, held_out = _load_data(options, rng)
    model = _build_model(options.start, options.frozen_layers)
    batches = list(_batches(pairs, tokenizer, options, rng))
    _log_beginning(options, len(pairs), len(held_out), len(batches))
    loop = Loop(options.out, options.rate, CHECKPOINT_EVERY)
    train(model, batches, partial(_loss, pad=tokenizer.pad), lambda batch: len(batch.windows), loop)
    model.save_pretrained(options.out)
    tokenizer.save(options.out)
    log(options.out, {"final": measure(model, held_out, tokenizer)})


def _load_data(options: argparse.Namespace, rng: random.Random) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs to train on, and public ones of held-out articles."""
    pairs, held_out = [], []
    for name, limit in LIMITS.items():
        file = options.data / f"{name}.json"
        share = options.squad2_share if name.startswith("squad2") else options.share
        pairs += load_pairs(file, ["train"], limit=int(limit * share), rng=rng)
        held_out += load_pairs(file, HELD_OUT, limit=250, rng=rng)
    tatqa = options.data.parent / "structure" / "tatqa_dev.json"
    structures = structure_pairs(STRUCTURES["tables"], STRUCTURES["lists"], tatqa, rng)
    held_out += structures[:150]
    pairs += rng.sample(structures[150:], int((len(structures) - 150) * options.share))
    if options.authored:
        encoder = open_passage_encoder(Settings())
        for folder in options.authored:
            pairs += authored_pairs(folder, encoder, rng)
    return pairs, held_out


def _log_beginning(options: argparse.Namespace, n_pairs: int, n_held_out: int, n_steps: int) -> None:
    start = options.start
    began_from = "base model" if start is None else start.name
    if start is not None and (start / CARD).exists():
        began_from = load_card(start)["version"]
    elif start is not None and not options.out.exists():
        options.out.mkdir(parents=True)
        shutil.copyfile(start / LOG, options.out / LOG)
    names = ("seed", "passes", "rate", "share", "squad2_share", "frozen_layers")
    chosen = {name: getattr(options, name) for name in names}
    authored = [folder.name for folder in options.authored]
    sizes = {"pairs": n_pairs, "held_out": n_held_out, "steps": n_steps}
    log(options.out, {**sizes, **chosen, "began_from": began_from, "authored": authored})


def measure(model: torch.nn.Module, pairs: Sequence[Pair], tokenizer: WindowTokenizer) -> dict[str, dict[str, float]]:
    """Return per source: F1 of the span in the right window, and how often that window outscores the other."""
    by_source: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    model.eval()
    for pair in pairs:
        found = [best_span(model, tokenizer, pair.question, window) for window in (pair.first, pair.second)]
        (text, score), (_, other) = found
        if pair.accepted:
            by_source[pair.source].append((token_f1(text, pair.accepted), float(score > other), float(score > 0)))
        else:
            by_source[f"{pair.source}-unanswerable"].append((0.0, 0.0, float(score > 0)))
    model.train()
    names = ("f1", "right_window", "answered")
    return {
        source: {"n": len(rows)} | {name: round(sum(r[i] for r in rows) / len(rows), 4) for i, name in enumerate(names)}
        for source, rows in by_source.items()
    }


@torch.inference_mode()
def best_span(model: torch.nn.Module, tokenizer: WindowTokenizer, question: str, window: Window) -> tuple[str, float]:
    """Return the best span's text and its score minus the score of "not here"."""
    encoded = tokenizer.encode(question, replace(window, answer=None))
    assert encoded is not None
    ids = torch.tensor([encoded.ids])
    types = torch.tensor([[0] * (encoded.question_length + 2) + [1] * (len(encoded.ids) - encoded.question_length - 2)])
    out = model(input_ids=ids, token_type_ids=types, attention_mask=torch.ones_like(ids))
    if not encoded.readable:
        return "", float("-inf")
    readable = torch.zeros_like(ids, dtype=torch.bool)
    readable[0, encoded.readable] = True
    first, last, score = best_spans(Scores(out.start_logits.float(), out.end_logits.float()), readable)
    whole = window.context + window.text
    return whole[encoded.offsets[int(first)][0] : encoded.offsets[int(last)][1]], float(score)


def _build_model(start: Path | None, frozen_layers: int) -> Any:
    """Return the base model with a new head, or the model in *start*: a shipped reader, or one that training wrote."""
    if start is not None and (start / CARD).exists():
        model = open_shipped(start)
    else:
        origin = start or packaged_model_folder()
        model = open_trained(origin)
    freeze(model, frozen_layers)
    return model


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of one length bucket: the first windows, then the second ones in the same order."""

    windows: list[Encoded]
    length: int


def _batches(
    pairs: Sequence[Pair], tokenizer: WindowTokenizer, options: argparse.Namespace, rng: random.Random
) -> Iterator[Batch]:
    """Yield full batches of one bucket each, in a seeded order that a resumed run repeats."""
    encoded = []
    for asked in pairs:
        both = tokenizer.encode(asked.question, asked.first), tokenizer.encode(asked.question, asked.second)
        if both[0] is not None and both[1] is not None:
            encoded.append((both[0], both[1]))
    n_wanted = int(len(encoded) * options.passes)
    order: list[int] = []
    while len(order) < n_wanted:
        order += rng.sample(range(len(encoded)), len(encoded))
    waiting: dict[int, list[tuple[Encoded, Encoded]]] = defaultdict(list)
    for position in order[:n_wanted]:
        pair = encoded[position]
        longest = max(len(window.ids) for window in pair)
        bucket = next(length for length in BUCKETS if longest <= length)
        waiting[bucket].append(pair)
        if len(waiting[bucket]) == options.pairs:
            full = waiting.pop(bucket)
            yield Batch([first for first, _ in full] + [second for _, second in full], bucket)


def _loss(model: Callable[..., Any], batch: Batch, *, pad: int) -> torch.Tensor:
    ids, types, mask, readable = _tensors(batch, pad)
    out = model(input_ids=ids, token_type_ids=types, attention_mask=mask)
    scores = Scores(out.start_logits.float(), out.end_logits.float())
    places = (torch.tensor([getattr(window, name) for window in batch.windows]) for name in ("start", "end"))
    return label_loss(scores, Targets(*places), readable)


def _tensors(batch: Batch, pad: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, token types, attention mask and which tokens may start or end a span (or mean "not here")."""
    shape = (len(batch.windows), batch.length)
    ids = torch.full(shape, pad)
    types, mask = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    readable = torch.zeros(shape, dtype=torch.bool)
    for row, window in enumerate(batch.windows):
        n = len(window.ids)
        ids[row, :n] = torch.tensor(window.ids)
        types[row, window.question_length + 2 : n] = 1
        mask[row, :n] = 1
        readable[row, window.readable] = True
        readable[row, 0] = True
    return ids, types, mask, readable


if __name__ == "__main__":
    main()
