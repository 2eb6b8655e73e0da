"""The training loop that the reader and the resolver share: checkpoints, learning rate, log.

Dropout off and the lowest layers frozen, which doubles the speed on CPUs and costs fine-tuning nothing that we could
measure. A run that was stopped goes on from its last checkpoint. Every twenty steps a JSON line with loss, learning
rate and speed is printed and added to ``log.jsonl``.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch

LOG = "log.jsonl"
LOG_EVERY = 20

Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True)
class Loop:
    """How to train.

    Attributes:
        out: folder of the log and of the checkpoint.
        rate: peak learning rate; it rises linearly over the first twentieth of the steps, then falls linearly to zero.
        checkpoint_every: steps between checkpoints.
        compiled: compile the model; worth its minute on long runs on a CPU.
        device: where the model is.
        minutes: the learning rate reaches zero, and training ends, after so many minutes at the latest.
    """

    out: Path
    rate: float
    checkpoint_every: int
    compiled: bool = True
    device: str = "cpu"
    minutes: float = math.inf


def freeze(model: Any, n_layers: int) -> None:
    """Switch dropout off and leave the embeddings and the lowest *n_layers* layers of a BERT as they are."""
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    for name in ("embeddings", *(f"encoder.layer.{layer}" for layer in range(n_layers))):
        for parameter in model.base_model.get_submodule(name).parameters():
            parameter.requires_grad = False


def train(
    model: torch.nn.Module,
    batches: Sequence[Batch],
    loss_of: Callable[[Callable[..., Any], Batch], torch.Tensor],
    n_windows: Callable[[Batch], int],
    loop: Loop,
) -> None:
    """Train *model* on *batches* in their order, from the last checkpoint on if there is one."""
    trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trainable, lr=loop.rate, weight_decay=0.01, fused=loop.device != "cpu")
    checkpoint = loop.out / "checkpoint.pt"
    first = _resume(checkpoint, model, optimizer)
    run: Callable[..., Any] = torch.compile(model, dynamic=False) if loop.compiled else model
    began, read, losses = time.perf_counter(), 0, []
    for step in range(first, len(batches)):
        done = max(step / len(batches), (time.perf_counter() - began) / 60 / loop.minutes)
        if done >= 1:
            break
        with autocast(loop.device):
            loss = loss_of(run, batches[step])
        loss.backward()  # type: ignore[no-untyped-call]
        rate = _set_rate(optimizer, loop.rate, step, len(batches), done)
        torch.nn.utils.clip_grad_norm_(trainable, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.detach())
        read += n_windows(batches[step])
        if (step + 1) % LOG_EVERY == 0:
            mean = round(float(torch.stack(losses).mean()), 4)
            seconds = time.perf_counter() - began
            entry = {"step": step + 1, "of": len(batches), "loss": mean, "rate": rate}
            log(loop.out, {**entry, "windows_per_s": round(read / seconds, 1), "minutes": round(seconds / 60, 1)})
            losses = []
        if (step + 1) % loop.checkpoint_every == 0:
            _save(checkpoint, model, optimizer, step + 1)


def autocast(device: str) -> torch.autocast:
    """Return the context in which matrix products on *device* are bf16, where that is not emulated ten times slower."""
    has_bf16 = device != "cpu" or torch.cpu._is_avx512_bf16_supported()  # noqa: SLF001 - the only way to know
    return torch.autocast(device, torch.bfloat16, enabled=has_bf16)


def log(folder: Path, entry: dict[str, object]) -> None:
    """Print *entry* and add it to the log in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps(entry)
    print(line, flush=True)
    with (folder / LOG).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def last_final(folder: Path) -> Any:
    """Return the held-out scores that the last run logged in *folder*, ``None`` if it was not finished."""
    entries = [json.loads(line) for line in (folder / LOG).read_text(encoding="utf-8").splitlines()]
    return next((entry["final"] for entry in reversed(entries) if "final" in entry), None)


def _set_rate(optimizer: torch.optim.Optimizer, peak: float, step: int, n_steps: int, done: float) -> float:
    warmup = max(1, n_steps // 20)
    rate = peak * min((step + 1) / warmup, (1 - done) * n_steps / max(1, n_steps - warmup))
    for group in optimizer.param_groups:
        group["lr"] = rate
    return rate


def _resume(path: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def _save(path: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, step: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    torch.save(state, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)
