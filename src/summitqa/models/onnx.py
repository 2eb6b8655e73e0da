"""The door to onnxruntime: loads a graph, runs it, and turns its errors into ours.

Knows graphs, threads and arrays; nothing of text, tokens or what a graph is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summitqa.errors import ModelNotFoundError, ModelRuntimeError
from summitqa.models.foreign import first_line

_LOG_ERRORS_ONLY = 3


class OnnxSession:
    """A loaded graph; :meth:`run` may be called from several threads at once.

    Args:
        path: an ``.onnx`` file.
        threads: threads that share the work of one run. Waiting threads sleep: spinning makes a lone run a
            quarter faster, and two runs at once slower than one thread each (measured on two cores), and a
            server always has other work for the core.

    Raises:
        ModelNotFoundError: if there is no such file.
        ModelRuntimeError: if onnxruntime cannot load it.
    """

    def __init__(self, path: Path, *, threads: int) -> None:
        import onnxruntime  # noqa: PLC0415 - 0.15 s that "--help" need not pay

        if not path.is_file():
            raise ModelNotFoundError(f"{path}: no such model file; delete its folder to have it made anew")
        self._path = path
        try:
            self._session: Any = onnxruntime.InferenceSession(
                path, _session_options(onnxruntime, threads), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's exceptions share no narrower base
            raise ModelRuntimeError(f"{path}: onnxruntime cannot load it ({first_line(error)})") from error
        self.inputs: tuple[str, ...] = tuple(node.name for node in self._session.get_inputs())
        self.outputs: tuple[str, ...] = tuple(node.name for node in self._session.get_outputs())

    def run(self, feeds: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """Run the graph and return its outputs in the order of :attr:`outputs`.

        Raises:
            ModelRuntimeError: whenever onnxruntime raises, wrong names and shapes included.
        """
        try:
            results: list[NDArray[np.float32]] = self._session.run(None, dict(feeds))
        except Exception as error:  # onnxruntime's exceptions share no narrower base
            raise ModelRuntimeError(f"{self._path}: onnxruntime failed ({first_line(error)})") from error
        return results


def _session_options(onnxruntime: Any, threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.log_severity_level = _LOG_ERRORS_ONLY
    return options
