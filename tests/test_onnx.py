"""The door to onnxruntime: it runs graphs, and everything that goes wrong becomes a model error."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from summitqa.errors import ModelNotFoundError, ModelRuntimeError
from summitqa.models.onnx import OnnxSession


@pytest.fixture
def doubling(tmp_path: Path) -> Path:
    """Write a graph that doubles ``x``."""
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "doubling",
        [value("x", TensorProto.FLOAT, ["n"])],
        [value("y", TensorProto.FLOAT, ["n"])],
    )
    path = tmp_path / "doubling.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)
    return path


def test_runs_a_graph(doubling: Path) -> None:
    """A graph gives its outputs for the inputs it names."""
    session = OnnxSession(doubling, threads=2)
    (doubled,) = session.run({"x": np.array([1, 2], dtype=np.float32)})
    assert doubled.tolist() == [2.0, 4.0]
    assert (session.inputs, session.outputs) == (("x",), ("y",))


def test_serves_several_threads(doubling: Path) -> None:
    """One session gives each of several threads the result of its own input."""
    session = OnnxSession(doubling, threads=1)
    with ThreadPoolExecutor(4) as pool:
        results = pool.map(lambda i: float(session.run({"x": np.array([i], dtype=np.float32)})[0][0]), range(50))
    assert list(results) == [2.0 * i for i in range(50)]


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A graph that is not there is a model that is not found, by its path."""
    with pytest.raises(ModelNotFoundError, match=r"absent\.onnx"):
        OnnxSession(tmp_path / "absent.onnx", threads=1)


def test_damaged_file_is_named(tmp_path: Path) -> None:
    """A file that is no graph is a runtime error of one line with its path."""
    path = tmp_path / "noise.onnx"
    path.write_bytes(b"\x00noise" * 50)
    with pytest.raises(ModelRuntimeError, match=r"noise\.onnx") as caught:
        OnnxSession(path, threads=1)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "feeds", [{}, {"z": np.zeros(1, dtype=np.float32)}, {"x": np.zeros(1, dtype=np.int64)}, {"x": np.zeros((1, 1, 1))}]
)
def test_failing_run_is_a_runtime_error(doubling: Path, feeds: dict[str, np.ndarray]) -> None:
    """Wrong names, types and shapes leave the door as our error, of one line."""
    with pytest.raises(ModelRuntimeError, match=r"doubling\.onnx: onnxruntime failed") as caught:
        OnnxSession(doubling, threads=1).run(feeds)
    assert "\n" not in str(caught.value)
