"""What the exports of trained models share: the traced graph as int8 ONNX, and what the log tells of the runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from summitqa.models.foreign import quiet
from summitqa.models.quantization import quantize_graph
from summitqa.models.spans import GRAPH
from summitqa.training.loop import LOG


def write_graph(model: torch.nn.Module, target: Path, outputs: Sequence[str]) -> None:
    """Write *model*, called with token ids and types of one window, to *target* at full precision.

    Args:
        model: returns one tensor of one score a token for each of *outputs*.
        target: the ``.onnx`` file to write.
        outputs: names of the graph's outputs.
    """
    inputs = ("input_ids", "token_type_ids")
    ids = torch.arange(11).unsqueeze(0)
    with quiet():
        torch.onnx.export(
            model.eval(),
            (ids, torch.zeros_like(ids)),
            str(target),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: {1: "tokens"} for name in (*inputs, *outputs)},
            opset_version=17,
            dynamo=False,
        )


def write_int8_graph(model: torch.nn.Module, folder: Path, outputs: Sequence[str]) -> None:
    """Write *model* to *folder* as the int8 graph that is shipped. Arguments as for :func:`write_graph`."""
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "model-fp32.onnx"
    write_graph(model, full, outputs)
    with quiet():
        quantize_graph(full, folder / GRAPH)
    full.unlink()


def read_log(model: Path) -> list[dict[str, Any]]:
    """Return the entries of the log in the folder *model*."""
    return [json.loads(line) for line in (model / LOG).read_text(encoding="utf-8").splitlines()]


def describe_runs(log: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what *log* tells: the runs, their minutes together, the last held-out scores."""
    last_run = max((i for i, entry in enumerate(log) if "steps" in entry), default=0)
    of_last_run = log[last_run:]
    told = [float(entry["minutes"]) for entry in log if "minutes" in entry]
    # Each run counts its minutes from its own beginning.
    ends = (now for now, after in zip(told, [*told[1:], 0.0], strict=True) if after < now)
    return {
        "run": [entry for entry in log if "steps" in entry],
        "minutes": round(sum(ends), 1),
        "held_out": next((entry["final"] for entry in of_last_run if "final" in entry), None),
    }
