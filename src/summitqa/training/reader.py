"""Train the extractive reader: ``python -m summitqa.training.reader --data FOLDER --out FOLDER``.

A question-answering head on the packaged MiniLM, trained on pairs of windows with two losses: the usual
one (the span, or the first token for "not here", Devlin et al. 2019) and one softmax over both windows
of a pair (shared normalisation, Clark and Gardner 2018), which puts passages on one scale. Seeded; stops
and resumes at checkpoints; logs loss, learning rate, speed and held-out scores as JSON lines.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from summitqa.evaluation.measures import token_f1
from summitqa.models.spans import load_card
from summitqa.models.weights import packaged_model_folder
from summitqa.training.squad import HELD_OUT
from summitqa.training.structures import structure_pairs
from summitqa.training.warm_start import load_graph_weights
from summitqa.training.windows import Pair, Window, load_pairs

LIMITS = {
    "squad1_train_sample": 4000,
    "squad2_train_10_articles": 5000,
    "squad2_dev_16_articles": 6000,
    "squadshifts_new_wiki": 4500,
    "squadshifts_amazon_reviews": 1000,
    "squadshifts_reddit": 1500,
    "qamr_wikinews": 4000,
    "qamr_wikipedia": 800,
}
STRUCTURES = {"tables": 1600, "lists": 800}
BUCKETS = (96, 128, 160, 208)
MAX_QUESTION_TOKENS = 40
MAX_ANSWER_TOKENS = 30


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window as token ids; ``start`` and ``end`` are token positions, 0 for "not here".

    Attributes:
        readable: positions at which a span may start or end.
        offsets: where each token stands in context and text together.
    """

    ids: list[int]
    question_length: int
    start: int
    end: int
    readable: list[int]
    offsets: list[tuple[int, int]]


class WindowTokenizer:
    """Turns a question and a window into token ids: [CLS] question [SEP] context text [SEP]."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self.cls, self.sep, self.pad = (
            self._tokenizer.cls_token_id,
            self._tokenizer.sep_token_id,
            self._tokenizer.pad_token_id,
        )

    def encode(self, question: str, window: Window, max_length: int = BUCKETS[-1]) -> Encoded | None:
        """Return the tokens, ``None`` if the answer is cut off."""
        asked = self._tokenizer(window.question or question, add_special_tokens=False)["input_ids"]
        asked = asked[:MAX_QUESTION_TOKENS]
        whole = window.context + window.text
        read = self._tokenizer(whole, add_special_tokens=False, return_offsets_mapping=True)
        room = max_length - len(asked) - 3
        ids, offsets = read["input_ids"][:room], read["offset_mapping"][:room]
        shift = len(asked) + 2
        quotable = [(low + len(window.context), high + len(window.context)) for low, high in window.cells]
        quotable = quotable or [(len(window.context), len(whole))]
        readable = [
            i + shift
            for i, (s, e) in enumerate(offsets)
            if s < e and any(low <= s and e <= high for low, high in quotable)
        ]
        start = end = 0
        if window.answer is not None:
            low, high = (position + len(window.context) for position in window.answer)
            inside = [i for i, (s, e) in enumerate(offsets) if s < high and e > low]
            if not inside or offsets[inside[-1]][1] < high:
                return None
            start, end = inside[0] + shift, inside[-1] + shift
        tokens = [self.cls, *asked, self.sep, *ids, self.sep]
        return Encoded(tokens, len(asked), start, end, readable, [(0, 0)] * shift + offsets + [(0, 0)])


def main() -> None:
    """Train, or go on training, and write the model folder."""
    parser = argparse.ArgumentParser(description="Train the extractive reader.")
    parser.add_argument("--data", type=Path, required=True, help="folder of SQuAD-form files")
    parser.add_argument("--out", type=Path, required=True, help="model folder; checkpoints are kept in it")
    parser.add_argument("--passes", type=float, default=1.25)
    parser.add_argument("--pairs", type=int, default=16, help="pairs a step")
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate")
    parser.add_argument("--start", type=Path, help="folder of a shipped reader to go on from (default: the base model)")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)  # noqa: S311 - sampling, not secrets
    tokenizer = WindowTokenizer(packaged_model_folder())
    train, held_out = [], []
    for name, limit in LIMITS.items():
        train += load_pairs(options.data / f"{name}.json", ["train"], limit=limit, rng=rng)
        held_out += load_pairs(options.data / f"{name}.json", HELD_OUT, limit=250, rng=rng)
    tatqa = options.data.parent / "structure" / "tatqa_dev.json"
    structures = structure_pairs(STRUCTURES["tables"], STRUCTURES["lists"], tatqa, rng)
    train, held_out = train + structures[150:], held_out + structures[:150]
    model = _build_model()
    if options.start is not None:
        load_graph_weights(model, options.start)
    batches = list(_batches(train, tokenizer, options, rng))
    began_from = load_card(options.start)["version"] if options.start else "base model"
    chosen = {"seed": options.seed, "passes": options.passes, "rate": options.rate, "began_from": began_from}
    _log(options.out, {"pairs": len(train), "held_out": len(held_out), "steps": len(batches), **chosen})
    _train(model, batches, tokenizer, options, held_out)
    model.save_pretrained(options.out)
    tokenizer._tokenizer.save_pretrained(options.out)  # noqa: SLF001 - our own wrapper
    _log(options.out, {"final": measure(model, held_out, tokenizer)})


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
    start, end = out.start_logits[0].float(), out.end_logits[0].float()
    if not encoded.readable:
        return "", float("-inf")
    low, high = encoded.readable[0], encoded.readable[-1] + 1
    n = high - low
    closed = torch.ones(n, dtype=torch.bool)
    closed[[position - low for position in encoded.readable]] = False
    scores = start[low:high, None] + end[None, low:high]
    allowed = torch.ones(n, n).triu() - torch.ones(n, n).triu(MAX_ANSWER_TOKENS)
    scores = scores.masked_fill((allowed == 0) | closed[:, None] | closed[None, :], float("-inf"))
    best = int(scores.argmax())
    first, last = low + best // n, low + best % n
    whole = window.context + window.text
    return whole[encoded.offsets[first][0] : encoded.offsets[last][1]], float(scores.max() - start[0] - end[0])


def _build_model() -> Any:
    model = AutoModelForQuestionAnswering.from_pretrained(packaged_model_folder(), attn_implementation="eager")
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    for parameter in model.get_submodule("bert.embeddings").parameters():
        parameter.requires_grad = False
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
        order += rng.sample(range(len(encoded)), min(len(encoded), n_wanted - len(order)))
    waiting: dict[int, list[tuple[Encoded, Encoded]]] = defaultdict(list)
    for position in order:
        pair = encoded[position]
        longest = max(len(window.ids) for window in pair)
        bucket = next(length for length in BUCKETS if longest <= length)
        waiting[bucket].append(pair)
        if len(waiting[bucket]) == options.pairs:
            full = waiting.pop(bucket)
            yield Batch([first for first, _ in full] + [second for _, second in full], bucket)


def _train(
    model: torch.nn.Module,
    batches: Sequence[Batch],
    tokenizer: WindowTokenizer,
    options: argparse.Namespace,
    held_out: Sequence[Pair],
) -> None:
    trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trainable, lr=options.rate, weight_decay=0.01)
    checkpoint, first = options.out / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    compiled = torch.compile(model, dynamic=False)
    has_bf16 = torch.cpu._is_avx512_bf16_supported()  # noqa: SLF001 - elsewhere bf16 is emulated, ten times slower
    began, n_windows, losses = time.perf_counter(), 0, []
    for step in range(first, len(batches)):
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bf16):
            loss = _loss(compiled, batches[step], tokenizer)
        loss.backward()  # type: ignore[no-untyped-call]
        rate = _set_rate(optimizer, options.rate, step, len(batches))
        torch.nn.utils.clip_grad_norm_(trainable, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(float(loss.detach()))
        n_windows += len(batches[step].windows)
        if (step + 1) % 20 == 0:
            speed = n_windows / (time.perf_counter() - began)
            mean = sum(losses) / len(losses)
            _log(
                options.out,
                {
                    "step": step + 1,
                    "of": len(batches),
                    "loss": round(mean, 4),
                    "rate": rate,
                    "windows_per_s": round(speed, 1),
                    "minutes": round((time.perf_counter() - began) / 60, 1),
                },
            )
            losses = []
        if (step + 1) % 300 == 0:
            _save_checkpoint(checkpoint, model, optimizer, step + 1)
        if (step + 1) % 900 == 0:
            _log(options.out, {"step": step + 1, "held_out": measure(model, held_out[::4], tokenizer)})


def _set_rate(optimizer: torch.optim.Optimizer, peak: float, step: int, n_steps: int) -> float:
    """Rise linearly over the first twentieth of the steps, then fall linearly to zero."""
    warmup = max(1, n_steps // 20)
    rate = peak * min((step + 1) / warmup, (n_steps - step) / max(1, n_steps - warmup))
    for group in optimizer.param_groups:
        group["lr"] = rate
    return rate


def _loss(model: Callable[..., Any], batch: Batch, tokenizer: WindowTokenizer) -> torch.Tensor:
    ids, types, mask, readable = _tensors(batch, tokenizer)
    out = model(input_ids=ids, token_type_ids=types, attention_mask=mask)
    half = len(batch.windows) // 2
    total = torch.zeros(())
    for logits, name in ((out.start_logits, "start"), (out.end_logits, "end")):
        targets = torch.tensor([getattr(window, name) for window in batch.windows])
        scores = logits.float()
        own = scores.masked_fill(~readable, -1e4)
        total = total + functional.cross_entropy(own, targets)
        shared = scores.masked_fill(~readable, -1e4).clone()
        shared[:, 0] = -1e4
        together = torch.cat([shared[:half], shared[half:]], dim=1)
        answered = targets[:half] > 0
        if answered.any():
            total = total + 0.5 * functional.cross_entropy(together[answered], targets[:half][answered])
    return total


def _tensors(batch: Batch, tokenizer: WindowTokenizer) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, token types, attention mask and which tokens may start or end a span (or mean "not here")."""
    shape = (len(batch.windows), batch.length)
    ids = torch.full(shape, tokenizer.pad)
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


def _save_checkpoint(path: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, step: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    torch.save(state, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def _log(folder: Path, entry: dict[str, object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps(entry)
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


if __name__ == "__main__":
    main()
