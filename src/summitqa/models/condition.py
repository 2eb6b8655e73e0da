"""What "summitqa doctor" tells of the encoder: weights, export, identity, and what is wrong with them.

Looks and reports; makes and loads nothing, and needs no model library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from summitqa.errors import ModelError, ModelNotFoundError
from summitqa.models.cache import cache_folder, read_cached
from summitqa.models.spec import Runtime
from summitqa.models.weights import ModelSource, locate_model

ExportState = Literal["ready", "missing", "damaged", "unused"]


@dataclass(frozen=True, slots=True)
class ModelCondition:
    """The encoder that settings name, as it stands on this machine.

    Attributes:
        name: as in the settings.
        runtime: as in the settings.
        folder: of the weights, ``None`` if they were not found.
        weights_sha256: of the weights as they are now, ``None`` if they cannot be used.
        export_folder: of the exported model, ``None`` for torch or without weights.
        export: ``missing`` is no fault, it is made at the first use; ``unused`` is for torch.
        encoder_id: as an index records it, ``None`` until there is an export.
        problems: each one line that says what is wrong and how to mend it.
    """

    name: str
    runtime: Runtime
    folder: str | None = None
    weights_sha256: str | None = None
    export_folder: str | None = None
    export: ExportState = "unused"
    encoder_id: str | None = None
    problems: tuple[str, ...] = field(default=())


def describe_models(name: str, *, runtime: Runtime, cache_dir: Path) -> ModelCondition:
    """Look at the encoder *name*; raises nothing of its own, each fault is a line in ``problems``."""
    try:
        source = locate_model(name)
    except ModelError as error:
        return ModelCondition(name, runtime, problems=(str(error),))
    problems: list[str] = []
    weights_sha256 = None
    try:
        weights_sha256 = source.weights_sha256()
    except ModelError as error:
        problems.append(str(error))
    folder, export, encoder_id = _describe_export(source, runtime, cache_dir, problems)
    return ModelCondition(
        name, runtime, str(source.folder), weights_sha256, folder, export, encoder_id, tuple(problems)
    )


def _describe_export(
    source: ModelSource, runtime: Runtime, cache_dir: Path, problems: list[str]
) -> tuple[str | None, ExportState, str | None]:
    if runtime == "torch":
        return None, "unused", None
    try:
        folder = cache_folder(source, "int8" if runtime == "onnx-int8" else "fp32", cache_dir)
    except ModelError:  # the weights, already among the problems
        return None, "missing", None
    try:
        return str(folder), "ready", read_cached(folder).spec.id_for(runtime)
    except ModelNotFoundError:
        return str(folder), "missing", None
    except ModelError as error:
        problems.append(f'{error}; "summitqa index" makes it again')
        return str(folder), "damaged", None
