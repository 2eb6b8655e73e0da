"""The doctor: versions, models, index and disk, what is wrong and how to mend it."""

from __future__ import annotations

import platform
import shutil
import sqlite3
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from summitqa import __version__
from summitqa.errors import SummitQAError
from summitqa.index import IndexCondition, index_state
from summitqa.models import ModelCondition, describe_models
from summitqa.models.reader import READER_FOLDER, load_weights
from summitqa.models.resolver import CARD as RESOLVER_CARD
from summitqa.models.resolver import RESOLVER_FOLDER
from summitqa.models.spans import load_card, verify_files
from summitqa.settings import Settings

PACKAGES = ("faiss-cpu", "fastapi", "numpy", "onnxruntime", "pydantic", "sentence-transformers", "tokenizers", "torch")
LOW_DISK_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    Attributes:
        versions: of summitqa, Python, SQLite and the packages that matter; ``missing`` where not installed.
        models: the encoder's weights and cache.
        reader: the reader's model card, with the version of its ranking weights; ``None`` if damaged.
        resolver: the model card of what writes follow-ups out; ``None`` if damaged.
        index: the index on disk.
        free_bytes: on the disk of the index.
        problems: each one line that says what is wrong and how to mend it.
    """

    versions: dict[str, str]
    models: ModelCondition
    reader: dict[str, Any] | None
    resolver: dict[str, Any] | None
    index: IndexCondition
    free_bytes: int
    problems: tuple[str, ...]

    def facts(self) -> dict[str, str]:
        """Return what a person wants to read, one fact a line."""
        index = self.index
        return {
            **self.versions,
            "encoder": self.models.encoder_id or "not exported yet",
            "weights": f"{self.models.folder or 'not found'}, SHA-256 {self.models.weights_sha256 or 'wrong'}",
            "export": f"{self.models.export}, {self.models.export_folder or self.models.runtime}",
            "reader": f"{self.reader['version']}/{self.reader['ranking']}" if self.reader else "damaged",
            "resolver": self.resolver["version"] if self.resolver else "damaged",
            "index": f"generation {index.generation}, {index.n_documents} documents, {index.n_passages} passages"
            if index.generation is not None
            else "none",
            "index encoder": index.encoder_id or "none",
            "free disk": f"{self.free_bytes / 1e9:.1f} GB",
        }


def examine(settings: Settings) -> Report:
    """Look at everything summitqa needs; raises nothing of its own, each fault is a line in ``problems``."""
    models = describe_models(settings.encoder, runtime=settings.runtime, cache_dir=settings.cache_dir)
    index = index_state(settings.index_dir)
    problems = [*models.problems, *index.problems]
    if index.encoder_id and models.encoder_id and index.encoder_id != models.encoder_id:
        problems.append(
            f"{settings.index_dir}: built with encoder {index.encoder_id}, settings name {models.encoder_id}; "
            'run "summitqa index" on your sources'
        )
    reader = resolver = None
    try:
        verify_files(READER_FOLDER)
        reader = {**load_card(READER_FOLDER), "ranking": load_weights().version}
    except SummitQAError as error:
        problems.append(str(error))
    try:
        verify_files(RESOLVER_FOLDER, RESOLVER_CARD)
        resolver = load_card(RESOLVER_FOLDER, RESOLVER_CARD)
    except SummitQAError as error:
        problems.append(str(error))
    free_bytes = shutil.disk_usage(_existing_parent(settings.index_dir)).free
    if free_bytes < LOW_DISK_BYTES:
        problems.append(f"{settings.index_dir}: only {free_bytes // 1_000_000} MB free on its disk; make room")
    return Report(_versions(), models, reader, resolver, index, free_bytes, tuple(problems))


def _versions() -> dict[str, str]:
    versions = {"summitqa": __version__, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "missing"
    return versions


def _existing_parent(folder: Path) -> Path:
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    return folder
