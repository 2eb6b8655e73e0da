"""The folder of exported models: one sub-folder a model and precision, made once, checked at every load.

``<cache_dir>/models/<16 hex digits>-<precision>/`` holds ``model-<precision>.onnx``, ``tokenizer.json`` and
``encoder.json`` with what is known of the encoder and the digests of all of it. It appears whole or not
at all, is never changed, and is made again when it is damaged. Reading it needs no model library.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from summitqa.errors import ModelDigestError, ModelError, ModelNotFoundError
from summitqa.models.export import EXPORT_VERSION, export_encoder
from summitqa.models.spec import EncoderSpec, Precision
from summitqa.models.weights import ModelSource, file_sha256

MANIFEST = "encoder.json"
LOCK_TIMEOUT_S = 900.0


@dataclass(frozen=True, slots=True)
class CachedModel:
    """An exported model whose files had the right digests when it was read."""

    spec: EncoderSpec
    graph: Path
    tokenizer: Path


def cache_folder(source: ModelSource, precision: Precision, cache_dir: Path) -> Path:
    """Return where the export of *source* belongs. Raises ModelError if its files cannot be read."""
    key = hashlib.sha256(f"{source.key()} export {EXPORT_VERSION}".encode()).hexdigest()[:16]
    return cache_dir / "models" / f"{key}-{precision}"


def open_cached(source: ModelSource, precision: Precision, cache_dir: Path) -> CachedModel:
    """Return the export of *source*, making it first if it is missing or damaged.

    Raises:
        ModelDigestError: if the weights are not the expected ones, or a damaged export cannot be made again.
        ModelNotFoundError: if weights, tokenizer or sentence-transformers are missing.
        ModelError: if the model cannot be exported or the cache cannot be written.
    """
    folder = cache_folder(source, precision, cache_dir)
    try:
        return read_cached(folder)
    except ModelError:
        pass  # missing or damaged: looked at again under the lock, where nobody else is mending it
    with _locked(folder):
        try:
            return read_cached(folder)
        except ModelNotFoundError:
            _export_into(folder, source, precision)
        except ModelDigestError as damage:
            try:
                _export_into(folder, source, precision)
            except ModelError as error:
                raise ModelDigestError(f"{damage}; making it again failed: {error}") from error
        return read_cached(folder)


def read_cached(folder: Path) -> CachedModel:
    """Check the files of one export against their digests (23 MB take 20 ms) and describe it.

    Raises:
        ModelNotFoundError: if there is no such folder.
        ModelDigestError: if a file is damaged or missing.
    """
    if not folder.is_dir():
        raise ModelNotFoundError(f"{folder}: no exported model")
    manifest = _read_manifest(folder / MANIFEST)
    for name, expected in manifest["files"].items():
        path = folder / name
        found = file_sha256(path) if path.is_file() else "no file"
        if found != expected:
            raise ModelDigestError(f"{path}: damaged, SHA-256 expected {expected}, found {found}")
    graph, tokenizer = (folder / name for name in manifest["files"])
    return CachedModel(EncoderSpec(**manifest["spec"]), graph, tokenizer)


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(path.read_bytes())
        digest = manifest.pop("sha256")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelDigestError(f"{path}: damaged, not a manifest ({type(error).__name__})") from error
    if digest != _manifest_sha256(manifest):
        raise ModelDigestError(f"{path}: damaged, SHA-256 expected {digest}, found {_manifest_sha256(manifest)}")
    return manifest


def _manifest_sha256(manifest: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


def _export_into(folder: Path, source: ModelSource, precision: Precision) -> None:
    with _cache_errors(folder):
        for leftover in folder.parent.glob(f".{folder.name}.*"):
            shutil.rmtree(leftover)  # of a process that died; only the holder of the lock gets here
        fresh = folder.parent / f".{folder.name}.new"
        fresh.mkdir()
        try:
            _write_export(fresh, source, precision)
            if folder.exists():
                folder.rename(folder.parent / f".{folder.name}.damaged")
            fresh.rename(folder)
        finally:
            for leftover in folder.parent.glob(f".{folder.name}.*"):
                shutil.rmtree(leftover, ignore_errors=True)


def _write_export(fresh: Path, source: ModelSource, precision: Precision) -> None:
    spec = export_encoder(source, precision, fresh)
    files = {name: file_sha256(fresh / name) for name in (f"model-{precision}.onnx", "tokenizer.json")}
    manifest: dict[str, Any] = {"spec": asdict(spec), "files": files}
    manifest["sha256"] = _manifest_sha256(manifest)
    (fresh / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with _cache_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.parent / f"{folder.name}.lock", timeout=LOCK_TIMEOUT_S)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _cache_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except Timeout as error:
        raise ModelError(
            f"{folder}: another process has been exporting this model for {LOCK_TIMEOUT_S:.0f} s; stop it and try again"
        ) from error
    except OSError as error:
        raise ModelError(
            f"{folder.parent}: the model cache cannot be written ({error.strerror or error}); "
            "set SUMMITQA_CACHE_DIR to a folder that can"
        ) from error
