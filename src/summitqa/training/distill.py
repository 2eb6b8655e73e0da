"""Teach the reader by another model: ``python -m summitqa.training.distill teach|learn|mend|tune``.

``teach`` trains a question-answering head on a large encoder (all-mpnet-base-v2, whose word pieces are MiniLM's) and
writes its scores for every window. ``learn`` brings the small reader's scores near to the mean of such scores, with
the labels as a second voice. ``mend`` does so for a pruned reader, with the wide one it was made from as teacher, whose
hidden states it follows as well; ``tune`` for a reader that learns from more windows, half by their labels, half by a
trained reader, lest it forget. A GPU makes minutes of days; mending and tuning take an hour on two cores. All import
nothing but torch, transformers and the table of windows (:mod:`summitqa.training.distill_data`).
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import AutoModelForQuestionAnswering

from summitqa.training.distill_measures import measure
from summitqa.training.distill_options import parse_options
from summitqa.training.loop import LOG, Loop, autocast, freeze, last_final, log, train
from summitqa.training.span_losses import Scores, Targets, distillation_loss, hidden_loss, label_loss
from summitqa.training.widths import open_trained
from summitqa.training.window_table import (
    HELD_OUT_PART,
    TOKEN_BUDGET,
    Batch,
    DeviceTable,
    SpecialTokens,
    WindowTable,
    cut_batches,
)

CPU_CHECKPOINT_EVERY = 200
"""Steps between checkpoints where a run takes an hour."""

LONGEST = 208
"""Tokens of the longest window; that of ``window_tokens.BUCKETS``, which needs more than torch and transformers."""

COUNTERPARTS = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
"""What the teacher's tokenizer calls the reader's special tokens."""

Cut = tuple[NDArray[np.int64], int]


def main() -> None:
    """Train a teacher, or a reader from teachers."""
    options = parse_options()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(options.seed)
    torch.set_float32_matmul_precision("high")
    vocabulary = Tokenizer.from_file(str(options.vocabulary / "tokenizer.json")).get_vocab()
    special = SpecialTokens.of(vocabulary)
    table = WindowTable.load(options.windows)
    windows = DeviceTable(table, special, device)
    if options.what == "teach":
        model = AutoModelForQuestionAnswering.from_pretrained(options.model)
        _teach(model.to(device), table, windows, vocabulary, options)
    elif options.what == "learn":
        _learn(open_trained(options.model), table, windows, options)
    else:
        _follow(open_trained(options.model), table, windows, options)


def _teach(
    model: Any, table: WindowTable, windows: DeviceTable, vocabulary: dict[str, int], o: argparse.Namespace
) -> None:
    own = Tokenizer.from_file(str(o.model / "tokenizer.json")).get_vocab()
    ids = torch.full((max(vocabulary.values()) + 1,), own.get("[UNK]", own.get("<unk>", 0)))
    for token, position in vocabulary.items():
        ids[position] = own.get(COUNTERPARTS.get(token, token), ids[position])
    read = partial(_read_translated, ids=ids.to(windows.device))
    for parameter in model.base_model.embeddings.parameters():
        parameter.requires_grad = False
    model.train()
    chosen = table.part != HELD_OUT_PART if o.variants is None else np.isin(table.part, o.variants)
    batches = _cut(table, chosen, o)
    _log_beginning(o, batches, {"variants": o.variants})
    loop = Loop(o.out, o.rate, 10**9, compiled=False, device=windows.device, minutes=o.minutes)

    def loss_of(run: Callable[..., Any], cut: Cut) -> torch.Tensor:
        batch = windows.batch(*cut)
        return label_loss(read(run, batch), Targets(batch.start, batch.end), batch.readable)

    train(model, batches, loss_of, _size, loop)
    log(o.out, {"final": measure(model.eval(), table, windows, read)})
    torch.save(_scores_of_all(model, table, windows, read), o.out / "scores.pt")


def _learn(model: Any, table: WindowTable, windows: DeviceTable, options: argparse.Namespace) -> None:
    if options.layers:
        layers = model.bert.encoder.layer
        model.bert.encoder.layer = torch.nn.ModuleList([layers[i] for i in options.layers])
        model.config.num_hidden_layers = len(options.layers)
    model.set_attn_implementation("sdpa")
    taught = sum(torch.load(path).to(windows.device) for path in options.scores) / len(options.scores)

    def loss_of(run: Callable[..., Any], cut: Cut) -> torch.Tensor:
        batch = windows.batch(*cut)
        wanted = taught[batch.rows, : cut[1]].float()
        return _weighed_loss(_read(run, batch), Scores(wanted[..., 0], wanted[..., 1]), batch, options.label_share)

    teachers = {path.parent.name: last_final(path.parent) for path in options.scores}
    _train_reader(model, table, windows, options, loss_of, {"layers": options.layers, "teachers": teachers})


def _follow(model: Any, table: WindowTable, windows: DeviceTable, options: argparse.Namespace) -> None:
    """Mend or tune *model*, with a reader as teacher."""
    teacher = open_trained(options.teacher).to(windows.device).eval()
    is_mended = options.what == "mend"
    for reader in (teacher, model):
        reader.set_attn_implementation("sdpa")  # a tenth faster on a CPU

    def loss_of(run: Callable[..., Any], cut: Cut) -> torch.Tensor:
        batch = windows.batch(*cut)
        with torch.no_grad():
            wanted = _run(teacher, batch, output_hidden_states=is_mended)
        found = _run(run, batch, output_hidden_states=is_mended)
        loss = _weighed_loss(_scores(found), _scores(wanted), batch, options.label_share)
        if is_mended:
            loss = loss + hidden_loss(found.hidden_states[1:], wanted.hidden_states[1:], batch.mask)
        return loss

    _train_reader(model, table, windows, options, loss_of, {"teacher": options.teacher.name})


def _weighed_loss(scores: Scores, taught: Scores, batch: Batch, label_share: float) -> torch.Tensor:
    from_teacher = distillation_loss(scores, taught, batch.readable)
    from_labels = label_loss(scores, Targets(batch.start, batch.end), batch.readable)
    return (1 - label_share) * from_teacher + label_share * from_labels


def _train_reader(
    model: Any,
    table: WindowTable,
    windows: DeviceTable,
    options: argparse.Namespace,
    loss_of: Callable[[Callable[..., Any], Cut], torch.Tensor],
    chosen: dict[str, Any],
) -> None:
    """Train, measure and save a reader."""
    freeze(model.to(windows.device), 0)
    batches = _cut(table, _drawn(table, options), options)
    every = 10**9 if windows.device != "cpu" else CPU_CHECKPOINT_EVERY
    loop = Loop(options.out, options.rate, every, compiled=False, device=windows.device, minutes=options.minutes)
    _log_beginning(options, batches, {"label_share": options.label_share, "keep": dict(options.keep), **chosen})
    train(model.train(), batches, loss_of, _size, loop)
    log(options.out, {"final": measure(model.eval(), table, windows, _read)})
    model.save_pretrained(options.out)
    for file in options.model.glob("tokenizer*.json"):
        shutil.copyfile(file, options.out / file.name)


def _log_beginning(options: argparse.Namespace, batches: Sequence[Cut], chosen: dict[str, Any]) -> None:
    """Log what is about to be done, after the runs that *options.model* came from, if it has a log."""
    if (options.model / LOG).exists() and not (options.out / LOG).exists():
        options.out.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(options.model / LOG, options.out / LOG)
    sizes = {"pairs": sum(len(pairs) for pairs, _ in batches), "steps": len(batches)}
    named = {name: getattr(options, name) for name in ("what", "seed", "passes", "rate")}
    log(options.out, {**sizes, **named, "minutes_at_most": options.minutes, "began_from": options.model.name, **chosen})


def _drawn(table: WindowTable, options: argparse.Namespace) -> NDArray[np.bool_]:
    """Return which pairs to train on: not those held out, and of some sources a share only."""
    of_source = [
        next((share for name, share in options.keep if str(source).startswith(name)), 1.0) for source in table.sources
    ]
    chance = np.random.default_rng(options.seed).random(len(table.source))
    return np.asarray((table.part != HELD_OUT_PART) & (chance < np.array(of_source)[table.source]))


def _cut(table: WindowTable, chosen: NDArray[np.bool_], options: argparse.Namespace) -> list[Cut]:
    """Return the batches of all passes over the *chosen* pairs."""
    rng = np.random.default_rng(options.seed)
    pairs, n_tokens = np.flatnonzero(chosen), table.n_tokens
    batches: list[Cut] = []
    for _ in range(int(np.ceil(options.passes))):
        batches += cut_batches(n_tokens, pairs, options.budget, rng)
    return batches[: int(len(batches) * options.passes / np.ceil(options.passes))]


def _size(cut: Cut) -> int:
    return 2 * len(cut[0])


def _read(model: Callable[..., Any], batch: Batch) -> Scores:
    return _scores(_run(model, batch))


def _run(model: Callable[..., Any], batch: Batch, **wanted: bool) -> Any:
    return model(input_ids=batch.ids, token_type_ids=batch.types, attention_mask=batch.mask, **wanted)


def _scores(out: Any) -> Scores:
    return Scores(out.start_logits.float(), out.end_logits.float())


def _read_translated(model: Callable[..., Any], batch: Batch, *, ids: torch.Tensor) -> Scores:
    """Read with a model that numbers the same word pieces otherwise."""
    out = model(input_ids=ids[batch.ids], attention_mask=batch.mask)
    return Scores(out.start_logits.float(), out.end_logits.float())


@torch.inference_mode()
def _scores_of_all(
    model: Any, table: WindowTable, windows: DeviceTable, read: Callable[[Callable[..., Any], Batch], Scores]
) -> torch.Tensor:
    """Return start and end scores of every window, float16 (windows, tokens, 2)."""
    scores = torch.zeros((len(table.text), LONGEST, 2), dtype=torch.float16, device=windows.device)
    pairs = np.arange(len(table.source))
    for cut in cut_batches(table.n_tokens, pairs, 4 * TOKEN_BUDGET, np.random.default_rng(0)):
        batch = windows.batch(*cut)
        with autocast(windows.device):
            found = read(model, batch)
        scores[batch.rows, : cut[1]] = torch.stack([found.start, found.end], dim=2).half()
    return scores.cpu()


if __name__ == "__main__":
    main()
