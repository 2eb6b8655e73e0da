"""The int8 recipe: a scale for every token changes no result, and products cannot overflow 16 bits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from summitqa.models.onnx import OnnxSession
from summitqa.models.quantization import quantize_graph, scale_tokens

TOKENS = np.array([[[1, -2, 3, 4], [100, 0, -400, 7], [0, 0, 0, 0]]], dtype=np.float32)


@pytest.fixture
def graph() -> Any:
    """Return a graph with a square product (4, 4) and a wide one (4, 6)."""
    random = np.random.default_rng(3)
    value = helper.make_tensor_value_info
    weights = {"square": random.normal(size=(4, 4)), "wide": random.normal(size=(4, 6))}
    nodes = [
        helper.make_node("MatMul", ["x", "square"], ["middle"]),
        helper.make_node("MatMul", ["middle", "wide"], ["y"]),
    ]
    inner = helper.make_graph(
        nodes,
        "block",
        [value("x", TensorProto.FLOAT, [1, "tokens", 4])],
        [value("y", TensorProto.FLOAT, [1, "tokens", 6])],
        [numpy_helper.from_array(weight.astype(np.float32), name) for name, weight in weights.items()],
    )
    return helper.make_model(inner, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def test_scaling_tokens_changes_no_result(graph: Any, tmp_path: Path) -> None:
    """Only the wide product is scaled, and the graph computes what it did, for a token of zeros too."""
    expected = _run(graph, tmp_path)
    assert scale_tokens(graph) == 1
    onnx.checker.check_model(graph)
    assert np.allclose(_run(graph, tmp_path), expected, rtol=1e-5, atol=1e-5)


def test_attention_of_narrowed_layers_is_not_scaled(graph: Any) -> None:
    """A wide product of the attention, as layers with fewer heads have it, is left as it is."""
    graph.graph.node[1].name = "/model/bert/encoder/layer.0/attention/self/query/MatMul"
    assert scale_tokens(graph) == 0


def test_small_tokens_survive_beside_large_ones(graph: Any, tmp_path: Path) -> None:
    """A token a hundred times smaller than its neighbour keeps its direction through the wide product."""
    del graph.graph.node[0]
    graph.graph.node[0].input[0] = "x"
    expected = _run(graph, tmp_path)[0, 0]
    quantize_graph(tmp_path / "graph.onnx", tmp_path / "int8.onnx")
    (found,) = OnnxSession(tmp_path / "int8.onnx", threads=1).run({"x": TOKENS})
    assert _cosine(found[0, 0], expected) > 0.999


def test_weights_have_seven_bits(graph: Any, tmp_path: Path) -> None:
    """Two products of an unsigned byte and a weight fit into 16 bits, so no CPU cuts a sum off."""
    onnx.save(graph, tmp_path / "graph.onnx")
    quantize_graph(tmp_path / "graph.onnx", tmp_path / "int8.onnx")
    stored = [numpy_helper.to_array(tensor) for tensor in onnx.load(tmp_path / "int8.onnx").graph.initializer]
    weights = [array for array in stored if array.dtype == np.int8 and array.ndim == 2]
    assert len(weights) == 2
    assert all(2 * 255 * np.abs(array.astype(int)).max() < 2**15 for array in weights)


def _run(model: Any, folder: Path) -> Any:
    onnx.save(model, folder / "graph.onnx")
    return OnnxSession(folder / "graph.onnx", threads=1).run({"x": TOKENS})[0]


def _cosine(left: Any, right: Any) -> float:
    return float(left @ right / np.linalg.norm(left) / np.linalg.norm(right))
