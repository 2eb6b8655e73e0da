"""Makes an ONNX graph of a sentence-transformers model and proves that it gives the same vectors.

The graph takes ``input_ids`` (1, tokens) and gives ``hidden`` (1, tokens, dim): one text, without padding
or mask. Batches would buy nothing (54, 60 and 57 passages a second in batches of 1, 8 and 16 at fp32, 107,
124 and 115 at int8) and cost determinism: dynamic quantisation takes its scales from the whole batch, so
an int8 vector would change with its neighbours (mean cosine 0.990 to itself alone, another nearest
neighbour for one text in eight of the seed article).

torch's TorchScript exporter is used: on this model its graph is a sixth faster at int8 than the newer
one's, and is made in 1 s rather than 7 s.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from summitqa.errors import ModelError
from summitqa.models.foreign import first_line, quiet
from summitqa.models.onnx import OnnxSession
from summitqa.models.quantization import quantize_graph
from summitqa.models.reference import load_reference, read_spec
from summitqa.models.spec import POOLINGS, EncoderSpec, Precision, pool_tokens
from summitqa.models.tokens import ModelTokenizer
from summitqa.models.weights import ModelSource

EXPORT_VERSION = 1
"""Grows whenever this module or :mod:`summitqa.models.quantization` would write another graph."""

OPSET = 17
MIN_COSINE: dict[Precision, float] = {"fp32": 0.9999, "int8": 0.95}
"""Below this an export is refused: fp32 must be the same model, int8 must not be broken."""

PROOF_TEXTS = (
    "Who will attend?",
    "Erdoğan met Zelenskyy’s envoys in İstanbul — 1,000 drones and 12% less gas. 🕊️ Мир, سلام, 平和.",
    "UPPER case, lower case; a list: one, two, three. ",
    "The talks were announced on Sunday, delayed on Tuesday and held on Friday. " * 60,
)
"""Cover case, marks, scripts, emoji, and a text longer than any model here reads."""


def export_encoder(source: ModelSource, precision: Precision, folder: Path) -> EncoderSpec:
    """Write ``model-<precision>.onnx`` and ``tokenizer.json`` of the model *source* into *folder*.

    Raises:
        ModelDigestError: if the weights are not the expected ones.
        ModelNotFoundError: if the weights, the tokenizer or sentence-transformers are missing.
        ModelError: if the model cannot be exported, or its export gives other vectors.
        OSError: if *folder* cannot be written.
    """
    weights_sha256 = source.weights_sha256()
    (folder / "tokenizer.json").write_bytes(_read_tokenizer(source))
    reference = load_reference(source.folder, device="cpu", attention="eager")
    spec = read_spec(reference, weights_sha256)
    if spec.pooling not in POOLINGS:
        raise _refusal(source, f'pooling "{spec.pooling}" is not one of {", ".join(POOLINGS)}')
    target = folder / f"model-{precision}.onnx"
    full = folder / "model-fp32.onnx"
    try:
        with quiet():
            _trace(reference[0].auto_model, full)
            _prove(reference, spec, full, MIN_COSINE["fp32"])
            if precision == "int8":
                quantize_graph(full, target)
                full.unlink()
                _prove(reference, spec, target, MIN_COSINE["int8"])
    except (ModelError, OSError):
        raise
    except Exception as error:  # exporters fail in any way they like
        raise _refusal(source, first_line(error)) from error
    return spec


def _read_tokenizer(source: ModelSource) -> bytes:
    path = source.folder / "tokenizer.json"
    if not path.is_file():
        raise _refusal(source, "it has no tokenizer.json")
    return path.read_bytes()


def _trace(transformer: Any, target: Path) -> None:
    import torch  # noqa: PLC0415 - export only

    class Graph(torch.nn.Module):  # type: ignore[misc,unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any) -> Any:
            return self.transformer(input_ids=input_ids).last_hidden_state

    torch.onnx.export(
        Graph().eval(),
        (torch.arange(11).unsqueeze(0),),
        str(target),
        input_names=["input_ids"],
        output_names=["hidden"],
        dynamic_axes={"input_ids": {1: "tokens"}, "hidden": {1: "tokens"}},
        opset_version=OPSET,
        dynamo=False,
    )


def _prove(reference: Any, spec: EncoderSpec, graph: Path, min_cosine: float) -> None:
    session = OnnxSession(graph, threads=1)
    tokenizer = ModelTokenizer(graph.parent / "tokenizer.json")
    expected = reference.encode(list(PROOF_TEXTS), prompt="", normalize_embeddings=True, show_progress_bar=False)
    for text, vector in zip(PROOF_TEXTS, expected, strict=True):
        ids = tokenizer.token_ids(text, spec.max_length)
        found = pool_tokens(session.run({"input_ids": ids[np.newaxis]})[0][0], spec.pooling)
        cosine = float(found @ vector)
        if not cosine >= min_cosine:
            raise ModelError(
                f"{graph.name}: the export has cosine {cosine:.4f} to the model, expected {min_cosine} or more; "
                "set SUMMITQA_RUNTIME=torch"
            )


def _refusal(source: ModelSource, reason: str) -> ModelError:
    return ModelError(f"{source.folder}: cannot be exported to ONNX: {reason}; set SUMMITQA_RUNTIME=torch")
